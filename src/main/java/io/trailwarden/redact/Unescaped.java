package io.trailwarden.redact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A text with its JSON escapes read, and where each of its characters comes from.
///
/// For JSON that cannot be parsed because it was cut off or stands in the middle of other text: `\u0041KIA...` is a key
/// there too.
///
/// @param text what the escapes mean
/// @param origins by character of `text`, where it begins in the original; one more for the end
record Unescaped(String text, int[] origins) {

    /// The view of `original`, or null when it has no escape that could hide anything.
    static @Nullable Unescaped of(String original) {
        if (!hides(original)) {
            return null;
        }
        var text = new StringBuilder(original.length());
        var origins = new int[original.length() + 1];
        int at = 0;
        while (at < original.length()) {
            origins[text.length()] = at;
            at += read(original, at, text);
        }
        origins[text.length()] = original.length();
        return new Unescaped(text.toString(), Arrays.copyOf(origins, text.length() + 1));
    }

    /// Whether `text` has an escape that can hide a keyword. Escaped line breaks and quotes cannot: no keyword has any.
    static boolean hides(String text) {
        int first = text.indexOf('\\');
        return first >= 0 && (text.indexOf("\\u", first) >= 0 || text.indexOf("\\/", first) >= 0);
    }

    /// Where the character at `index` of the view begins in the original.
    int origin(int index) {
        return origins[index];
    }

    /// Appends one character.
    ///
    /// @return how many characters of `original` say it
    private static int read(String original, int at, StringBuilder text) {
        char c = original.charAt(at);
        if (c != '\\' || at + 1 >= original.length()) {
            text.append(c);
            return 1;
        }
        char escape = original.charAt(at + 1);
        int unit = escape == 'u' ? JsonText.unit(original, at + 2) : -1;
        if (unit >= 0) {
            text.append((char) unit);
            return 6;
        }
        text.append(switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '"', '/' -> escape;
            default -> c;
        });
        return switch (escape) {
            case 'n', 'r', 't', '"', '/' -> 2;
            default -> 1;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Unescaped that && text.equals(that.text) && Arrays.equals(origins, that.origins);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "Unescaped[" + text.length() + "]";
    }
}
