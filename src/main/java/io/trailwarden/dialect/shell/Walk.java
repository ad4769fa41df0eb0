package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.CommandFacts.Mark;
import io.trailwarden.dialect.shell.Node.Redirect;
import io.trailwarden.dialect.shell.Value.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Goes through parsed commands in the order a shell would run them, taking every branch, and notes what they do.
///
/// Follows values as far as they are literal: through variables, substitutions, pipes and files written on the way.
final class Walk {

    /// What became of a command.
    ///
    /// @param output what its standard output holds
    /// @param heads programs that read its standard input
    /// @param tails programs that write its standard output
    record Outcome(Value output, List<String> heads, List<String> tails) {
        static final Outcome NOTHING = new Outcome(Value.literal(""), List.of(), List.of());

        static Outcome of(String program, Value output) {
            return new Outcome(output, List.of(program), List.of(program));
        }
    }

    /// Most programs paired on one side of a pipe; a group may hold many.
    private static final int MAX_ENDS = 8;

    /// Longest field put together, both its forms counted: a script handed to `bash -c` may fill the command.
    private static final int MAX_FIELD = 2 * Budget.MAX_CHARS;

    final Facts facts;
    final Budget budget;

    /// What files written by this command hold, and what stands behind `<(...)`.
    final Map<String, Value> files;

    private final Map<String, Value> variables;
    private final Set<Integer> networkDescriptors;
    private int loops;

    Walk(Facts facts, Budget budget) {
        this.facts = facts;
        this.budget = budget;
        files = new HashMap<>();
        variables = new HashMap<>(Map.of("IFS", Value.literal(" \t\n")));
        networkDescriptors = new LinkedHashSet<>();
    }

    /// Goes on where `before` is, with what it knows, and notes into other facts.
    Walk(Facts facts, Walk before) {
        this.facts = facts;
        budget = before.budget;
        files = before.files;
        variables = before.variables;
        networkDescriptors = before.networkDescriptors;
    }

    /// Reads `code` as a shell would and notes what it does.
    ///
    /// @param partial whether parts of it are missing, so that an error means nothing
    Outcome text(String code, boolean partial) {
        if (!budget.enter()) {
            return Outcome.NOTHING;
        }
        var parser = new ShellParser(code, budget);
        var script = parser.script();
        if (parser.failed() || partial) {
            facts.incomplete();
        }
        var outcome = run(script, null);
        budget.leave();
        return outcome;
    }

    /// Reads code that reached a shell; where it came from says what it is a case of.
    Outcome code(Value code) {
        notesOrigin(code.origin());
        return code.text().isBlank() ? Outcome.NOTHING : embedded(code);
    }

    private Outcome embedded(Value code) {
        if (code.known()) {
            return text(code.text(), false);
        }
        if (code.shape().strip().equals(String.valueOf(Value.GAP))) {
            facts.mark(Mark.COMPUTED_PROGRAM);
            return Outcome.NOTHING;
        }
        return lenient(code.text(), null);
    }

    /// Reads `code` of which parts may be missing or foreign, so that an error in it means nothing.
    Outcome lenient(String code, @Nullable Value input) {
        if (!budget.enter()) {
            return Outcome.NOTHING;
        }
        var outcome = run(new ShellParser(code, budget).script(), input);
        budget.leave();
        return outcome;
    }

    void notesOrigin(Origin origin) {
        if (origin.network()) {
            facts.mark(Mark.NETWORK_TO_SHELL);
        }
        if (origin.decoded()) {
            facts.mark(Mark.DECODE_TO_SHELL);
        }
    }

    Outcome run(Node node, @Nullable Value input) {
        if (!budget.spend(1) || !budget.enter()) {
            return Outcome.NOTHING;
        }
        var outcome = switch (node) {
            case Node.Simple simple -> simple(simple, input);
            case Node.Pipeline(var stages) -> pipeline(stages, input);
            case Node.Sequence(var parts) -> sequence(parts, input);
            case Node.Compound compound -> compound(compound, input);
            case Node.Loop loop -> loop(loop, input);
            case Node.Function(_, var body) -> {
                run(body, null);
                yield Outcome.NOTHING;
            }
        };
        budget.leave();
        return outcome;
    }

    private Outcome pipeline(List<Node> stages, @Nullable Value input) {
        var first = run(stages.getFirst(), input);
        var last = first;
        for (var stage : stages.subList(1, stages.size())) {
            var next = run(stage, last.output());
            pair(last.tails(), next.heads());
            last = next;
        }
        return new Outcome(last.output(), first.heads(), last.tails());
    }

    private void pair(List<String> left, List<String> right) {
        for (var from : left) {
            for (var to : right) {
                facts.pipe(from, to);
                if (Shells.isShell(from) && NetworkPrograms.isRawConnection(to) && openShells.contains(from)) {
                    facts.mark(Mark.REVERSE_SHELL);
                }
            }
        }
    }

    /// Names of shells that take commands from their input, whatever it is.
    final Set<String> openShells = new LinkedHashSet<>();

    private Outcome sequence(List<Node> parts, @Nullable Value input) {
        var output = Value.literal("");
        var heads = new ArrayList<String>();
        var tails = new ArrayList<String>();
        for (var part : parts) {
            var outcome = run(part, input);
            output = glue(output, outcome.output());
            addEnds(heads, outcome.heads());
            addEnds(tails, outcome.tails());
        }
        return new Outcome(output, heads, tails);
    }

    private static void addEnds(List<String> all, List<String> more) {
        for (var name : more) {
            if (all.size() < MAX_ENDS && !all.contains(name)) {
                all.add(name);
            }
        }
    }

    private Value glue(Value left, Value right) {
        if (left.text().isEmpty() && left.known()) {
            return right.from(left.origin());
        }
        if (left.size() + right.size() > Budget.MAX_VALUE || !budget.spend(left.size() + right.size())) {
            return Value.unknown("", left.origin().and(right.origin()));
        }
        return new Value(left.text() + right.text(), left.shape() + right.shape(), left.origin().and(right.origin()));
    }

    private Outcome compound(Node.Compound compound, @Nullable Value input) {
        compound.words().forEach(this::expand);
        var streams = redirect(compound.redirects(), input);
        return redirected(sequence(compound.parts(), streams.input), streams);
    }

    private Outcome loop(Node.Loop loop, @Nullable Value input) {
        var streams = redirect(loop.redirects(), input);
        var items = new ArrayList<Value>();
        loop.items().forEach(word -> items.addAll(expand(word)));
        boolean each = ++loops == 1 && items.size() <= MAX_ENDS && items.stream().allMatch(Value::known);
        Outcome outcome = Outcome.NOTHING;
        if (!each || items.isEmpty()) {
            variables.put(loop.variable(), Value.unknown("$" + loop.variable(), Value.join(items).origin()));
            outcome = run(loop.body(), streams.input);
        } else {
            for (var item : items) {
                variables.put(loop.variable(), item);
                outcome = run(loop.body(), streams.input);
            }
            outcome = new Outcome(items.size() == 1 ? outcome.output() : Value.unknown("", outcome.output().origin()), outcome.heads(), outcome.tails());
        }
        loops--;
        return redirected(outcome, streams);
    }

    private Outcome simple(Node.Simple simple, @Nullable Value input) {
        processes.addLast(new Processes(new ArrayList<>(), new ArrayList<>()));
        boolean alone = simple.words().isEmpty();
        var fields = new ArrayList<Value>();
        for (var word : simple.words()) {
            fields.addAll(expand(word));
            hiding(word, word == simple.words().getFirst());
        }
        for (var assignment : simple.assignments()) {
            assign(assignment, alone || isDeclaration(fields));
        }
        var streams = redirect(simple.redirects(), input);
        var outcome = fields.isEmpty() ? passed(streams) : call(fields, streams.input);
        if (streams.network && !fields.isEmpty()) {
            networkRedirection(outcome, fields);
        }
        pairProcesses(processes.removeLast(), outcome);
        return redirected(outcome, streams);
    }

    private Outcome passed(Streams streams) {
        var input = streams.input;
        return input == null ? Outcome.NOTHING : new Outcome(input, List.of(), List.of());
    }

    private void hiding(Word word, boolean program) {
        if (program ? word.hidingProgram() : word.hiding()) {
            facts.mark(Mark.HIDDEN_WORD);
        }
    }

    private static boolean isDeclaration(List<Value> fields) {
        return !fields.isEmpty() && Set.of("export", "declare", "typeset", "local", "readonly").contains(fields.getFirst().text());
    }

    private void assign(Node.Assignment assignment, boolean lasting) {
        var values = new ArrayList<Value>();
        for (var word : assignment.values()) {
            hiding(word, false);
            values.add(joined(word));
        }
        if (!lasting) {
            return;
        }
        var value = assignment.array() ? Value.unknown("$" + assignment.name(), Value.join(values).origin()) : Value.join(values);
        var before = variables.get(assignment.name());
        variables.put(assignment.name(), assignment.append() && before != null ? glue(before, value) : value);
    }

    /// A shell, or a program of unknown name, whose streams are a connection.
    private void networkRedirection(Outcome outcome, List<Value> fields) {
        boolean shell = outcome.heads().stream().anyMatch(Shells::isShell) || Shells.programName(fields.getFirst()).isEmpty();
        if (shell) {
            facts.mark(Mark.REVERSE_SHELL);
        } else if (!outcome.tails().isEmpty() && !outcome.tails().contains("exec")) {
            facts.mark(Mark.SENDS_TO_NETWORK);
        }
    }

    /// Programs inside `<(...)` and `>(...)` among the words of the simple command being read.
    private record Processes(List<String> sources, List<String> sinks) {
    }

    private final ArrayList<Processes> processes = new ArrayList<>();

    private void pairProcesses(Processes inside, Outcome outcome) {
        pair(inside.sources, outcome.heads());
        pair(outcome.tails(), inside.sinks);
    }

    /// Where the standard streams of a command lead.
    private static final class Streams {
        @Nullable Value input;
        final List<Value> outputs = new ArrayList<>();
        boolean network;
    }

    private Streams redirect(List<Redirect> redirects, @Nullable Value input) {
        var streams = new Streams();
        streams.input = input;
        for (var redirect : redirects) {
            redirect(redirect, streams);
        }
        return streams;
    }

    private void redirect(Redirect redirect, Streams streams) {
        var here = redirect.here();
        if (here != null) {
            streams.input = joined(here.body);
            return;
        }
        var target = joined(redirect.target());
        if (redirect.operator().equals("<<<")) {
            streams.input = new Value(target.text() + "\n", target.shape() + "\n", target.origin());
        } else if (Addresses.isDevice(target.shape())) {
            device(redirect, target, streams);
        } else if (redirect.operator().endsWith("&") && isDescriptor(target.text())) {
            streams.network |= networkDescriptors.contains(descriptor(target.text()));
        } else if (redirect.operator().equals("<")) {
            facts.read(target);
            streams.input = content(target);
        } else if (redirect.operator().equals("<>")) {
            facts.read(target);
            facts.write(target);
        } else if (!redirect.reads()) {
            facts.write(target);
            if (redirect.descriptor() <= 1) {
                streams.outputs.add(target);
            }
        }
    }

    private void device(Redirect redirect, Value target, Streams streams) {
        facts.host(Addresses.device(target.shape()));
        facts.mark(Mark.USES_NETWORK);
        streams.network = true;
        if (redirect.descriptor() > 2) {
            networkDescriptors.add(redirect.descriptor());
        }
        if (redirect.operator().equals("<")) {
            streams.input = Value.unknown("", Origin.NETWORK);
        }
    }

    private static boolean isDescriptor(String text) {
        return text.equals("-") || text.matches("\\d{1,4}-?");
    }

    private static int descriptor(String text) {
        var digits = text.replace("-", "");
        return digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }

    /// What reading `file` gives: what this command put there, else something nobody knows.
    Value content(Value file) {
        var written = files.get(file.text());
        return written == null ? Value.unknown("", Origin.FILE) : written;
    }

    private Outcome redirected(Outcome outcome, Streams streams) {
        if (streams.outputs.isEmpty()) {
            return outcome;
        }
        for (var output : streams.outputs) {
            files.put(output.text(), outcome.output());
        }
        return new Outcome(Value.literal(""), outcome.heads(), List.of());
    }

    /// Notes one simple command and what it does, following it into the command it wraps.
    Outcome call(List<Value> words, @Nullable Value input) {
        if (words.isEmpty() || !budget.spend(16 * words.size()) || !budget.spendCall() || !budget.enter()) {
            return Outcome.NOTHING;
        }
        var name = Shells.programName(words.getFirst());
        facts.call(words, name.isEmpty() ? words.getFirst().text() : name);
        Outcome outcome;
        if (name.isEmpty()) {
            facts.mark(Mark.COMPUTED_PROGRAM);
            notesOrigin(words.getFirst().origin());
            NetworkPrograms.notesUrls(this, words);
            outcome = new Outcome(Value.passing(input), List.of(), List.of());
        } else {
            facts.program(name);
            outcome = named(new Call(name, words, input, this));
        }
        budget.leave();
        return outcome;
    }

    private Outcome named(Call call) {
        var wrapped = Wrappers.run(call);
        if (wrapped != null) {
            return wrapped;
        }
        var network = NetworkPrograms.run(call);
        if (network != null) {
            return Outcome.of(call.name(), network);
        }
        NetworkPrograms.notesUrls(this, call.words());
        return Outcome.of(call.name(), Programs.run(call));
    }

    /// The word as one value, unsplit.
    Value joined(Word word) {
        var building = new Building(false);
        expandInto(building, word.pieces());
        return building.single();
    }

    /// The fields the word becomes.
    List<Value> expand(Word word) {
        var building = new Building(true);
        expandInto(building, word.pieces());
        return building.fields();
    }

    private void expandInto(Building building, List<Word.Piece> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            switch (pieces.get(i)) {
                case Word.Text(var text, _) -> building.literal(text);
                case Word.Variable variable -> {
                    boolean empty = Hiding.isEmptyParameter(variable) && Hiding.enclosed(pieces, i);
                    building.value(empty ? Value.literal("") : resolve(variable), variable.quoted());
                }
                case Word.Substitution substitution -> building.value(substituted(substitution), substitution.quoted());
                case Word.Process process -> building.value(process(process), true);
                case Word.Opaque(var raw, var inside) -> {
                    expandInto(new Building(false), inside);
                    building.value(Value.unknown(raw, Origin.NONE), true);
                }
            }
        }
    }

    private Value substituted(Word.Substitution substitution) {
        var output = run(substitution.script(), null).output();
        if (!output.known()) {
            return Value.unknown(substitution.raw(), output.origin());
        }
        int end = output.text().length();
        while (end > 0 && output.text().charAt(end - 1) == '\n') {
            end--;
        }
        var text = output.text().substring(0, end);
        return new Value(text, text, output.origin());
    }

    private Value process(Word.Process process) {
        var outcome = run(process.script(), process.output() ? Value.UNKNOWN : null);
        if (!processes.isEmpty()) {
            var ends = processes.getLast();
            addEnds(process.output() ? ends.sinks : ends.sources, process.output() ? outcome.heads() : outcome.tails());
        }
        if (!process.output()) {
            files.put(process.raw(), outcome.output());
        }
        return Value.unknown(process.raw(), outcome.output().origin());
    }

    private Value resolve(Word.Variable variable) {
        var operand = joined(variable.operand());
        var value = variables.get(variable.name());
        var raw = Value.unknown(variable.raw(), value == null ? Origin.NONE : value.origin());
        return switch (variable.operator()) {
            case "" -> value == null ? raw : value;
            case ":-", "-" -> value == null || !value.known() || value.text().isEmpty() ? operand : value;
            case ":=", "=" -> {
                if (value == null || value.text().isEmpty()) {
                    variables.put(variable.name(), operand);
                }
                yield value == null || value.text().isEmpty() ? operand : value;
            }
            case ":+", "+" -> value == null ? raw : operand;
            case "!" -> value == null ? raw : variables.getOrDefault(value.text(), raw);
            case ":" -> Parameters.substring(variable.name(), value, operand, raw);
            default -> value == null || !value.known() || !operand.known() ? raw : Parameters.edited(value, variable.operator(), operand, raw);
        };
    }

    /// Fields being put together from the pieces of one word.
    private final class Building {
        private final boolean splits;
        private final List<Value> done = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder shape = new StringBuilder();
        private Origin origin = Origin.NONE;
        private boolean started;

        Building(boolean splits) {
            this.splits = splits;
        }

        void literal(String more) {
            started = true;
            append(more, more);
        }

        void value(Value value, boolean quoted) {
            origin = origin.and(value.origin());
            if (quoted || !splits || !value.known()) {
                started = true;
                append(value.text(), value.shape());
                return;
            }
            int start = 0;
            for (int i = 0; i <= value.text().length(); i++) {
                if (i == value.text().length() || Character.isWhitespace(value.text().charAt(i))) {
                    if (i > start) {
                        started = true;
                        append(value.text().substring(start, i), value.text().substring(start, i));
                    }
                    if (i < value.text().length()) {
                        end();
                    }
                    start = i + 1;
                }
            }
        }

        private void append(String more, String moreShape) {
            int size = more.length() + moreShape.length();
            if (text.length() + shape.length() + size <= MAX_FIELD && budget.spend(size)) {
                text.append(more);
                shape.append(moreShape);
            }
        }

        private void end() {
            if (started) {
                done.add(single());
                text.setLength(0);
                shape.setLength(0);
                started = false;
            }
        }

        Value single() {
            var whole = text.toString();
            return new Value(whole, whole.contentEquals(shape) ? whole : shape.toString(), origin);
        }

        List<Value> fields() {
            end();
            return done;
        }
    }
}
