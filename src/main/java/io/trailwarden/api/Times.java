package io.trailwarden.api;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// Times as ISO 8601 in UTC, with three, six or nine digits of the second: never none.
final class Times {

    private static final DateTimeFormatter MILLISECONDS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Times() {
    }

    static String text(Instant time) {
        return time.getNano() == 0 ? MILLISECONDS.format(time) : time.toString();
    }
}
