package io.trailwarden.dialect.shell;

/// Backslash escapes as `$'...'`, `printf` and `echo -e` know them.
final class Escapes {

    private Escapes() {
    }

    /// The text that `$'escaped'` stands for.
    static String ansi(String escaped) {
        return decode(escaped, true);
    }

    /// The text that `printf 'escaped'` or `echo -e 'escaped'` prints, `%` apart.
    static String printed(String escaped) {
        return decode(escaped, false);
    }

    /// Whether an escape by number spells a letter or digit, which only hides it.
    static boolean encodesLetters(String escaped) {
        for (int i = 0; i + 1 < escaped.length(); i++) {
            if (escaped.charAt(i) == '\\') {
                char kind = escaped.charAt(i + 1);
                if ("xuU01234567".indexOf(kind) >= 0) {
                    var number = Number.after(escaped, i + 1, true);
                    if (number.value < 128 && Character.isLetterOrDigit(number.value)) {
                        return true;
                    }
                }
                i++;
            }
        }
        return false;
    }

    private static String decode(String escaped, boolean quotes) {
        if (escaped.indexOf('\\') < 0) {
            return escaped;
        }
        var text = new StringBuilder(escaped.length());
        int i = 0;
        while (i < escaped.length()) {
            char c = escaped.charAt(i++);
            if (c != '\\' || i == escaped.length()) {
                text.append(c);
                continue;
            }
            char kind = escaped.charAt(i);
            if ("xuU01234567".indexOf(kind) >= 0) {
                var number = Number.after(escaped, i, quotes);
                text.appendCodePoint(number.value);
                i = number.end;
            } else {
                i++;
                simple(kind, quotes, text);
            }
        }
        return text.toString();
    }

    private static void simple(char kind, boolean quotes, StringBuilder text) {
        switch (kind) {
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'e', 'E' -> text.append('\u001b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'v' -> text.append('\u000b');
            case '\\' -> text.append('\\');
            case '\'', '"', '?' -> text.append(quotes ? "" : "\\").append(kind);
            default -> text.append('\\').append(kind);
        }
    }

    private record Number(int value, int end) {

        /// Reads the number of an escape whose kind stands at `at`. NUL becomes U+FFFD: bash ends the text there.
        static Number after(String text, int at, boolean shortOctal) {
            return switch (text.charAt(at)) {
                case 'x' -> digits(text, at + 1, 2, 16);
                case 'u' -> digits(text, at + 1, 4, 16);
                case 'U' -> digits(text, at + 1, 8, 16);
                case '0' -> digits(text, at, shortOctal ? 3 : 4, 8);
                default -> digits(text, at, 3, 8);
            };
        }

        private static Number digits(String text, int from, int most, int radix) {
            long value = 0;
            int at = from;
            while (at < text.length() && at < from + most && Character.digit(text.charAt(at), radix) >= 0) {
                value = value * radix + Character.digit(text.charAt(at++), radix);
            }
            boolean usable = value > 0 && value <= Character.MAX_CODE_POINT && (value < 0xD800 || value > 0xDFFF);
            return new Number(usable ? (int) (radix == 8 ? value & 0xFF : value) : 0xFFFD, at);
        }
    }
}
