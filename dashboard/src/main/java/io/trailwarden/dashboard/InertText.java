package io.trailwarden.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes text that a client sent apart into what can be shown as it is and what would deceive a reader.
///
/// Named instead of shown: control characters, whatever turns or hides text (bidirectional marks, zero-width and
/// format characters), spaces that are not the space bar's, characters that no font has, more than two marks on one
/// letter, letters of other scripts inside a Latin word, and alphabets that imitate Latin. A word that is wholly
/// Cyrillic, Greek or Chinese is just that.
public final class InertText {

    /// Marks stacked on one letter beyond this many cover the lines around it.
    private static final int MARKS = 2;

    private static final String[] CONTROLS = {"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT",
            "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS",
            "GS", "RS", "US"};

    private final String source;
    private final boolean lines;
    private final int end;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private int marks;

    private InertText(String source, int end, boolean lines) {
        this.source = source;
        this.end = end;
        this.lines = lines;
    }

    /// A stretch of text.
    ///
    /// @param text what to show: the text itself, or a name such as `ESC` or `U+202E`
    /// @param named null for plain text; for a name, what it stands for in words
    public record Piece(String text, @Nullable String named) {
    }

    /// `text` on one line: line breaks and tabs are named too.
    public static List<Piece> line(String text) {
        return new InertText(text, text.length(), false).read();
    }

    /// The beginning of `text` on one line.
    ///
    /// @param limit most UTF-16 units that are looked at; a surrogate pair is not split
    public static List<Piece> line(String text, int limit) {
        return new InertText(text, cut(text, limit), false).read();
    }

    /// `text` over as many lines as it has; line breaks and tabs stay what they are.
    public static List<Piece> lines(String text) {
        return new InertText(text, text.length(), true).read();
    }

    /// `text` on one line for where only a plain text fits, such as a tooltip or the title of a window: what would deceive
    /// is named there too.
    ///
    /// @param limit as in [#line(String, int)]
    public static String plain(String text, int limit) {
        return line(text, limit).stream().map(Piece::text).collect(Collectors.joining());
    }

    /// How much of `text` is left out by [#line(String, int)].
    public static int beyond(String text, int limit) {
        return text.length() - cut(text, limit);
    }

    private static int cut(String text, int limit) {
        if (text.length() <= limit) {
            return text.length();
        }
        return Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    }

    private List<Piece> read() {
        int at = 0;
        while (at < end) {
            int c = source.codePointAt(at);
            if (Character.isLetterOrDigit(c)) {
                at = word(at);
            } else {
                take(c, deceives(c, at));
                at += Character.charCount(c);
            }
        }
        flush();
        return List.copyOf(pieces);
    }

    /// Reads a run of letters, digits and what joins them in names and addresses, and names the strangers in it.
    private int word(int from) {
        boolean latin = false;
        int to = from;
        while (to < end && inWord(source.codePointAt(to))) {
            int c = source.codePointAt(to);
            latin |= Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
            to += Character.charCount(c);
        }
        for (int at = from; at < to; at += Character.charCount(source.codePointAt(at))) {
            int c = source.codePointAt(at);
            take(c, deceives(c, at) || imitates(c) || latin && stranger(c));
        }
        return to;
    }

    private static boolean inWord(int c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '@' || mark(c);
    }

    private static boolean stranger(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case CYRILLIC, GREEK, ARMENIAN, CHEROKEE, COPTIC, GEORGIAN, GLAGOLITIC, LISU, DESERET, GOTHIC, OLD_ITALIC -> true;
            default -> false;
        };
    }

    /// Full-width forms and mathematical alphabets read as Latin and are not.
    private static boolean imitates(int c) {
        return c >= 0xFF01 && c <= 0xFF5E || c >= 0x1D400 && c <= 0x1D7FF;
    }

    private boolean deceives(int c, int at) {
        if (c == ' ' || lines && (c == '\n' || c == '\t')) {
            return false;
        }
        if (mark(c)) {
            return ++marks > MARKS;
        }
        marks = 0;
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR,
                    Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            case Character.FORMAT -> !joinsEmoji(c, at);
            // Blank letters: Hangul fillers and the empty Braille cell
            default -> c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800 || imitates(c);
        };
    }

    private static boolean mark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
    }

    /// A zero-width joiner between two pictures makes one of them, which hides nothing.
    private boolean joinsEmoji(int c, int at) {
        return c == 0x200D && at > 0 && at + 1 < end && pictured(source.codePointBefore(at))
                && Character.isEmoji(source.codePointAt(at + 1));
    }

    private static boolean pictured(int c) {
        return c == 0xFE0F || Character.isEmoji(c) && c > 0xFF;
    }

    private void take(int c, boolean named) {
        if (!named) {
            plain.appendCodePoint(c);
            return;
        }
        flush();
        pieces.add(new Piece(nameOf(c), inWords(c)));
    }

    private void flush() {
        if (!plain.isEmpty()) {
            pieces.add(new Piece(plain.toString(), null));
            plain.setLength(0);
        }
    }

    private static String nameOf(int c) {
        if (c < CONTROLS.length) {
            return CONTROLS[c];
        }
        return c == 0x7F ? "DEL" : "U+%04X".formatted(c);
    }

    private static String inWords(int c) {
        var name = Character.getName(c);
        return "U+%04X ".formatted(c) + (name == null ? "no character" : name.toLowerCase(java.util.Locale.ROOT));
    }
}
