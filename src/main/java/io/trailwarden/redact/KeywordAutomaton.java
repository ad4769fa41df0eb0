package io.trailwarden.redact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Finds where any of many lower-case ASCII keywords begins in a text, in any case, in one pass and without allocating.
///
/// An Aho-Corasick automaton whose transitions are one dense table, so that a character costs one look-up.
final class KeywordAutomaton {

    /// Told of each place where a keyword begins.
    interface Hits {

        void at(int keyword, int begin);
    }

    private static final int[] NOTHING = {};

    /// Class of each ASCII character; 0 for all that occur in no keyword.
    private final byte[] classes = new byte[128];
    private final int classCount;
    private final int[] lengths;
    /// Next state by state and class; a state is the index of its first transition, and its complement when keywords end there.
    private final int[] next;
    /// Keywords that end in a state, by state divided by the number of classes.
    private final int[][] ends;

    KeywordAutomaton(List<String> keywords) {
        classCount = 1 + assignClasses(keywords);
        lengths = keywords.stream().mapToInt(String::length).toArray();
        var trie = new ArrayList<int[]>();
        var found = new ArrayList<int[]>();
        addState(trie, found);
        for (int i = 0; i < keywords.size(); i++) {
            int state = 0;
            for (char c : keywords.get(i).toCharArray()) {
                int at = classes[c];
                if (trie.get(state)[at] < 0) {
                    trie.get(state)[at] = addState(trie, found);
                }
                state = trie.get(state)[at];
            }
            found.set(state, join(found.get(state), new int[] {i}));
        }
        completeTransitions(trie, found);
        next = new int[trie.size() * classCount];
        for (int state = 0; state < trie.size(); state++) {
            for (int c = 0; c < classCount; c++) {
                int to = trie.get(state)[c];
                next[state * classCount + c] = found.get(to).length == 0 ? to * classCount : ~(to * classCount);
            }
        }
        ends = found.toArray(int[][]::new);
    }

    /// Whether any keyword occurs in `text`.
    boolean occursIn(String text) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            state = next[state + (c < 128 ? classes[c] : 0)];
            if (state < 0) {
                return true;
            }
        }
        return false;
    }

    /// Tells `hits` of every keyword in `text`, in the order in which they end.
    void find(String text, Hits hits) {
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            state = next[state + (c < 128 ? classes[c] : 0)];
            if (state < 0) {
                state = ~state;
                for (int keyword : ends[state / classCount]) {
                    hits.at(keyword, i + 1 - lengths[keyword]);
                }
            }
        }
    }

    private int assignClasses(Collection<String> keywords) {
        int count = 0;
        for (var keyword : keywords) {
            for (char c : keyword.toCharArray()) {
                if (classes[c] == 0) {
                    classes[c] = (byte) ++count;
                    if (c >= 'a' && c <= 'z') {
                        classes[c - 'a' + 'A'] = classes[c];
                    }
                }
            }
        }
        return count;
    }

    private int addState(List<int[]> trie, List<int[]> found) {
        var transitions = new int[classCount];
        Arrays.fill(transitions, -1);
        trie.add(transitions);
        found.add(NOTHING);
        return trie.size() - 1;
    }

    /// Breadth first: what fails from a state continues from the longest suffix that is also a beginning.
    private void completeTransitions(List<int[]> trie, List<int[]> found) {
        var failure = new int[trie.size()];
        var waiting = new ArrayDeque<Integer>();
        waiting.add(0);
        while (!waiting.isEmpty()) {
            int state = waiting.remove();
            for (int c = 0; c < classCount; c++) {
                int child = trie.get(state)[c];
                int viaFailure = state == 0 ? 0 : trie.get(failure[state])[c];
                if (child < 0) {
                    trie.get(state)[c] = viaFailure;
                } else {
                    failure[child] = viaFailure;
                    found.set(child, join(found.get(child), found.get(viaFailure)));
                    waiting.add(child);
                }
            }
        }
    }

    private static int[] join(int[] some, int[] others) {
        if (others.length == 0) {
            return some;
        }
        var both = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, both, some.length, others.length);
        return both;
    }
}
