package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.Word.Piece;
import io.trailwarden.dialect.shell.Word.Quoting;
import io.trailwarden.dialect.shell.Word.Text;
import io.trailwarden.dialect.shell.Word.Variable;
import java.util.List;

/// Tells quoting that people use from quoting that only hides a word from a search.
///
/// `\ls` (skips an alias), `"curl"`, `--x='y z'` and `$'\n'` are in use; `c''url`, `cu\rl`, `cu$@rl` and `$'\x63'` are not.
final class Hiding {

    private Hiding() {
    }

    static boolean inProgram(List<Piece> pieces) {
        if (pieces.size() == 1) {
            return encoded(pieces.getFirst());
        }
        for (int i = 0; i < pieces.size(); i++) {
            boolean touched = letterEnds(pieces, i - 1) || letterStarts(pieces, i + 1);
            if (encoded(pieces.get(i)) || (touched && hidesInProgram(pieces.get(i), i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hidesInProgram(Piece piece, int at) {
        return switch (piece) {
            case Text(var text, var quoting) when quoting == Quoting.BACKSLASH -> at > 0 && isWordText(text);
            case Text(var text, var quoting) -> quoting != Quoting.PLAIN && isWordText(text);
            case Variable variable -> isEmptyParameter(variable);
            case Piece _ -> false;
        };
    }

    static boolean inArgument(List<Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            boolean enclosed = letterEnds(pieces, i - 1) && letterStarts(pieces, i + 1);
            if (encoded(pieces.get(i)) || (enclosed && hidesInArgument(pieces, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hidesInArgument(List<Piece> pieces, int at) {
        return switch (pieces.get(at)) {
            case Text(var text, var quoting) when quoting == Quoting.BACKSLASH -> isWordText(text) && looksLikePath(pieces);
            case Text(var text, var quoting) -> quoting != Quoting.PLAIN && isWordText(text);
            case Variable variable -> isEmptyParameter(variable);
            case Piece _ -> false;
        };
    }

    /// Whether `piece` is a positional parameter, which is empty in a command that an agent runs.
    static boolean isEmptyParameter(Variable variable) {
        return variable.operator().isEmpty() && variable.name().length() == 1 && "@*123456789".contains(variable.name());
    }

    /// Whether the piece at `at` joins letters on both sides, as in `cu$@rl`.
    static boolean enclosed(List<Piece> pieces, int at) {
        return letterEnds(pieces, at - 1) && letterStarts(pieces, at + 1);
    }

    private static boolean encoded(Piece piece) {
        return piece instanceof Text text && text.quoting() == Quoting.ANSI_ENCODED;
    }

    private static boolean looksLikePath(List<Piece> pieces) {
        return pieces.getFirst() instanceof Text first && !first.text().isEmpty() && "/~.".indexOf(first.text().charAt(0)) >= 0;
    }

    private static boolean letterEnds(List<Piece> pieces, int at) {
        return at >= 0 && pieces.get(at) instanceof Text text && !text.text().isEmpty()
                && Character.isLetterOrDigit(text.text().charAt(text.text().length() - 1));
    }

    private static boolean letterStarts(List<Piece> pieces, int at) {
        return at < pieces.size() && pieces.get(at) instanceof Text text && !text.text().isEmpty()
                && Character.isLetterOrDigit(text.text().charAt(0));
    }

    private static boolean isWordText(String text) {
        return text.chars().allMatch(Character::isLetterOrDigit);
    }
}
