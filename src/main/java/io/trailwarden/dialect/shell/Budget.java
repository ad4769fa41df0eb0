package io.trailwarden.dialect.shell;

/// What one [ShellReader#read] may spend. Once something is used up, everything that asks stops, and the facts say that
/// the text was not read to its end.
final class Budget {

    /// Characters read of one command; Claude Code's own limit for a command is far below.
    static final int MAX_CHARS = 256 << 10;

    /// Deepest nesting of groups, substitutions, wrappers and shells within shells. Each level costs a few stack frames;
    /// people stay below ten.
    static final int MAX_DEPTH = 60;

    /// Most simple commands noted; a command line that needs more is a program.
    static final int MAX_CALLS = 2000;

    /// Most words noted of one simple command.
    static final int MAX_WORDS = 1000;

    /// Longest single value kept, in characters, so that `A=$A$A` cannot grow without end.
    static final int MAX_VALUE = 64 << 10;

    private long steps;
    private int calls = MAX_CALLS;
    private int depth;
    private boolean exhausted;

    /// @param length characters of the command; work grows with it in proportion, never faster
    Budget(int length) {
        steps = 100_000 + 32L * length;
    }

    /// Uses up `count` steps, about one for each character looked at or copied.
    boolean spend(int count) {
        steps -= count;
        if (steps < 0) {
            exhausted = true;
        }
        return !exhausted;
    }

    boolean spendCall() {
        if (--calls < 0) {
            exhausted = true;
        }
        return !exhausted;
    }

    /// Goes one level down; every `true` is paired with one [#leave].
    boolean enter() {
        if (depth >= MAX_DEPTH) {
            exhausted = true;
            return false;
        }
        depth++;
        return !exhausted || leaveAtOnce();
    }

    void leave() {
        depth--;
    }

    boolean exhausted() {
        return exhausted;
    }

    private boolean leaveAtOnce() {
        depth--;
        return false;
    }
}
