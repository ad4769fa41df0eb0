package io.trailwarden.rules;

import java.util.List;

/// A text with wildcards, ready to be matched against whole texts; never worse than the product of both lengths.
///
/// @param pieces what stands between the unbounded wildcards, at least two; the first and the last are tied to the ends
record Glob(List<SigmaText> pieces) {

    Glob {
        pieces = List.copyOf(pieces);
    }

    static Glob of(SigmaText text) {
        return new Glob(text.pieces());
    }

    boolean matches(String text) {
        var first = pieces.getFirst();
        var last = pieces.getLast();
        if (pieces.size() == 1) {
            return text.length() == first.chars().length() && isAt(first, text, 0);
        }
        int end = text.length() - last.chars().length();
        if (end < first.chars().length() || !isAt(first, text, 0) || !isAt(last, text, end)) {
            return false;
        }
        int from = first.chars().length();
        for (int i = 1; i < pieces.size() - 1; i++) {
            int found = find(pieces.get(i), text, from, end);
            if (found < 0) {
                return false;
            }
            from = found + pieces.get(i).chars().length();
        }
        return true;
    }

    private static int find(SigmaText piece, String text, int from, int end) {
        if (!piece.hasWildcard()) {
            int found = text.indexOf(piece.chars(), from);
            return found >= 0 && found + piece.chars().length() <= end ? found : -1;
        }
        for (int at = from; at + piece.chars().length() <= end; at++) {
            if (isAt(piece, text, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isAt(SigmaText piece, String text, int at) {
        if (!piece.hasWildcard()) {
            return text.startsWith(piece.chars(), at);
        }
        for (int i = 0; i < piece.chars().length(); i++) {
            if (!piece.wild()[i] && piece.chars().charAt(i) != text.charAt(at + i)) {
                return false;
            }
        }
        return true;
    }
}
