package io.trailwarden.rules;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Durations as rules write them and as titles show them.
final class Durations {

    static final String ACCEPTED = "a whole number and ms, s, m, h, d or w, such as 90s";

    private Durations() {
    }

    /// Reads `90s`, `5m`, `7d` and so on; null when it is none.
    static @Nullable Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 9) {
            return null;
        }
        long count = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            case "w" -> Duration.ofDays(7 * count);
            default -> null;
        };
    }

    /// `0.8s`, `42s`, `3m 5s`, `2h 10m`, `4d`.
    static String show(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400 ? two(seconds / 3600, "h", seconds / 60 % 60, "m") : two(seconds / 86_400, "d", seconds / 3600 % 24, "h");
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return small == 0 ? big + bigUnit : big + bigUnit + ' ' + small + smallUnit;
    }
}
