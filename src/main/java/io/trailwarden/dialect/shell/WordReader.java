package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.Word.Opaque;
import io.trailwarden.dialect.shell.Word.Piece;
import io.trailwarden.dialect.shell.Word.Quoting;
import io.trailwarden.dialect.shell.Word.Text;
import java.util.ArrayList;
import java.util.List;

/// Reads words: quoting, escapes and expansions, by the rules of bash's manual, sections 3.1.2 and 3.5.
final class WordReader {

    private static final String METACHARACTERS = " \t\n;&|<>()";
    private static final String SPECIAL_PARAMETERS = "@*#?-$!";

    private final Cursor in;
    private final ShellParser parser;

    WordReader(Cursor in, ShellParser parser) {
        this.in = in;
        this.parser = parser;
    }

    static boolean isMeta(char c) {
        return c == Cursor.END || METACHARACTERS.indexOf(c) >= 0;
    }

    static boolean isNameStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || (c >= '0' && c <= '9');
    }

    /// Reads one word at the cursor; empty when none starts here.
    Word word() {
        return word("");
    }

    /// Reads one word in which the characters of `ordinary` end nothing.
    Word word(String ordinary) {
        var pieces = new Pieces();
        while (!in.atEnd()) {
            char c = in.peek();
            if (isMeta(c) && ordinary.indexOf(c) < 0 && !startsProcess(c)) {
                if (c == '(' && pieces.endsInGlobOperator()) {
                    globGroup(pieces);
                    continue;
                }
                break;
            }
            part(pieces);
        }
        return pieces.word();
    }

    private boolean startsProcess(char c) {
        return (c == '<' || c == '>') && in.peek(1) == '(';
    }

    /// An extended glob such as `@(a|b)`, kept as text.
    private void globGroup(Pieces pieces) {
        int depth = 0;
        do {
            char c = in.peek();
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '(' || c == ')' || c == '|' || c == ' ' || c == '<' || c == '>' || c == ';' || c == '&') {
                pieces.plain(in.next());
            } else {
                part(pieces);
            }
        } while (depth > 0 && !in.atEnd());
        if (depth > 0) {
            in.fail();
        }
    }

    private void part(Pieces pieces) {
        switch (in.peek()) {
            case '\\' -> backslash(pieces);
            case '\'' -> pieces.text(singleQuoted(), Quoting.SINGLE);
            case '"' -> doubleQuoted(pieces);
            case '`' -> pieces.add(backticks(false));
            case '$' -> dollar(pieces, false);
            case '<', '>' -> {
                if (startsProcess(in.peek())) {
                    pieces.add(process());
                } else {
                    pieces.plain(in.next());
                }
            }
            default -> pieces.plain(in.next());
        }
    }

    private void backslash(Pieces pieces) {
        in.skip(1);
        if (in.atEnd()) {
            pieces.plain('\\');
        } else if (!in.take("\n")) {
            pieces.text(String.valueOf(in.next()), Quoting.BACKSLASH);
        }
    }

    private String singleQuoted() {
        in.skip(1);
        int close = in.text.indexOf('\'', in.position());
        if (close < 0) {
            in.fail();
            return "";
        }
        int start = in.position();
        in.skip(close - start);
        var text = in.since(start);
        in.skip(1);
        return text;
    }

    private void doubleQuoted(Pieces pieces) {
        in.skip(1);
        int before = pieces.size();
        quotedUntil("\"", pieces, true);
        if (pieces.size() == before) {
            pieces.text("", Quoting.DOUBLE);
        }
    }

    /// Reads as inside double quotes until `end`, which is skipped.
    private void quotedUntil(String end, Pieces pieces, boolean quoteEscapes) {
        while (!in.take(end)) {
            if (in.atEnd()) {
                in.fail();
                return;
            }
            quotedPart(pieces, quoteEscapes);
        }
    }

    private void quotedPart(Pieces pieces, boolean quoteEscapes) {
        char c = in.peek();
        if (c == '\\') {
            in.skip(1);
            char escaped = in.peek();
            if (escaped == '\n') {
                in.skip(1);
            } else if (escaped == '$' || escaped == '`' || escaped == '\\' || (escaped == '"' && quoteEscapes)) {
                pieces.quoted(in.next());
            } else {
                pieces.quoted('\\');
            }
        } else if (c == '`') {
            pieces.add(backticks(true));
        } else if (c == '$') {
            dollar(pieces, true);
        } else {
            pieces.quoted(in.next());
        }
    }

    /// The text of a here-document whose delimiter was not quoted, up to the end of the cursor.
    Word hereDocument() {
        var pieces = new Pieces();
        while (!in.atEnd()) {
            quotedPart(pieces, false);
        }
        return pieces.word();
    }

    private void dollar(Pieces pieces, boolean quoted) {
        if (!in.budget.enter()) {
            in.fail();
            return;
        }
        expansion(pieces, quoted);
        in.budget.leave();
    }

    private void expansion(Pieces pieces, boolean quoted) {
        int start = in.position();
        char c = in.peek(1);
        if (c == '\'' && !quoted) {
            in.skip(1);
            ansiQuoted(pieces);
        } else if (c == '"' && !quoted) {
            in.skip(1);
            doubleQuoted(pieces);
        } else if (c == '(') {
            parenthesised(pieces, start, quoted);
        } else if (c == '[') {
            in.skip(2);
            pieces.add(arithmetic(start, "]"));
        } else if (c == '{') {
            in.skip(2);
            pieces.add(braced(start, quoted));
        } else if (isNameStart(c)) {
            in.skip(1);
            var name = name();
            pieces.add(new Word.Variable("$" + name, name, "", Word.EMPTY, quoted));
        } else if (c != Cursor.END && (SPECIAL_PARAMETERS.indexOf(c) >= 0 || (c >= '0' && c <= '9'))) {
            in.skip(2);
            pieces.add(new Word.Variable("$" + c, String.valueOf(c), "", Word.EMPTY, quoted));
        } else {
            in.skip(1);
            pieces.text("$", quoted ? Quoting.DOUBLE : Quoting.PLAIN);
        }
    }

    private void parenthesised(Pieces pieces, int start, boolean quoted) {
        if (in.peek(2) == '(' && arithmeticEnds(in.position() + 3)) {
            in.skip(3);
            pieces.add(arithmetic(start, "))"));
            return;
        }
        in.skip(2);
        var script = parser.untilParenthesis(true);
        pieces.add(new Word.Substitution(in.since(start), script, quoted));
    }

    /// Whether the text from `from` is arithmetic: its parentheses balance and the last two stand together. Otherwise
    /// `((` opened two subshells.
    boolean arithmeticEnds(int from) {
        int depth = 0;
        for (int i = from; i < in.text.length(); i++) {
            if (!in.budget.spend(1)) {
                return false;
            }
            char c = in.text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth < 0) {
                return i + 1 < in.text.length() && in.text.charAt(i + 1) == ')';
            }
        }
        return false;
    }

    /// Reads arithmetic up to `end` outside parentheses; only what it runs matters.
    Opaque arithmetic(int start, String end) {
        var inside = new Pieces();
        int depth = 0;
        while (depth > 0 || !in.take(end)) {
            char c = in.peek();
            if (in.atEnd()) {
                in.fail();
                break;
            }
            if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth = Math.max(0, depth - 1);
            }
            quotedPart(inside, true);
        }
        return new Opaque(in.since(start), inside.list());
    }

    private Piece process() {
        int start = in.position();
        boolean output = in.peek() == '>';
        in.skip(2);
        var script = parser.untilParenthesis(true);
        return new Word.Process(in.since(start), script, output);
    }

    private Piece backticks(boolean quoted) {
        int start = in.position();
        in.skip(1);
        var code = new StringBuilder();
        while (in.peek() != '`') {
            if (in.atEnd()) {
                in.fail();
                break;
            }
            char c = in.next();
            char following = in.peek();
            if (c == '\\' && (following == '`' || following == '\\' || following == '$' || (quoted && following == '"'))) {
                c = in.next();
            }
            code.append(c);
        }
        in.skip(1);
        var script = parser.nested(code.toString());
        return new Word.Substitution(in.since(start), script, quoted);
    }

    private Piece braced(int start, boolean quoted) {
        char first = in.peek();
        if (first == ' ' || first == '\t' || first == '\n' || first == '|') {
            in.skip(1);
            var script = parser.untilBrace();
            return new Word.Substitution(in.since(start), script, quoted);
        }
        var prefix = "";
        if ((first == '!' || first == '#') && in.peek(1) != '}' && (isNamePart(in.peek(1)) || SPECIAL_PARAMETERS.indexOf(in.peek(1)) >= 0)) {
            prefix = String.valueOf(in.next());
        }
        var name = parameter();
        if (name.isEmpty()) {
            in.fail();
        }
        var subscript = new Pieces();
        if (in.peek() == '[') {
            in.skip(1);
            subscript.add(arithmetic(in.position(), "]"));
        }
        var operator = prefix + operator();
        var operand = new Pieces();
        boolean literalQuotes = quoted && (operator.isEmpty() || "-=+?".indexOf(operator.charAt(operator.length() - 1)) >= 0);
        while (!in.take("}")) {
            if (in.atEnd()) {
                in.fail();
                break;
            }
            if (in.peek() == '\'' && literalQuotes) {
                pairedQuotes(operand);
            } else {
                part(operand);
            }
        }
        var raw = in.since(start);
        if (!subscript.list().isEmpty()) {
            subscript.list().addAll(operand.list());
            return new Opaque(raw, subscript.list());
        }
        return new Word.Variable(raw, name, operator, operand.word(), quoted);
    }

    /// Single quotes inside `"${x:-'...'}"`: bash pairs them, yet keeps them and expands what is between.
    private void pairedQuotes(Pieces operand) {
        operand.quoted(in.next());
        quotedUntil("'", operand, true);
        operand.quoted('\'');
    }

    private String parameter() {
        char c = in.peek();
        if (isNameStart(c)) {
            return name();
        }
        if (c >= '0' && c <= '9') {
            int start = in.position();
            while (in.peek() >= '0' && in.peek() <= '9') {
                in.skip(1);
            }
            return in.since(start);
        }
        if (c != Cursor.END && SPECIAL_PARAMETERS.indexOf(c) >= 0) {
            return String.valueOf(in.next());
        }
        return "";
    }

    private String operator() {
        for (var known : List.of(":-", ":=", ":+", ":?", "##", "%%", "//", "^^", ",,", "-", "=", "+", "?", ":", "#", "%", "/", "^", ",", "@")) {
            if (in.take(known)) {
                return known;
            }
        }
        return "";
    }

    String name() {
        int start = in.position();
        while (isNamePart(in.peek())) {
            in.skip(1);
        }
        return in.since(start);
    }

    private void ansiQuoted(Pieces pieces) {
        in.skip(1);
        int start = in.position();
        while (in.peek() != '\'') {
            if (in.atEnd()) {
                in.fail();
                return;
            }
            in.skip(in.peek() == '\\' ? 2 : 1);
        }
        var escaped = in.since(start);
        in.skip(1);
        pieces.text(Escapes.ansi(escaped), Escapes.encodesLetters(escaped) ? Quoting.ANSI_ENCODED : Quoting.ANSI);
    }

    /// Pieces being gathered; neighbouring plain text is one piece, and so is neighbouring double-quoted text.
    private static final class Pieces {
        private final List<Piece> list = new ArrayList<>();
        private final StringBuilder run = new StringBuilder();
        private Quoting runQuoting = Quoting.PLAIN;

        void plain(char c) {
            append(c, Quoting.PLAIN);
        }

        void quoted(char c) {
            append(c, Quoting.DOUBLE);
        }

        private void append(char c, Quoting quoting) {
            if (runQuoting != quoting) {
                flush();
                runQuoting = quoting;
            }
            run.append(c);
        }

        void text(String text, Quoting quoting) {
            flush();
            list.add(new Text(text, quoting));
        }

        void add(Piece piece) {
            flush();
            list.add(piece);
        }

        int size() {
            return list.size() + run.length();
        }

        boolean endsInGlobOperator() {
            if (runQuoting != Quoting.PLAIN || run.isEmpty()) {
                return false;
            }
            char last = run.charAt(run.length() - 1);
            return "?*+@".indexOf(last) >= 0 || (last == '!' && (run.length() > 1 || !list.isEmpty()));
        }

        private void flush() {
            if (!run.isEmpty()) {
                list.add(new Text(run.toString(), runQuoting));
                run.setLength(0);
            }
        }

        List<Piece> list() {
            flush();
            return list;
        }

        Word word() {
            flush();
            return list.isEmpty() ? Word.EMPTY : new Word(list, Hiding.inArgument(list), Hiding.inProgram(list));
        }
    }
}
