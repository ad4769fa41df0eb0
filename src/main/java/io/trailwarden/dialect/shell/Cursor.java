package io.trailwarden.dialect.shell;

/// A place in a text being read. After [#fail] it stands at the end for good, so that every loop over it ends.
final class Cursor {

    /// What [#peek] gives behind the last character; never part of a text ([ShellReader] sees to that).
    static final char END = '\0';

    final String text;
    final Budget budget;
    private int position;
    private boolean failed;

    Cursor(String text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        int at = position + ahead;
        return at < text.length() ? text.charAt(at) : END;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    int position() {
        return position;
    }

    void moveTo(int target) {
        if (!failed) {
            position = Math.min(target, text.length());
        }
    }

    void skip(int count) {
        if (budget.spend(count)) {
            moveTo(position + count);
        } else {
            fail();
        }
    }

    char next() {
        char c = peek();
        skip(1);
        return c;
    }

    boolean at(String expected) {
        return text.startsWith(expected, position);
    }

    /// Skips `expected` if it comes next.
    boolean take(String expected) {
        if (!at(expected)) {
            return false;
        }
        skip(expected.length());
        return true;
    }

    String since(int start) {
        budget.spend(position - start);
        return text.substring(Math.min(start, position), position);
    }

    void fail() {
        failed = true;
        position = text.length();
    }

    boolean failed() {
        return failed;
    }
}
