package io.trailwarden.inventory;

import io.trailwarden.store.TextHash;
import java.util.Locale;
import java.util.UUID;

/// Names that clients make up, as tables keep them.
final class Names {

    /// Most characters that are kept of a name; more than any honest one has.
    static final int LONGEST = 256;

    private Names() {
    }

    /// The key of `name` as approvals have it: rules compare without regard to case.
    static UUID folded(String name) {
        return TextHash.of(name.toLowerCase(Locale.ROOT));
    }

    /// `text` as the database can keep it: without NUL and half characters.
    static String storable(String text) {
        var storable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> storable.appendCodePoint(c == 0 ? 0x2400 : c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return storable.toString();
    }

    /// The beginning of `text`, without half a character at its end.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
