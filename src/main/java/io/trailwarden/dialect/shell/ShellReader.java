package io.trailwarden.dialect.shell;

/// Reads shell commands the way bash would, without running anything.
///
/// Takes any text: it never fails, and its work grows in proportion to the length, up to [#MAX_CHARS] characters; the
/// rest is not read. Nesting, words and results are bounded too (see `Budget`); a command that goes past a bound, or is no
/// shell, has `parsed` false and the facts found until there. Holds no state; any number of threads may share one.
///
/// @see <a href="https://www.gnu.org/software/bash/manual/bash.html">Bash reference manual</a>
public final class ShellReader {

    /// Most characters read of one command.
    public static final int MAX_CHARS = Budget.MAX_CHARS;

    /// What `command` would do.
    public CommandFacts read(String command) {
        boolean whole = command.length() <= MAX_CHARS;
        var text = (whole ? command : command.substring(0, MAX_CHARS)).replace(Cursor.END, '\uFFFD');
        var budget = new Budget(text.length());
        var facts = new Facts(budget);
        new Walk(facts, budget).text(text, !whole);
        return facts.finish();
    }

    /// What `command` would do, stage by stage as it is written: how it is shown to a person.
    public CommandOutline outline(String command) {
        return Outlining.of(command, read(command));
    }
}
