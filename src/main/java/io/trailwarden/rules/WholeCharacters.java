package io.trailwarden.rules;

import java.io.Reader;

/// Reads a text without ever ending a portion between the two halves of a character.
///
/// The YAML library fills its buffer to the end, and fails with an index out of bounds when a character beyond the basic
/// plane straddles that end.
final class WholeCharacters extends Reader {

    private final String text;
    private int at;

    WholeCharacters(String text) {
        this.text = text;
    }

    @Override
    public int read(char[] into, int from, int most) {
        int count = Math.min(most - 1, text.length() - at);
        if (count <= 0) {
            return at < text.length() ? one(into, from) : -1;
        }
        if (count > 1 && Character.isHighSurrogate(text.charAt(at + count - 1))) {
            count--;
        }
        text.getChars(at, at + count, into, from);
        at += count;
        return count;
    }

    private int one(char[] into, int from) {
        into[from] = text.charAt(at++);
        return 1;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
