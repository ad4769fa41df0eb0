package io.trailwarden.event;

import org.jspecify.annotations.Nullable;

/// Numbers out of text, for a client that writes them either way.
final class Coercion {

    /// No number that means anything is longer; a bound keeps hostile text cheap.
    private static final int LONGEST_NUMBER = 64;

    private Coercion() {
    }

    static @Nullable Long toLong(String text) {
        if (text.isEmpty() || text.length() > 20) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notWhole) {
            return null;
        }
    }

    static @Nullable Double toDouble(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER || !looksDecimal(text)) {
            return null;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notNumber) {
            return null;
        }
    }

    /// Keeps out what Java reads and people do not write: hexadecimal, a trailing `f` or `d`, blanks.
    private static boolean looksDecimal(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E');
    }
}
