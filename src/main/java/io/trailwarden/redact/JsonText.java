package io.trailwarden.redact;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Rewrites the texts inside JSON that is itself a text, and nothing else of it: spaces, order and numbers stay as they
/// were, and so does every text that the rewriting leaves alone.
final class JsonText {

    /// Decides what becomes of a text.
    interface Rewriting {

        /// @param name what the value is called; null for keys and for texts without a key
        String text(@Nullable String name, String text);
    }

    /// No real tool input nests as deep; a bound keeps hostile text off the stack.
    private static final int DEEPEST = 64;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final String source;
    private final Rewriting rewriting;
    private final StringBuilder out = new StringBuilder();
    private int copied;
    private int at;

    private JsonText(String source, Rewriting rewriting) {
        this.source = source;
        this.rewriting = rewriting;
    }

    /// Whether `text` begins and ends as an object, an array or a text does.
    static boolean looksLike(String text) {
        int first = 0;
        int last = text.length() - 1;
        while (first < last && isBlank(text.charAt(first))) {
            first++;
        }
        while (last > first && isBlank(text.charAt(last))) {
            last--;
        }
        if (last <= first) {
            return false;
        }
        char open = text.charAt(first);
        char close = text.charAt(last);
        return open == '{' && close == '}' || open == '[' && close == ']' || open == '"' && close == '"';
    }

    /// `json` with its texts rewritten, `json` itself when nothing changed, or null when it is not JSON.
    static @Nullable String rewrite(String json, Rewriting rewriting) {
        var walk = new JsonText(json, rewriting);
        walk.blanks();
        if (!walk.value(null, 0)) {
            return null;
        }
        walk.blanks();
        return walk.at == json.length() ? walk.result() : null;
    }

    /// The UTF-16 unit that four hexadecimal digits at `at` spell, or -1.
    static int unit(String text, int at) {
        if (at + 4 > text.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || text.charAt(i) > 127) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private String result() {
        return copied == 0 ? source : out.append(source, copied, source.length()).toString();
    }

    private boolean value(@Nullable String name, int depth) {
        if (depth > DEEPEST || at >= source.length()) {
            return false;
        }
        return switch (source.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(name, depth);
            case '"' -> text(text -> rewriting.text(name, text)) != null;
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number(name);
        };
    }

    private boolean object(int depth) {
        at++;
        blanks();
        if (next('}')) {
            return true;
        }
        do {
            blanks();
            var name = at < source.length() && source.charAt(at) == '"' ? text(key -> rewriting.text(null, key)) : null;
            blanks();
            if (name == null || !next(':')) {
                return false;
            }
            blanks();
            if (!value(name, depth + 1)) {
                return false;
            }
            blanks();
        } while (next(','));
        return next('}');
    }

    private boolean array(@Nullable String name, int depth) {
        at++;
        blanks();
        if (next(']')) {
            return true;
        }
        do {
            blanks();
            if (!value(name, depth + 1)) {
                return false;
            }
            blanks();
        } while (next(','));
        return next(']');
    }

    /// A number stays one, unless it is called a password: those may be all digits.
    private boolean number(@Nullable String name) {
        int begin = at;
        while (at < source.length() && "+-.0123456789eE".indexOf(source.charAt(at)) >= 0) {
            at++;
        }
        if (at == begin) {
            return false;
        }
        if (name != null) {
            var digits = source.substring(begin, at);
            replace(begin, digits, rewriting.text(name, digits));
        }
        return true;
    }

    private boolean word(String word) {
        if (!source.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    /// Reads and rewrites a text.
    ///
    /// @return what it said before, or null when it does not end
    private @Nullable String text(UnaryOperator<String> rewrite) {
        int begin = at++;
        var decoded = decode();
        if (decoded != null) {
            replace(begin, decoded, rewrite.apply(decoded));
        }
        return decoded;
    }

    private @Nullable String decode() {
        int begin = at;
        int plain = at;
        while (plain < source.length() && source.charAt(plain) != '"' && source.charAt(plain) != '\\') {
            plain++;
        }
        if (plain < source.length() && source.charAt(plain) == '"') {
            at = plain + 1;
            return source.substring(begin, plain);
        }
        var text = new StringBuilder(source.length() - begin);
        while (at < source.length()) {
            char c = source.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            if (c != '\\') {
                text.append(c);
            } else if (!escape(text)) {
                return null;
            }
        }
        return null;
    }

    private boolean escape(StringBuilder text) {
        if (at >= source.length()) {
            return false;
        }
        char c = source.charAt(at++);
        switch (c) {
            case '"', '\\', '/' -> text.append(c);
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                int unit = unit(source, at);
                if (unit < 0) {
                    return false;
                }
                text.append((char) unit);
                at += 4;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void replace(int begin, String before, String after) {
        if (!after.equals(before)) {
            out.append(source, copied, begin);
            append(after);
            copied = at;
        }
    }

    private void append(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < 0x20) {
                out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private boolean next(char expected) {
        if (at < source.length() && source.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void blanks() {
        while (at < source.length() && isBlank(source.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
