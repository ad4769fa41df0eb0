package io.trailwarden.dialect.shell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of parsed shell program. Control structures are kept only as far as the facts need: any branch may run.
sealed interface Node {

    /// A simple command; `words` may be empty when there are only assignments or redirections.
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirect> redirects) implements Node {
    }

    /// Two commands or more, each one's output the next one's input.
    record Pipeline(List<Node> stages) implements Node {
    }

    /// One after the other, whatever joins them: `;`, `&`, `&&`, `||`, newline.
    record Sequence(List<Node> parts) implements Node {
    }

    /// Subshell, group, `if`, `while`, `until`, `case`, `[[ ]]`, `(( ))`: bodies sharing redirections.
    ///
    /// @param words what is expanded on the way: subject and patterns of `case`, operands of `[[ ]]`
    record Compound(List<Word> words, List<Node> parts, List<Redirect> redirects) implements Node {
    }

    /// `for` and `select` over words.
    record Loop(String variable, List<Word> items, Node body, List<Redirect> redirects) implements Node {
    }

    record Function(String name, Node body) implements Node {
    }

    /// @param values one word, or the elements of an array
    record Assignment(String name, boolean append, boolean array, List<Word> values) {
    }

    /// @param descriptor number written before the operator, -1 when none
    /// @param operator such as `>` or `<<<`
    /// @param here the text of a here-document, else null
    record Redirect(int descriptor, String operator, Word target, @Nullable HereDocument here) {

        boolean reads() {
            return operator.startsWith("<");
        }
    }

    /// A here-document; its text is found only after the line that announces it.
    final class HereDocument {
        final String delimiter;
        final boolean quoted;
        final boolean stripsTabs;
        Word body = Word.EMPTY;

        HereDocument(String delimiter, boolean quoted, boolean stripsTabs) {
            this.delimiter = delimiter;
            this.quoted = quoted;
            this.stripsTabs = stripsTabs;
        }
    }

    static Node sequence(List<Node> parts) {
        return parts.size() == 1 ? parts.getFirst() : new Sequence(new ArrayList<>(parts));
    }
}
