package io.trailwarden.rules;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A part of a time, read as written: no time zone is applied. The name in lower case is the modifier.
enum TimePart {
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    YEAR;

    /// `2024-07-10T03:45:00` is the part that is read.
    private static final int READ = 19;

    static @Nullable TimePart named(String modifier) {
        for (var part : values()) {
            if (part.name().toLowerCase(Locale.ROOT).equals(modifier)) {
                return part;
            }
        }
        return null;
    }

    /// This part of an ISO 8601 time, or null when `text` is none.
    @Nullable Integer of(String text) {
        if (text.length() < READ) {
            return null;
        }
        try {
            var time = LocalDateTime.parse(text.substring(0, READ).replace(' ', 'T'));
            return switch (this) {
                case MINUTE -> time.getMinute();
                case HOUR -> time.getHour();
                case DAY -> time.getDayOfMonth();
                case WEEK -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                case MONTH -> time.getMonthValue();
                case YEAR -> time.getYear();
            };
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
