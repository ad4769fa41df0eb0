package io.trailwarden.alert;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Fits what a client sent into what PostgreSQL can keep. Client text is hostile, and an alert must be written anyway.
final class Storable {

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Storable() {
    }

    /// `text` with NUL as U+2400 and lone surrogates as U+FFFD, as [io.trailwarden.event.Json] writes them.
    static String text(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().map(Storable::codePoint).forEach(out::appendCodePoint);
        return out.toString();
    }

    private static int codePoint(int point) {
        if (point == 0) {
            return '\u2400';
        }
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? '\uFFFD' : point;
    }

    /// `time` in whole microseconds, clamped to the years 1970 to 9999.
    static Instant time(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return time.isAfter(LATEST) ? LATEST : time.truncatedTo(ChronoUnit.MICROS);
    }
}
