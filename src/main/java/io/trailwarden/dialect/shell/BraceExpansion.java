package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.Word.Piece;
import io.trailwarden.dialect.shell.Word.Quoting;
import io.trailwarden.dialect.shell.Word.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Expands `{a,b}` and `{1..5}` in unquoted text: `{curl,-s,http://host}` is a command of three words.
final class BraceExpansion {

    /// Most words one word becomes; past it the word stays as written.
    static final int MAX_WORDS = 64;

    private final List<Piece> pieces;
    private final Budget budget;
    private boolean tooMany;

    private BraceExpansion(List<Piece> pieces, Budget budget) {
        this.pieces = pieces;
        this.budget = budget;
    }

    static List<Word> expand(Word word, Budget budget) {
        if (!mayExpand(word)) {
            return List.of(word);
        }
        var expansion = new BraceExpansion(word.pieces(), budget);
        var expanded = expansion.expand(expansion.symbols(), 0);
        if (expansion.tooMany || expanded.size() < 2) {
            return List.of(word);
        }
        return expanded.stream().map(symbols -> expansion.word(symbols, word)).toList();
    }

    private static boolean mayExpand(Word word) {
        boolean opens = false;
        boolean separates = false;
        for (var piece : word.pieces()) {
            if (piece instanceof Text text && text.quoting() == Quoting.PLAIN) {
                opens |= text.text().indexOf('{') >= 0;
                separates |= opens && (text.text().indexOf(',') >= 0 || text.text().contains(".."));
            }
        }
        return separates;
    }

    /// The word as numbers: characters of plain text as they are, other pieces as `-1 - index`.
    private int[] symbols() {
        var symbols = new ArrayList<Integer>();
        for (int i = 0; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof Text text && text.quoting() == Quoting.PLAIN) {
                text.text().chars().forEach(symbols::add);
            } else {
                symbols.add(-1 - i);
            }
        }
        return symbols.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<int[]> expand(int[] symbols, int depth) {
        if (depth > 16 || !budget.spend(symbols.length)) {
            tooMany = true;
            return List.of(symbols);
        }
        for (int open = 0, tried = 0; open < symbols.length && tried < 16; open++) {
            if (symbols[open] == '{') {
                tried++;
                var alternatives = alternatives(symbols, open);
                if (!alternatives.isEmpty()) {
                    return combine(symbols, open, alternatives, depth);
                }
            }
        }
        return List.of(symbols);
    }

    private List<int[]> combine(int[] symbols, int open, List<int[]> alternatives, int depth) {
        int close = close(symbols, open);
        var tails = expand(Arrays.copyOfRange(symbols, close + 1, symbols.length), depth + 1);
        var all = new ArrayList<int[]>();
        for (var alternative : alternatives) {
            for (var middle : expand(alternative, depth + 1)) {
                for (var tail : tails) {
                    if (all.size() >= MAX_WORDS || !budget.spend(open + middle.length + tail.length)) {
                        tooMany = true;
                        return all;
                    }
                    all.add(join(Arrays.copyOf(symbols, open), middle, tail));
                }
            }
        }
        return all;
    }

    private int close(int[] symbols, int open) {
        budget.spend(symbols.length - open);
        int depth = 0;
        for (int i = open; i < symbols.length; i++) {
            depth += symbols[i] == '{' ? 1 : symbols[i] == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /// What the group opened at `open` offers; nothing when it is no group.
    private List<int[]> alternatives(int[] symbols, int open) {
        int close = close(symbols, open);
        if (close < 0) {
            return List.of();
        }
        var found = new ArrayList<int[]>();
        int depth = 0;
        int start = open + 1;
        for (int i = open + 1; i <= close && found.size() <= MAX_WORDS; i++) {
            if ((symbols[i] == ',' && depth == 0) || i == close) {
                found.add(Arrays.copyOfRange(symbols, start, i));
                start = i + 1;
            }
            depth += symbols[i] == '{' ? 1 : symbols[i] == '}' ? -1 : 0;
        }
        return found.size() > 1 ? found : range(symbols, open + 1, close);
    }

    private static List<int[]> range(int[] symbols, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(symbols[i] < 0 ? '?' : (char) symbols[i]);
        }
        var ends = text.toString().split("\\.\\.", 3);
        if (ends.length != 2 || ends[0].isEmpty() || ends[1].isEmpty()) {
            return List.of();
        }
        if (ends[0].length() == 1 && ends[1].length() == 1 && Character.isLetter(ends[0].charAt(0)) && Character.isLetter(ends[1].charAt(0))) {
            return count(ends[0].charAt(0), ends[1].charAt(0), true);
        }
        boolean numbers = ends[0].matches("-?\\d{1,6}") && ends[1].matches("-?\\d{1,6}");
        return numbers ? count(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]), false) : List.of();
    }

    private static List<int[]> count(int first, int last, boolean letters) {
        var found = new ArrayList<int[]>();
        int step = first <= last ? 1 : -1;
        for (int i = first; found.size() <= MAX_WORDS; i += step) {
            found.add((letters ? String.valueOf((char) i) : String.valueOf(i)).chars().toArray());
            if (i == last) {
                break;
            }
        }
        return found;
    }

    private static int[] join(int[] head, int[] middle, int[] tail) {
        int[] joined = Arrays.copyOf(head, head.length + middle.length + tail.length);
        System.arraycopy(middle, 0, joined, head.length, middle.length);
        System.arraycopy(tail, 0, joined, head.length + middle.length, tail.length);
        return joined;
    }

    private Word word(int[] symbols, Word original) {
        var built = new ArrayList<Piece>();
        var run = new StringBuilder();
        for (int symbol : symbols) {
            if (symbol >= 0) {
                run.append((char) symbol);
                continue;
            }
            if (!run.isEmpty()) {
                built.add(new Text(run.toString(), Quoting.PLAIN));
                run.setLength(0);
            }
            built.add(pieces.get(-1 - symbol));
        }
        if (!run.isEmpty()) {
            built.add(new Text(run.toString(), Quoting.PLAIN));
        }
        return new Word(built, original.hiding(), original.hidingProgram());
    }
}
