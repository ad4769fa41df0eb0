package io.trailwarden.redact;

/// Where words and tokens begin and end.
final class Boundary {

    private Boundary() {
    }

    /// Whether what begins at `at` is not the middle of a longer word. An escape such as `\n`, `%3D` or `\u003d` in front is
    /// none, though it ends in a letter.
    static boolean before(String text, int at) {
        if (at == 0) {
            return true;
        }
        char previous = text.charAt(at - 1);
        if (!isLetterOrDigit(previous)) {
            return true;
        }
        return at >= 2 && text.charAt(at - 2) == '\\' || at >= 3 && text.charAt(at - 3) == '%'
                || at >= 6 && text.charAt(at - 6) == '\\' && text.charAt(at - 5) == 'u';
    }

    /// Whether `c` can be part of a token, in any of the alphabets that tokens are written in.
    static boolean inToken(char c) {
        return isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '+' || c == '/' || c == '=' || c == '~' || c == '%';
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
