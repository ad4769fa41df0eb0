package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.Node.Assignment;
import io.trailwarden.dialect.shell.Node.Compound;
import io.trailwarden.dialect.shell.Node.HereDocument;
import io.trailwarden.dialect.shell.Node.Loop;
import io.trailwarden.dialect.shell.Node.Pipeline;
import io.trailwarden.dialect.shell.Node.Redirect;
import io.trailwarden.dialect.shell.Node.Sequence;
import io.trailwarden.dialect.shell.Node.Simple;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads shell text into [Node]s by bash's grammar.
///
/// Never fails outright: at an error it stops, says so in [#failed], and what was read before stands.
final class ShellParser {

    private static final Set<String> CLOSING = Set.of("then", "else", "elif", "fi", "do", "done", "esac", "}");
    private static final Set<String> DECLARING = Set.of("declare", "typeset", "local", "export", "readonly");

    /// Redirection operators, longest first.
    private static final List<String> REDIRECTS = List.of("&>>", "<<<", "<<-", "&>", ">>", ">|", ">&", "<>", "<&", "<<", ">", "<");

    private final Cursor in;
    private final WordReader words;
    private final Deque<HereDocument> announced = new ArrayDeque<>();

    /// Where each stage of a pipeline stands in the text; null when nobody asks, as on the way into the trail.
    private final @Nullable Map<Node, Place> places;

    /// A stretch of the text.
    ///
    /// @param from inclusive
    /// @param to exclusive
    record Place(int from, int to) {
    }

    ShellParser(String text, Budget budget) {
        this(text, budget, null);
    }

    /// @param places takes the place of each stage, by identity
    ShellParser(String text, Budget budget, @Nullable IdentityHashMap<Node, Place> places) {
        this.places = places;
        in = new Cursor(text, budget);
        words = new WordReader(in, this);
    }

    boolean failed() {
        return in.failed();
    }

    Node script() {
        var script = list();
        hereDocuments();
        if (!in.atEnd()) {
            in.fail();
        }
        return script;
    }

    /// Parses `code`, the unescaped inside of backticks.
    Node nested(String code) {
        if (!in.budget.enter()) {
            in.fail();
            return new Sequence(List.of());
        }
        var inner = new ShellParser(code, in.budget);
        var script = inner.script();
        in.budget.leave();
        if (inner.failed()) {
            in.fail();
        }
        return script;
    }

    Node untilParenthesis(boolean mayBeEmpty) {
        return enclosed(")", mayBeEmpty);
    }

    Node untilBrace() {
        return enclosed("}", false);
    }

    private Node enclosed(String close, boolean mayBeEmpty) {
        if (!in.budget.enter()) {
            in.fail();
            return new Sequence(List.of());
        }
        var script = list();
        in.budget.leave();
        require(mayBeEmpty || !isEmpty(script));
        require(in.take(close));
        return script;
    }

    private void require(boolean holds) {
        if (!holds) {
            in.fail();
        }
    }

    private static boolean isEmpty(Node node) {
        return node instanceof Sequence(var parts) && parts.isEmpty();
    }

    private Node list() {
        var parts = new ArrayList<Node>();
        newlines();
        while (!atListEnd()) {
            int start = in.position();
            parts.add(pipeline());
            if (in.position() == start || !separator()) {
                break;
            }
        }
        return Node.sequence(parts);
    }

    private boolean atListEnd() {
        return in.atEnd() || in.peek() == ')' || in.at(";;") || in.at(";&") || CLOSING.contains(reserved());
    }

    /// Skips what may stand between two pipelines of a list; false when the list ends here.
    private boolean separator() {
        blanks();
        if (in.take("&&") || in.take("||")) {
            newlines();
            require(!atListEnd());
            return true;
        }
        char c = in.peek();
        if (c == '\n') {
            newlines();
            return true;
        }
        if ((c == ';' && in.peek(1) != ';' && in.peek(1) != '&') || c == '&') {
            in.skip(1);
            newlines();
            return true;
        }
        return false;
    }

    private Node pipeline() {
        var stages = new ArrayList<Node>();
        int written = in.position();
        prefixes();
        do {
            newlinesAfter(!stages.isEmpty());
            int start = in.position();
            var stage = command();
            stages.add(stage);
            if (places != null) {
                places.put(stage, new Place(stages.size() == 1 ? written : start, in.position()));
            }
            if (in.position() == start) {
                in.fail();
            }
            blanks();
        } while (pipe());
        return stages.size() == 1 ? stages.getFirst() : new Pipeline(stages);
    }

    private void prefixes() {
        for (var word = reserved(); word.equals("!") || word.equals("time"); word = reserved()) {
            in.skip(word.length());
            blanks();
            if (word.equals("time") && in.at("-p") && WordReader.isMeta(in.peek(2))) {
                in.skip(2);
                blanks();
            }
        }
    }

    private void newlinesAfter(boolean pipe) {
        if (pipe) {
            newlines();
        }
    }

    private boolean pipe() {
        if (in.at("||")) {
            return false;
        }
        return in.take("|&") || in.take("|");
    }

    private Node command() {
        if (!in.budget.enter()) {
            in.fail();
            return new Sequence(List.of());
        }
        var node = commandWithin();
        in.budget.leave();
        return node;
    }

    private Node commandWithin() {
        if (in.at("((") && words.arithmeticEnds(in.position() + 2)) {
            int start = in.position();
            in.skip(2);
            return compound(List.of(Word.of(List.of(words.arithmetic(start, "))")))), List.of());
        }
        if (in.take("(")) {
            return compound(List.of(), List.of(untilParenthesis(false)));
        }
        var word = reserved();
        return switch (word) {
            case "{" -> {
                in.skip(1);
                yield compound(List.of(), List.of(untilBrace()));
            }
            case "if" -> conditional();
            case "while", "until" -> repeated(word);
            case "for", "select" -> loop(word);
            case "case" -> cases();
            case "[[" -> test();
            case "function" -> function();
            case "coproc" -> coprocess();
            default -> simple();
        };
    }

    private Node compound(List<Word> expanded, List<Node> parts) {
        return new Compound(expanded, parts, redirects());
    }

    private List<Redirect> redirects() {
        var found = new ArrayList<Redirect>();
        do {
            blanks();
        } while (redirect(found));
        return found;
    }

    private void keyword(String word) {
        newlines();
        require(reserved().equals(word));
        in.skip(word.length());
    }

    private Node body() {
        var list = list();
        require(!isEmpty(list));
        return list;
    }

    private Node conditional() {
        var parts = new ArrayList<Node>();
        in.skip(2);
        parts.add(body());
        keyword("then");
        parts.add(body());
        while (reserved().equals("elif")) {
            in.skip(4);
            parts.add(body());
            keyword("then");
            parts.add(body());
        }
        if (reserved().equals("else")) {
            in.skip(4);
            parts.add(body());
        }
        keyword("fi");
        return compound(List.of(), parts);
    }

    private Node repeated(String word) {
        in.skip(word.length());
        var condition = body();
        return compound(List.of(), List.of(condition, loopBody()));
    }

    private Node loopBody() {
        newlines();
        if (reserved().equals("{")) {
            in.skip(1);
            return untilBrace();
        }
        keyword("do");
        var body = body();
        keyword("done");
        return body;
    }

    private Node loop(String word) {
        in.skip(word.length());
        blanks();
        if (in.at("((")) {
            int start = in.position();
            in.skip(2);
            var header = Word.of(List.of(words.arithmetic(start, "))")));
            optionalSemicolon();
            return compound(List.of(header), List.of(loopBody()));
        }
        var variable = words.name();
        require(!variable.isEmpty());
        newlines();
        var items = new ArrayList<Word>();
        if (reserved().equals("in")) {
            in.skip(2);
            wordsInto(items);
        }
        optionalSemicolon();
        var body = loopBody();
        return new Loop(variable, items, body, redirects());
    }

    private void wordsInto(List<Word> items) {
        blanks();
        while (!WordReader.isMeta(in.peek()) || in.at("<(") || in.at(">(")) {
            items.addAll(BraceExpansion.expand(words.word(), in.budget));
            blanks();
        }
    }

    private void optionalSemicolon() {
        blanks();
        if (in.peek() == ';' && in.peek(1) != ';') {
            in.skip(1);
        }
        newlines();
    }

    private Node cases() {
        in.skip(4);
        blanks();
        var expanded = new ArrayList<Word>();
        expanded.add(words.word());
        keyword("in");
        newlines();
        var parts = new ArrayList<Node>();
        while (!reserved().equals("esac") && !in.atEnd()) {
            in.take("(");
            patterns(expanded);
            require(in.take(")"));
            parts.add(list());
            newlines();
            boolean ended = in.take(";;&") || in.take(";;") || in.take(";&");
            newlines();
            require(ended || reserved().equals("esac"));
        }
        keyword("esac");
        return compound(expanded, parts);
    }

    private void patterns(List<Word> expanded) {
        do {
            blanks();
            int start = in.position();
            expanded.add(words.word());
            require(in.position() > start);
            blanks();
        } while (in.take("|"));
    }

    /// `[[ ... ]]`: its operators are skipped, its words kept for what runs inside them.
    private Node test() {
        in.skip(2);
        var expanded = new ArrayList<Word>();
        var ordinary = "";
        while (true) {
            newlines();
            if (in.atEnd()) {
                in.fail();
                break;
            }
            if (in.at("]]") && WordReader.isMeta(in.peek(2))) {
                in.skip(2);
                break;
            }
            int start = in.position();
            var word = words.word(ordinary);
            if (in.position() == start) {
                in.skip(1);
            } else {
                expanded.add(word);
            }
            ordinary = "=~".equals(word.literal()) ? "()|<>" : "";
        }
        return compound(expanded, List.of());
    }

    private Node function() {
        in.skip(8);
        blanks();
        var name = words.word().literal();
        blanks();
        if (in.take("(")) {
            blanks();
            require(in.take(")"));
        }
        return functionBody(name == null ? "" : name);
    }

    private Node functionBody(String name) {
        newlines();
        boolean compound = in.peek() == '(' || Set.of("{", "if", "while", "until", "for", "select", "case", "[[").contains(reserved());
        require(compound);
        return new Node.Function(name, command());
    }

    private Node coprocess() {
        in.skip(6);
        blanks();
        if (WordReader.isNameStart(in.peek())) {
            int start = in.position();
            words.name();
            int end = in.position();
            blanks();
            boolean named = in.position() > end && (in.peek() == '(' || reserved().equals("{"));
            in.moveTo(named ? in.position() : start);
        }
        return command();
    }

    private Node simple() {
        var assignments = new ArrayList<Assignment>();
        var found = new ArrayList<Word>();
        var redirects = new ArrayList<Redirect>();
        boolean declaring = false;
        while (true) {
            blanks();
            if (redirect(redirects)) {
                continue;
            }
            if ((found.isEmpty() || declaring) && assignment(assignments)) {
                continue;
            }
            char c = in.peek();
            if (c == '(' && found.size() == 1 && assignments.isEmpty()) {
                return functionAfter(found.getFirst());
            }
            if (WordReader.isMeta(c) && !in.at("<(") && !in.at(">(")) {
                require(c != '(');
                break;
            }
            found.addAll(BraceExpansion.expand(words.word(), in.budget));
            declaring |= found.size() == 1 && DECLARING.contains(String.valueOf(found.getFirst().literal()));
        }
        return new Simple(assignments, found, redirects);
    }

    private Node functionAfter(Word name) {
        in.skip(1);
        blanks();
        require(in.take(")"));
        var literal = name.literal();
        return functionBody(literal == null ? "" : literal);
    }

    /// Reads `name=value`, `name+=value`, `name[i]=value` or `name=(...)`.
    private boolean assignment(List<Assignment> into) {
        int at = 0;
        if (!WordReader.isNameStart(in.peek())) {
            return false;
        }
        while (WordReader.isNamePart(in.peek(at))) {
            at++;
        }
        int nameEnd = at;
        if (in.peek(at) == '[') {
            at = subscriptEnd(at);
        }
        boolean append = at > 0 && in.peek(at) == '+';
        int equals = append ? at + 1 : at;
        if (at < 0 || in.peek(equals) != '=') {
            return false;
        }
        var name = in.text.substring(in.position(), in.position() + nameEnd);
        if (at > nameEnd) {
            into.add(element(name, nameEnd, append));
            return true;
        }
        in.skip(equals + 1);
        if (in.take("(")) {
            into.add(new Assignment(name, append, true, elements()));
        } else {
            into.add(new Assignment(name, append, false, List.of(words.word())));
        }
        return true;
    }

    /// Reads `name[subscript]=value`; the subscript may run commands.
    private Assignment element(String name, int nameEnd, boolean append) {
        in.skip(nameEnd + 1);
        var subscript = Word.of(List.of(words.arithmetic(in.position(), "]")));
        require(in.take("=") || in.take("+="));
        return new Assignment(name, append, true, List.of(subscript, words.word()));
    }

    /// Where `[...]` starting `at` characters ahead ends, or -1. Subscripts are short; 200 characters are plenty.
    private int subscriptEnd(int at) {
        for (int i = at + 1; i < at + 200; i++) {
            char c = in.peek(i);
            if (c == ']') {
                return i + 1;
            }
            if (c == Cursor.END || c == '\n') {
                return -1;
            }
        }
        return -1;
    }

    private List<Word> elements() {
        var elements = new ArrayList<Word>();
        do {
            newlines();
            wordsInto(elements);
        } while (in.peek() == '\n');
        require(in.take(")"));
        return elements;
    }

    private boolean redirect(List<Redirect> into) {
        int digits = 0;
        while (in.peek(digits) >= '0' && in.peek(digits) <= '9') {
            digits++;
        }
        int named = digits == 0 ? namedDescriptor() : 0;
        int from = in.position();
        if (in.peek(digits + named) != '<' && in.peek(digits + named) != '>' && (digits + named > 0 || in.peek() != '&')) {
            return false;
        }
        in.moveTo(from + digits + named);
        if (in.at("<(") || in.at(">(")) {
            in.moveTo(from);
            return false;
        }
        for (var operator : REDIRECTS) {
            if (in.take(operator)) {
                into.add(target(digits == 0 || digits > 4 ? -1 : Integer.parseInt(in.text, from, from + digits, 10), operator));
                return true;
            }
        }
        in.moveTo(from);
        return false;
    }

    /// Length of `{name}` before a redirection, else 0.
    private int namedDescriptor() {
        if (in.peek() != '{' || !WordReader.isNameStart(in.peek(1))) {
            return 0;
        }
        int at = 1;
        while (WordReader.isNamePart(in.peek(at))) {
            at++;
        }
        char after = in.peek(at + 1);
        return in.peek(at) == '}' && (after == '<' || after == '>') ? at + 1 : 0;
    }

    private Redirect target(int descriptor, String operator) {
        blanks();
        int start = in.position();
        var target = words.word();
        require(in.position() > start);
        if (!operator.equals("<<") && !operator.equals("<<-")) {
            return new Redirect(descriptor, operator, target, null);
        }
        var delimiter = new StringBuilder();
        boolean quoted = false;
        for (var piece : target.pieces()) {
            switch (piece) {
                case Word.Text(var text, var quoting) -> {
                    delimiter.append(text);
                    quoted |= quoting != Word.Quoting.PLAIN;
                }
                case Word.Variable variable -> delimiter.append(variable.raw());
                case Word.Substitution substitution -> delimiter.append(substitution.raw());
                case Word.Process process -> delimiter.append(process.raw());
                case Word.Opaque opaque -> delimiter.append(opaque.raw());
            }
        }
        var here = new HereDocument(delimiter.toString(), quoted, operator.equals("<<-"));
        announced.add(here);
        return new Redirect(descriptor, operator, target, here);
    }

    /// The word at the cursor if it could be reserved: plain, unquoted and complete; else empty.
    private String reserved() {
        int length = 0;
        char c = in.peek();
        while ((c >= 'a' && c <= 'z') || c == '{' || c == '}' || c == '!' || c == '[' || c == ']') {
            c = in.peek(++length);
            if (length > 8) {
                return "";
            }
        }
        if (length == 0 || !WordReader.isMeta(c)) {
            return "";
        }
        return in.text.substring(in.position(), in.position() + length);
    }

    /// Skips blanks, continued lines and a comment.
    private void blanks() {
        while (true) {
            char c = in.peek();
            if (c == ' ' || c == '\t') {
                in.skip(1);
            } else if (c == '\\' && in.peek(1) == '\n') {
                in.skip(2);
            } else {
                break;
            }
        }
        if (in.peek() == '#') {
            int end = in.text.indexOf('\n', in.position());
            in.skip((end < 0 ? in.text.length() : end) - in.position());
        }
    }

    private void newlines() {
        blanks();
        while (in.peek() == '\n') {
            in.skip(1);
            hereDocuments();
            blanks();
        }
    }

    /// Reads the bodies of the here-documents announced on the line that just ended.
    private void hereDocuments() {
        while (!announced.isEmpty()) {
            var here = announced.poll();
            var text = hereText(here);
            here.body = here.quoted
                    ? Word.of(List.of(new Word.Text(text, Word.Quoting.SINGLE)))
                    : expanded(text);
        }
    }

    private String hereText(HereDocument here) {
        var text = new StringBuilder();
        while (!in.atEnd()) {
            int end = in.text.indexOf('\n', in.position());
            int stop = end < 0 ? in.text.length() : end;
            var line = in.text.substring(in.position(), stop);
            in.skip(stop - in.position() + (end < 0 ? 0 : 1));
            if (here.stripsTabs) {
                line = line.replaceFirst("^\t+", "");
            }
            if (line.equals(here.delimiter)) {
                break;
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private Word expanded(String text) {
        if (text.indexOf('$') < 0 && text.indexOf('`') < 0 && text.indexOf('\\') < 0) {
            return Word.of(List.of(new Word.Text(text, Word.Quoting.DOUBLE)));
        }
        if (!in.budget.enter()) {
            in.fail();
            return Word.EMPTY;
        }
        var inner = new ShellParser(text, in.budget);
        var body = inner.words.hereDocument();
        in.budget.leave();
        require(!inner.failed());
        return body;
    }
}
