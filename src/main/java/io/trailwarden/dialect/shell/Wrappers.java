package io.trailwarden.dialect.shell;

import static java.util.Map.entry;

import io.trailwarden.dialect.shell.Arguments.Syntax;
import io.trailwarden.dialect.shell.CommandFacts.Mark;
import io.trailwarden.dialect.shell.Value.Origin;
import io.trailwarden.dialect.shell.Walk.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that run another command: follows them into it.
final class Wrappers {

    /// A program that runs the command behind its options.
    ///
    /// @param skips operands before the command, such as the duration of `timeout`
    private record Prefix(Syntax syntax, int skips) {
    }

    private static final Map<String, Prefix> PREFIXES = Map.ofEntries(
            prefix("sudo", "ugphCcDrtTUR", 0, "user", "group", "prompt", "host", "close-from", "chdir", "role", "type", "command-timeout", "other-user", "chroot"),
            prefix("doas", "uC", 0), prefix("pkexec", "", 0, "user"),
            prefix("nohup", "", 0), prefix("setsid", "", 0), prefix("builtin", "", 0),
            prefix("nice", "n", 0, "adjustment"), prefix("ionice", "cnpPu", 0, "class", "classdata"), prefix("chrt", "TPD", 1), prefix("taskset", "", 1),
            prefix("timeout", "sk", 1, "signal", "kill-after"), prefix("time", "of", 0, "format", "output"), prefix("stdbuf", "ioe", 0, "input", "output", "error"),
            prefix("exec", "a", 0), prefix("chroot", "", 1, "userspec", "groups"), prefix("unshare", "RwSG", 0), prefix("nsenter", "tSG", 0, "target"),
            prefix("strace", "eopsSuEXaI", 0), prefix("ltrace", "eopsunaF", 0), prefix("busybox", "", 0), prefix("toybox", "", 0),
            prefix("chronic", "", 0), prefix("caffeinate", "tw", 0), prefix("unbuffer", "", 0), prefix("fakeroot", "lsib", 0), prefix("firejail", "", 0),
            prefix("proxychains", "f", 0), prefix("proxychains4", "f", 0), prefix("torsocks", "aPpuU", 0), prefix("torify", "", 0), prefix("systemd-run", "pEuMH", 0, "unit", "property", "setenv"),
            prefix("cross-env", "", 0), prefix("dotenv", "e", 0), prefix("winpty", "", 0), prefix("arch", "", 0), prefix("setarch", "", 1), prefix("gosu", "", 1), prefix("su-exec", "", 1),
            prefix("prlimit", "", 0), prefix("cgexec", "g", 0), prefix("catchsegv", "", 0), prefix("rlwrap", "", 0), prefix("hyperfine", "", 0), prefix("bwrap", "", 0));

    private static final Syntax ENV = Syntax.of("uCS", "unset", "chdir", "split-string");
    private static final Syntax XARGS = Syntax.of("aEdILnPs", "arg-file", "delimiter", "max-lines", "max-args", "max-procs", "max-chars", "replace", "process-slot-var");
    private static final Syntax PARALLEL = Syntax.of("jaINnLSd", "jobs", "arg-file", "sshlogin", "delay", "timeout", "retries", "joblog", "results", "max-args", "colsep", "delimiter", "workdir", "tmpdir");
    private static final Syntax SU = Syntax.of("cgGsw", "command", "session-command", "group", "supp-group", "shell", "whitelist-environment");
    private static final Syntax RUNUSER = Syntax.of("cgGsuw", "command", "session-command", "group", "supp-group", "shell", "user");
    private static final Syntax WATCH = Syntax.of("nq", "interval", "equexit");
    private static final Syntax CONTAINER = Syntax.of("euwvpnlhamc", "env", "env-file", "user", "workdir", "volume", "publish", "name", "label", "network", "net", "mount", "entrypoint",
            "platform", "add-host", "hostname", "memory", "cpus", "gpus", "device", "cap-add", "cap-drop", "security-opt", "restart", "pull", "ip", "dns", "log-driver", "log-opt", "tmpfs",
            "ulimit", "shm-size", "volumes-from", "pid", "ipc", "userns", "detach-keys", "cidfile", "expose", "link");
    private static final Syntax KUBECTL = Syntax.of("ncfs", "namespace", "container", "context", "kubeconfig", "server", "cluster", "user", "token", "filename", "as", "request-timeout", "pod-running-timeout");

    private Wrappers() {
    }

    private static Map.Entry<String, Prefix> prefix(String name, String letters, int skips, String... names) {
        return entry(name, new Prefix(Syntax.of(letters, names), skips));
    }

    /// Runs the command that `call` wraps; null when it wraps none.
    static @Nullable Outcome run(Call call) {
        if (Set.of("sudo", "doas", "pkexec", "su", "runuser", "gosu").contains(call.name())) {
            call.facts().mark(Mark.PRIVILEGED);
        }
        var prefix = PREFIXES.get(call.name());
        if (prefix != null) {
            return prefixed(call, prefix);
        }
        if (Shells.isShell(call.name())) {
            return Shells.shell(call);
        }
        return switch (call.name()) {
            case "env" -> env(call);
            case "command" -> call.word(1).startsWith("-") && !call.word(1).equals("-p") ? null : inner(call, Arguments.leading(call.words(), 1, Syntax.NONE).rest());
            case "eval" -> eval(call);
            case "trap" -> first(call);
            case "xargs" -> xargs(call);
            case "parallel" -> parallel(call);
            case "find", "fd", "fdfind" -> find(call);
            case "su" -> switchUser(call, SU);
            case "runuser" -> switchUser(call, RUNUSER);
            case "watch", "entr" -> watch(call);
            case "script" -> option(call, Syntax.of("cTIOBmEo", "command"), "c", "command");
            case "flock" -> flock(call);
            case "ssh" -> ssh(call);
            case "docker", "podman", "nerdctl", "docker-compose" -> container(call);
            case "kubectl", "oc" -> kubectl(call);
            case "uv", "poetry", "pipenv", "pdm", "rye", "hatch" -> call.word(1).equals("run") ? inner(call, Arguments.leading(call.words(), 2, Syntax.NONE).rest()) : null;
            case "bundle", "direnv", "dotnet-exec", "asdf", "mise", "rbenv", "pyenv" -> execed(call);
            default -> null;
        };
    }

    private static Outcome prefixed(Call call, Prefix prefix) {
        int rest = Arguments.leading(call.words(), 1, prefix.syntax()).rest() + prefix.skips();
        while (Set.of("sudo", "doas", "cross-env").contains(call.name()) && isAssignment(call.word(rest))) {
            rest++;
        }
        var outcome = inner(call, rest);
        if (outcome == null && call.name().equals("sudo") && Arguments.leading(call.words(), 1, prefix.syntax()).has("e", "edit")) {
            call.from(rest).forEach(call.facts()::write);
        }
        if (outcome == null && (call.name().equals("sudo") || call.name().equals("doas")) && call.input() != null) {
            return Shells.shell(new Call("sh", List.of(Value.literal("sh")), call.input(), call.walk()));
        }
        return outcome == null ? Outcome.of(call.name(), call.output()) : outcome;
    }

    private static boolean isAssignment(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && WordReader.isNameStart(word.charAt(0)) && word.chars().limit(equals).allMatch(c -> WordReader.isNamePart((char) c));
    }

    private static @Nullable Outcome inner(Call call, int from) {
        if (from >= call.words().size()) {
            return null;
        }
        var outcome = call.walk().call(call.from(from), call.input());
        return outcome.heads().isEmpty() ? new Outcome(outcome.output(), List.of(call.name()), List.of(call.name())) : outcome;
    }

    private static @Nullable Outcome env(Call call) {
        var arguments = Arguments.leading(call.words(), 1, ENV);
        var split = arguments.values("S", "split-string");
        var inner = new ArrayList<Value>();
        for (var text : split) {
            inner.addAll(words(text));
        }
        int rest = arguments.rest();
        while (isAssignment(call.word(rest)) || call.word(rest).equals("-")) {
            rest++;
        }
        inner.addAll(call.from(rest));
        while (!inner.isEmpty() && isAssignment(inner.getFirst().text())) {
            inner.removeFirst();
        }
        return inner.isEmpty() ? null : call.walk().call(inner, call.input());
    }

    private static List<Value> words(Value text) {
        var words = new ArrayList<Value>();
        for (var word : text.text().strip().split("\\s+", Budget.MAX_WORDS)) {
            words.add(text.known() ? Value.literal(word) : Value.unknown(word, text.origin()));
        }
        return words;
    }

    private static @Nullable Outcome eval(Call call) {
        int from = call.word(1).equals("--") ? 2 : 1;
        return call.words().size() <= from ? null : named(call, call.walk().code(Value.join(call.from(from))));
    }

    private static @Nullable Outcome first(Call call) {
        return call.words().size() < 3 || call.word(1).startsWith("-") ? null : named(call, call.walk().code(call.words().get(1)));
    }

    /// `outcome`, under the wrapper's own name where nothing inside is known.
    private static Outcome named(Call call, Outcome outcome) {
        return outcome.heads().isEmpty() ? new Outcome(outcome.output(), List.of(call.name()), List.of(call.name())) : outcome;
    }

    private static @Nullable Outcome xargs(Call call) {
        var arguments = Arguments.leading(call.words(), 1, XARGS);
        arguments.values("a", "arg-file").forEach(call.facts()::read);
        var inner = new ArrayList<>(call.from(arguments.rest()));
        if (inner.isEmpty()) {
            return null;
        }
        var input = call.input();
        var marks = arguments.values("I", "replace");
        var appended = input != null && input.known() ? words(input) : input != null ? List.of(Value.unknown("", input.origin())) : List.<Value>of();
        if (marks.isEmpty()) {
            inner.addAll(appended.stream().filter(word -> !word.text().isEmpty() || word.origin() != Origin.NONE).toList());
        } else {
            var joined = Value.join(appended);
            inner.replaceAll(word -> replaced(word, marks.getFirst().text(), joined));
        }
        var outcome = call.walk().call(inner, null);
        if (Shells.isShell(Shells.programName(inner.getFirst())) && input != null) {
            call.walk().notesOrigin(input.origin());
        }
        return withName(call, outcome);
    }

    private static Value replaced(Value word, String mark, Value with) {
        if (mark.isEmpty() || !word.shape().contains(mark) || word.text().length() + with.text().length() > Budget.MAX_VALUE) {
            return word;
        }
        if (!with.known() || word.shape().indexOf(mark) != word.shape().lastIndexOf(mark)) {
            return word.from(with.origin());
        }
        return new Value(word.text().replace(mark, with.text()), word.shape().replace(mark, with.shape()), word.origin().and(with.origin()));
    }

    private static Outcome withName(Call call, Outcome outcome) {
        var heads = new ArrayList<>(List.of(call.name()));
        heads.addAll(outcome.heads());
        return new Outcome(outcome.output(), heads, outcome.tails().isEmpty() ? List.of(call.name()) : outcome.tails());
    }

    private static @Nullable Outcome parallel(Call call) {
        var arguments = Arguments.leading(call.words(), 1, PARALLEL);
        var inner = new ArrayList<Value>();
        for (var word : call.from(arguments.rest())) {
            if (word.text().startsWith(":::")) {
                break;
            }
            inner.add(word);
        }
        return inner.isEmpty() ? null : withName(call, call.walk().code(Value.join(inner)));
    }

    /// `find`: what `-exec` and its kin run; `-delete` deletes.
    private static @Nullable Outcome find(Call call) {
        Outcome last = null;
        var places = new ArrayList<Value>();
        int at = 1;
        while (at < call.words().size() && !call.word(at).startsWith("-") && !call.word(at).equals("(") && !call.word(at).equals("!")) {
            places.add(call.words().get(at++));
        }
        for (; at < call.words().size(); at++) {
            switch (call.word(at)) {
                case "-exec", "-execdir", "-ok", "-okdir", "-x", "-X", "--exec", "--exec-batch" -> {
                    int end = at + 1;
                    while (end < call.words().size() && !call.word(end).equals(";") && !call.word(end).equals("+")) {
                        end++;
                    }
                    last = call.walk().call(onPlaces(call.words().subList(at + 1, end), places), null);
                    at = end;
                }
                case "-delete" -> {
                    places.forEach(call.facts()::delete);
                    call.facts().mark(Mark.FORCED_DELETE);
                }
                case "-fprint", "-fprintf", "-fls", "-fprint0" -> call.from(at + 1).stream().limit(1).forEach(call.facts()::write);
                default -> {
                    // The other tests and actions neither run nor delete anything.
                }
            }
        }
        return last == null ? null : withName(call, last);
    }

    /// A lone `{}` stands for what is found, so for the folder searched.
    private static List<Value> onPlaces(List<Value> words, List<Value> places) {
        var place = places.size() == 1 ? places.getFirst() : null;
        return words.stream().map(word -> place != null && word.text().equals("{}") ? new Value(place.text() + "/{}", place.shape() + "/{}", place.origin()) : word).toList();
    }

    private static @Nullable Outcome switchUser(Call call, Syntax syntax) {
        var arguments = call.arguments(syntax);
        for (var code : arguments.values("c", "command", "session-command")) {
            return named(call, call.walk().code(code));
        }
        if (call.name().equals("runuser") && arguments.has("u", "user")) {
            return inner(call, Arguments.leading(call.words(), 1, syntax).rest());
        }
        var input = call.input();
        return input == null ? null : named(call, call.walk().code(input));
    }

    private static @Nullable Outcome watch(Call call) {
        int rest = Arguments.leading(call.words(), 1, WATCH).rest();
        return rest >= call.words().size() ? null : named(call, call.walk().code(Value.join(call.from(rest))));
    }

    private static @Nullable Outcome option(Call call, Syntax syntax, String... names) {
        for (var code : call.arguments(syntax).values(names)) {
            return named(call, call.walk().code(code));
        }
        return null;
    }

    private static @Nullable Outcome flock(Call call) {
        var syntax = Syntax.of("wEc", "timeout", "wait", "conflict-exit-code", "command");
        int rest = Arguments.leading(call.words(), 1, syntax).rest() + 1;
        if (call.word(rest).equals("-c") || call.word(rest).equals("--command")) {
            return rest + 1 < call.words().size() ? named(call, call.walk().code(call.words().get(rest + 1))) : null;
        }
        return inner(call, rest);
    }

    private static @Nullable Outcome execed(Call call) {
        if (!call.word(1).equals("exec") && !call.word(1).equals("x")) {
            return null;
        }
        return inner(call, call.name().equals("direnv") ? 3 : Arguments.leading(call.words(), 2, Syntax.NONE).rest());
    }

    /// `ssh host command`: the host, and what runs there.
    private static Outcome ssh(Call call) {
        var output = NetworkPrograms.ssh(call);
        int host = Arguments.leading(call.words(), 1, NetworkPrograms.SSH).rest();
        int rest = Arguments.leading(call.words(), host + 1, NetworkPrograms.SSH).rest();
        var input = call.input();
        if (rest < call.words().size()) {
            var inner = call.walk().lenient(Value.join(call.from(rest)).text(), input != null && input.known() ? input : null);
            return new Outcome(Value.unknown("", Origin.NETWORK), withName(call, inner).heads(), List.of("ssh"));
        }
        if (input != null && input.known()) {
            call.walk().code(input);
        }
        return Outcome.of(call.name(), output);
    }

    private static @Nullable Outcome container(Call call) {
        int at = Arguments.leading(call.words(), 1, Syntax.of("cHlfp", "context", "host", "log-level", "config", "file", "project-name")).rest();
        if (call.word(at).equals("compose") || call.word(at).equals("container")) {
            at = Arguments.leading(call.words(), at + 1, Syntax.of("fp", "file", "project-name", "profile", "env-file")).rest();
        }
        if (!call.word(at).equals("exec") && !call.word(at).equals("run")) {
            return null;
        }
        var arguments = Arguments.leading(call.words(), at + 1, CONTAINER);
        var entry = arguments.values("entrypoint");
        if (entry.isEmpty()) {
            return inner(call, arguments.rest() + 1);
        }
        var inner = new ArrayList<>(entry);
        inner.addAll(call.from(arguments.rest() + 1));
        return call.walk().call(inner, call.input());
    }

    private static @Nullable Outcome kubectl(Call call) {
        int at = Arguments.leading(call.words(), 1, KUBECTL).rest();
        if (!call.word(at).equals("exec") && !call.word(at).equals("run") && !call.word(at).equals("debug")) {
            return null;
        }
        for (int i = at + 1; i < call.words().size(); i++) {
            if (call.word(i).equals("--")) {
                return inner(call, i + 1);
            }
        }
        return call.word(at).equals("exec") ? inner(call, Arguments.leading(call.words(), at + 1, KUBECTL).rest() + 1) : null;
    }
}
