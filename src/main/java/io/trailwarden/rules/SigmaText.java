package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A text of a rule, in which some `*` and `?` are wildcards and others are themselves.
///
/// @param chars the characters, escapes resolved
/// @param wild for each character, whether it is a wildcard
/// @param bytes whether each character stands for one byte, after an encoding into UTF-16
record SigmaText(String chars, boolean[] wild, boolean bytes) {

    /// Resolves Sigma's escapes: a backslash counts only before a wildcard or another backslash.
    static SigmaText parse(String written) {
        var chars = new StringBuilder(written.length());
        var wild = new boolean[written.length()];
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < written.length() && isSpecial(written.charAt(i + 1))) {
                chars.append(written.charAt(++i));
            } else {
                wild[chars.length()] = c == '*' || c == '?';
                chars.append(c);
            }
        }
        return new SigmaText(chars.toString(), Arrays.copyOf(wild, chars.length()), false);
    }

    /// A text without wildcards.
    static SigmaText literal(String text) {
        return new SigmaText(text, new boolean[text.length()], false);
    }

    private static boolean isSpecial(char c) {
        return c == '*' || c == '?' || c == '\\';
    }

    boolean hasWildcard() {
        for (boolean one : wild) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    boolean isWildAt(int index, char wildcard) {
        return wild[index] && chars.charAt(index) == wildcard;
    }

    SigmaText part(int from, int to) {
        return new SigmaText(chars.substring(from, to), Arrays.copyOfRange(wild, from, to), bytes);
    }

    SigmaText plus(SigmaText other) {
        var joined = Arrays.copyOf(wild, wild.length + other.wild.length);
        System.arraycopy(other.wild, 0, joined, wild.length, other.wild.length);
        return new SigmaText(chars + other.chars, joined, bytes || other.bytes);
    }

    SigmaText afterAnything() {
        return !chars.isEmpty() && isWildAt(0, '*') ? this : ANYTHING.plus(this);
    }

    SigmaText beforeAnything() {
        return !chars.isEmpty() && isWildAt(chars.length() - 1, '*') ? this : plus(ANYTHING);
    }

    private static final SigmaText ANYTHING = new SigmaText("*", new boolean[] {true}, false);

    /// The pieces between the unbounded wildcards: `a*b?c` gives `a` and `b?c`.
    List<SigmaText> pieces() {
        var pieces = new ArrayList<SigmaText>();
        int from = 0;
        for (int i = 0; i < chars.length(); i++) {
            if (isWildAt(i, '*')) {
                pieces.add(part(from, i));
                from = i + 1;
            }
        }
        pieces.add(part(from, chars.length()));
        return pieces;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof SigmaText that && chars.equals(that.chars) && Arrays.equals(wild, that.wild) && bytes == that.bytes;
    }

    @Override
    public int hashCode() {
        return chars.hashCode();
    }

    @Override
    public String toString() {
        return chars;
    }
}
