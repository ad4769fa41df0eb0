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

    /// The beginning of `text`, without half a character at its end.
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
