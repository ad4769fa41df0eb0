package io.trailwarden.dialect.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One shell word before expansion: its pieces in order, glued together.
///
/// @param hiding whether its quoting serves no purpose but to hide the word, see [CommandFacts.Mark#HIDDEN_WORD]
/// @param hidingProgram the same, judged more strictly, for the word that names the program
record Word(List<Piece> pieces, boolean hiding, boolean hidingProgram) {

    static final Word EMPTY = new Word(List.of(), false, false);

    Word {
        pieces = List.copyOf(pieces);
    }

    static Word of(List<Piece> pieces) {
        return new Word(pieces, false, false);
    }

    /// How a stretch of text was written.
    enum Quoting { PLAIN, BACKSLASH, SINGLE, DOUBLE, ANSI, ANSI_ENCODED }

    sealed interface Piece {
    }

    /// Literal text, its quotes removed.
    record Text(String text, Quoting quoting) implements Piece {
    }

    /// A parameter expansion.
    ///
    /// @param raw as written, with `$`
    /// @param name the parameter, such as `HOME`, `1` or `@`
    /// @param operator what stands between name and operand: empty, `:-`, `#`, `:` ...
    /// @param operand empty when there is none
    /// @param quoted inside double quotes, so that the value is not split
    record Variable(String raw, String name, String operator, Word operand, boolean quoted) implements Piece {
    }

    /// `$(...)` or backticks.
    record Substitution(String raw, Node script, boolean quoted) implements Piece {
    }

    /// `<(...)` or, with `output`, `>(...)`.
    record Process(String raw, Node script, boolean output) implements Piece {
    }

    /// An expansion whose value is not worked out, such as arithmetic; what runs inside it still counts.
    record Opaque(String raw, List<Piece> inside) implements Piece {
        Opaque {
            inside = List.copyOf(inside);
        }
    }

    /// The text when the word is entirely literal, else null.
    @Nullable String literal() {
        var text = new StringBuilder();
        for (var piece : pieces) {
            if (!(piece instanceof Text part)) {
                return null;
            }
            text.append(part.text());
        }
        return text.toString();
    }
}
