package io.trailwarden.dialect.shell;

import org.jspecify.annotations.Nullable;

/// What a word, a variable or a stream holds, as far as the text of the command tells.
///
/// @param text literal parts as they are, computed parts as written (`$HOME/.ssh`)
/// @param shape the same with each computed part replaced by [#GAP]; the same text when all of it is known
/// @param origin where it came from
record Value(String text, String shape, Origin origin) {

    /// Stands for a computed part. In hostile text it only makes a known value count as unknown.
    static final char GAP = '\uFFFC';

    /// A stream nothing is known about.
    static final Value UNKNOWN = unknown("", Origin.NONE);

    /// @param network fetched from the network
    /// @param decoded result of decoding or decompressing
    /// @param file holds what a file, or the environment, held
    record Origin(boolean network, boolean decoded, boolean file) {
        static final Origin NONE = new Origin(false, false, false);
        static final Origin NETWORK = new Origin(true, false, false);
        static final Origin DECODED = new Origin(false, true, false);
        static final Origin FILE = new Origin(false, false, true);

        Origin and(Origin other) {
            return new Origin(network || other.network, decoded || other.decoded, file || other.file);
        }
    }

    static Value literal(String text) {
        return new Value(text, text, Origin.NONE);
    }

    static Value unknown(String raw, Origin origin) {
        return new Value(raw, String.valueOf(GAP), origin);
    }

    boolean known() {
        return shape.indexOf(GAP) < 0;
    }

    Value from(Origin more) {
        return new Value(text, shape, origin.and(more));
    }

    /// What keeping it costs, in characters.
    int size() {
        return text.length() + shape.length();
    }

    /// The part after `prefix` characters, which must be known.
    Value after(int prefix) {
        return new Value(text.substring(prefix), shape.substring(prefix), origin);
    }

    /// Whether the text starts with `prefix`, literally.
    boolean startsWith(String prefix) {
        return shape.startsWith(prefix);
    }

    /// Where `c` first stands in the known part at the start, or -1.
    int knownIndexOf(char c) {
        int gap = shape.indexOf(GAP);
        int at = shape.indexOf(c);
        return at >= 0 && (gap < 0 || at < gap) ? at : -1;
    }

    static Value join(Iterable<Value> values) {
        var text = new StringBuilder();
        var shape = new StringBuilder();
        var origin = Origin.NONE;
        for (var value : values) {
            if (shape.length() + value.shape.length() > Budget.MAX_CHARS) {
                break;
            }
            if (!shape.isEmpty()) {
                text.append(' ');
                shape.append(' ');
            }
            text.append(value.text);
            shape.append(value.shape);
            origin = origin.and(value.origin);
        }
        return new Value(text.toString(), shape.toString(), origin);
    }

    /// What a stream holds behind a program that passes on what it understood of it, or anything.
    static Value passing(@Nullable Value stream) {
        return stream == null ? UNKNOWN : unknown("", stream.origin);
    }
}
