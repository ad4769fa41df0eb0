package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.CommandFacts.Mark;
import io.trailwarden.dialect.shell.Walk.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Programs that run code: shells, and interpreters of other languages.
final class Shells {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "dash", "ksh", "ksh93", "mksh", "ash", "fish", "rbash", "csh", "tcsh", "pwsh", "sh.exe", "bash.exe");
    private static final Pattern INTERPRETER = Pattern.compile("(python|pypy|perl|ruby|node|nodejs|php|lua|deno|bun|tclsh|osascript|Rscript)[0-9.]*");

    /// Quoted text handed to a function that gives it to a shell.
    private static final Pattern SYSTEM = Pattern.compile(
            "(?:system|popen|exec|execSync|spawn|spawnSync|shell_exec|passthru|check_output|check_call|call|run|getoutput|Popen|qx)\\s{0,4}\\(?\\s{0,4}[\\[(]?\\s{0,4}(?:\"([^\"\\\\]{1,4096})\"|'([^'\\\\]{1,4096})'|`([^`]{1,4096})`)");
    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,19}://[^\\s\"'`<>()\\\\,;]{1,2048}");
    private static final Pattern PEER = Pattern.compile("[\"']((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\\.){1,8}[A-Za-z0-9-]{1,62})|localhost)[\"']\\s{0,4},\\s{0,4}\\d{1,5}\\b");
    private static final Pattern DEVICE = Pattern.compile("/dev/(?:tcp|udp)/[^\\s\"'`<>();&|]{1,300}");

    private Shells() {
    }

    static boolean isShell(String name) {
        return SHELLS.contains(name);
    }

    static boolean isInterpreter(String name) {
        return INTERPRETER.matcher(name).matches();
    }

    /// Name of the program `word` runs, without its folder; empty when it is computed.
    static String programName(Value word) {
        var shape = word.shape();
        var base = shape.substring(shape.lastIndexOf('/') + 1);
        boolean computed = base.isEmpty() || base.indexOf(Value.GAP) >= 0 || base.indexOf('*') >= 0 || base.indexOf('?') >= 0
                || (base.indexOf('[') >= 0 && base.indexOf(']') > base.indexOf('['));
        return computed ? "" : base;
    }

    /// Runs a shell: `-c code`, a script, or its input.
    static Outcome shell(Call call) {
        var own = Outcome.of(call.name(), Value.passing(call.input()));
        boolean code = false;
        boolean standardInput = false;
        for (int i = 1; i < call.words().size(); i++) {
            var word = call.words().get(i);
            var shape = word.shape();
            if (shape.equals("--rcfile") || shape.equals("--init-file") || shape.equals("-o") || shape.equals("+o") || shape.equals("-O") || shape.equals("+O")) {
                i++;
            } else if (shape.equals("--command") || shape.equals("-Command") || shape.equals("-command")) {
                code = true;
            } else if (shape.startsWith("--command=")) {
                return inner(call, word.after(10));
            } else if (shape.startsWith("-") && !shape.startsWith("--") && shape.length() > 1) {
                code |= shape.indexOf('c') > 0;
                standardInput |= shape.indexOf('s') > 0;
                i += shape.endsWith("o") && shape.length() > 2 ? 1 : 0;
            } else if (!shape.startsWith("--") && !shape.startsWith("+") && !shape.equals("-")) {
                return code ? inner(call, word) : standardInput ? input(call, own) : script(call, word, own);
            }
        }
        return input(call, own);
    }

    private static Outcome inner(Call call, Value code) {
        var outcome = call.walk().code(code);
        return outcome.tails().isEmpty() ? Outcome.of(call.name(), outcome.output()) : outcome;
    }

    private static Outcome script(Call call, Value file, Outcome own) {
        if (file.text().equals("/dev/stdin")) {
            return input(call, own);
        }
        call.facts().read(file);
        return file(call.walk(), file, own);
    }

    /// Runs what this command wrote to `file`, if it did.
    static Outcome file(Walk walk, Value file, Outcome own) {
        var content = walk.files.get(file.text());
        if (content != null) {
            var inner = walk.code(content);
            return new Outcome(inner.output(), own.heads(), own.tails());
        }
        return own;
    }

    private static Outcome input(Call call, Outcome own) {
        var input = call.input();
        if (input == null || !input.known()) {
            call.walk().openShells.add(call.name());
        }
        if (input == null) {
            return own;
        }
        var inner = call.walk().code(input);
        return new Outcome(input.known() ? inner.output() : own.output(), own.heads(), own.tails());
    }

    /// Runs code of another language: `-c`, `-e` and the like, a script, or standard input.
    static Value interpreter(Call call) {
        boolean given = false;
        for (int i = 1; i < call.words().size(); i++) {
            var word = call.words().get(i);
            var shape = word.shape();
            if (isCodeOption(call.name(), shape)) {
                int equals = shape.startsWith("--") ? word.knownIndexOf('=') : -1;
                var code = equals > 0 ? word.after(equals + 1) : i + 1 < call.words().size() ? call.words().get(++i) : null;
                if (code != null) {
                    code(call, code);
                }
                given = true;
            } else if (shape.equals("-m") && call.name().startsWith("py")) {
                return module(call, call.from(i + 1));
            } else if (!shape.startsWith("-") && !given) {
                if (!shape.equals("run") || !(call.name().equals("deno") || call.name().equals("bun"))) {
                    script(call, word);
                    return Value.UNKNOWN;
                }
            }
        }
        var input = call.input();
        if (!given && input != null) {
            code(call, input);
        }
        return Value.UNKNOWN;
    }

    private static void script(Call call, Value file) {
        call.facts().read(file);
        var content = call.walk().files.get(file.text());
        if (content != null) {
            code(call, content);
        }
    }

    /// `python -m module args` is taken for the program of that name.
    private static Value module(Call call, List<Value> words) {
        return words.isEmpty() ? Value.UNKNOWN : call.walk().call(words, call.input()).output();
    }

    private static boolean isCodeOption(String interpreter, String option) {
        if (option.startsWith("--")) {
            return option.equals("--eval") || option.startsWith("--eval=") || option.equals("--print") || option.startsWith("--print=");
        }
        if (!option.startsWith("-") || option.length() < 2) {
            return false;
        }
        char last = option.charAt(option.length() - 1);
        return switch (interpreter.charAt(0)) {
            case 'p' -> interpreter.startsWith("py") ? last == 'c' : interpreter.startsWith("php") ? last == 'r' : last == 'e' || last == 'E';
            case 'n' -> last == 'e' || last == 'p';
            default -> last == 'e';
        };
    }

    private static void code(Call call, Value code) {
        call.walk().notesOrigin(code.origin());
        if (!code.text().isBlank()) {
            embedded(call, code.text());
        }
    }

    /// Finds addresses, shell commands and connected shells in code of another language.
    private static void embedded(Call call, String code) {
        if (!call.walk().budget.spend(code.length() * 4)) {
            return;
        }
        var facts = call.facts();
        for (var found = URL.matcher(code); found.find();) {
            facts.url(found.group());
            network(facts, Addresses.host(found.group()));
        }
        for (var found = PEER.matcher(code); found.find();) {
            network(facts, Addresses.named(found.group(1)));
        }
        for (var found = DEVICE.matcher(code); found.find();) {
            network(facts, Addresses.device(found.group()));
        }
        for (var found = SYSTEM.matcher(code); found.find();) {
            @Nullable String inner = found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
            if (inner != null) {
                call.walk().lenient(inner, null);
            }
        }
        var lower = code.toLowerCase(Locale.ROOT);
        boolean socket = lower.contains("socket") || lower.contains("fsockopen") || lower.contains("net.connect") || lower.contains("/inet/");
        if (socket && (lower.contains("/bin/sh") || lower.contains("/bin/bash") || lower.contains("pty.spawn") || lower.contains("cmd.exe") || lower.contains("/bin/zsh"))) {
            facts.mark(Mark.REVERSE_SHELL);
            facts.mark(Mark.USES_NETWORK);
        }
    }

    private static void network(Facts facts, @Nullable String host) {
        facts.host(host);
        facts.mark(Mark.USES_NETWORK);
    }
}
