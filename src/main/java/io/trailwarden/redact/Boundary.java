package io.trailwarden.redact;

/// Where words and tokens begin and end.
final class Boundary {

    /// Keyword, the rest of a name, and what stands before the sign; longer than any pattern allows.
    private static final int LONGEST_NAME = 96;

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

    /// Whether a name that `begin` is part of is followed by `=` or `:`, with no more than quotes, brackets and blanks
    /// between. True too often rather than too seldom: it only spares patterns.
    static boolean assigns(String text, int begin) {
        int at = begin;
        int most = Math.min(text.length(), begin + LONGEST_NAME);
        while (at < most && (isLetterOrDigit(text.charAt(at)) || "_.- ".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        while (at < most && "\"'\\] \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at == begin + LONGEST_NAME || at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':');
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
