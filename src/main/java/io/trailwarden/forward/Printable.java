package io.trailwarden.forward;

/// Hostile text as text that only says something: on a terminal, in a file of lines, in a search of a SIEM.
final class Printable {

    private Printable() {
    }

    /// Whether a character does something instead of showing something: controls, line and paragraph separators, what turns
    /// or hides text, halves of a surrogate pair, and what is no character at all.
    static boolean acts(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
                    Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    /// Appends `point` by name: ASCII controls as the picture Unicode has of each (ESC as U+241B), half a surrogate pair as
    /// U+FFFD, and all else by number, such as `[U+202E]`.
    static void appendName(StringBuilder out, int point) {
        if (point < 0x20) {
            out.append((char) (0x2400 + point));
        } else if (point == 0x7f) {
            out.append('\u2421');
        } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            out.append('\uFFFD');
        } else {
            out.append("[U+%04X]".formatted(point));
        }
    }

    /// `text` with everything that [#acts] by name.
    static String of(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (acts(point)) {
                appendName(out, point);
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    /// `text` as the printable ASCII that headers take: everything else, spaces too, becomes `_`.
    ///
    /// @param longest most characters
    /// @return `-`, which says that there is none, when nothing is left
    static String ascii(String text, int longest) {
        var out = new StringBuilder();
        text.codePoints().limit(longest).forEach(point -> out.append(point > 0x20 && point < 0x7f ? (char) point : '_'));
        return out.isEmpty() ? "-" : out.toString();
    }
}
