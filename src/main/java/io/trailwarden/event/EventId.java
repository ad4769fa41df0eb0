package io.trailwarden.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

/// Names a record by what it says, so that the same record sent twice has the same id, whatever carried it.
///
/// `session.id` and `event.sequence` cannot do this: a resumed session counts from zero again.
///
/// @param value a version 8 UUID: 48 bits of the record's time in milliseconds since 1970 (clamped to that range), then
///     74 bits of SHA-256 over the [CanonicalForm] of what was stored
public record EventId(UUID value) implements Comparable<EventId> {

    /// The id of `observation`, which must be redacted already: a hash of what was removed could be guessed back.
    public static EventId of(Observation observation) {
        byte[] hash = CanonicalForm.sha256(observation);
        long millis = clampedMillis(observation.time());
        long high = millis << 16 | 0x8000L | bits(hash, 0) >>> 52;
        long low = 0x8000000000000000L | bits(hash, 8) >>> 2;
        return new EventId(new UUID(high, low));
    }

    /// Reads the usual text form.
    ///
    /// @throws IllegalArgumentException when `text` is not a UUID
    public static EventId parse(String text) {
        return new EventId(UUID.fromString(text));
    }

    /// UTC day of the record's time.
    public LocalDate day() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16), ZoneOffset.UTC);
    }

    private static long clampedMillis(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        return time.getEpochSecond() >= 1L << 38 ? (1L << 48) - 1 : time.toEpochMilli() & (1L << 48) - 1;
    }

    private static long bits(byte[] hash, int from) {
        long bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | hash[from + i] & 0xff;
        }
        return bits;
    }

    @Override
    public int compareTo(EventId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
