package io.trailwarden.export;

/// Characters that do something instead of showing something.
final class Acting {

    private Acting() {
    }

    /// Controls, line and paragraph separators, what turns or hides text, halves of a surrogate pair, what no font has, and
    /// spaces and letters that look like nothing.
    static boolean is(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
                    Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            case Character.SPACE_SEPARATOR -> point != ' ';
            // Hangul fillers and the empty Braille cell
            default -> point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800;
        };
    }

    /// Appends `point` as JSON and many languages escape it: `\`, `u` and four digits, twice for those beyond U+FFFF.
    static void escape(StringBuilder out, int point) {
        for (char unit : Character.toChars(point)) {
            out.append("\\u").append("%04x".formatted((int) unit));
        }
    }
}
