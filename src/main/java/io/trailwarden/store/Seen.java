package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When a record counts as seen: by the client's clock where it can be believed, else by ours.
///
/// A laptop that was closed for a month still has records to send, hence 35 days; no clock is honestly a day ahead.
///
/// @param at microseconds since 1970
/// @param day UTC day as days since 1970, null when the client's clock cannot be believed
record Seen(long at, @Nullable Integer day) {

    static final Duration OLDEST = Duration.ofDays(35);
    static final Duration NEWEST = Duration.ofDays(1);

    static Seen of(AuditEvent event) {
        var time = event.time();
        var received = event.receivedAt();
        if (time.isBefore(received.minus(OLDEST)) || time.isAfter(received.plus(NEWEST))) {
            return new Seen(micros(received), null);
        }
        return new Seen(micros(time), Math.toIntExact(Math.floorDiv(time.getEpochSecond(), 86_400L)));
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }
}
