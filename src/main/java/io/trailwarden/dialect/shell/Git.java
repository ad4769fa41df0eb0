package io.trailwarden.dialect.shell;

import io.trailwarden.dialect.shell.Arguments.Syntax;
import io.trailwarden.dialect.shell.CommandFacts.Mark;
import io.trailwarden.dialect.shell.Value.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `git`: whom it talks to, and what it overwrites there.
final class Git {

    private static final Syntax GLOBAL = Syntax.of("Cc", "git-dir", "work-tree", "namespace", "exec-path", "super-prefix", "config-env");
    private static final Syntax PUSH = Syntax.of("o", "push-option", "repo", "receive-pack", "exec");
    private static final Syntax FETCH = Syntax.of("jo", "depth", "upload-pack", "server-option", "refmap", "shallow-since", "shallow-exclude", "negotiation-tip", "filter", "jobs");
    private static final Syntax CLONE = Syntax.of("bojuc", "branch", "depth", "origin", "upload-pack", "reference", "template", "config", "filter", "jobs", "separate-git-dir", "server-option", "shallow-since");

    private Git() {
    }

    /// Null when this git command stays on the machine.
    static @Nullable Value run(Call call) {
        var global = Arguments.leading(call.words(), 1, GLOBAL);
        int at = global.rest();
        if (at > 1 && at < call.words().size()) {
            var plain = new ArrayList<>(List.of(call.words().getFirst()));
            plain.addAll(call.from(at));
            call.facts().call(plain, "git");
        }
        global.values("c").forEach(setting -> setting(call, setting));
        return switch (call.word(at)) {
            case "push" -> push(call, Arguments.read(call.words(), at + 1, PUSH));
            case "fetch", "pull", "ls-remote" -> remoteFirst(call, Arguments.read(call.words(), at + 1, FETCH));
            case "clone" -> remoteFirst(call, Arguments.read(call.words(), at + 1, CLONE));
            case "remote" -> remote(call, Arguments.read(call.words(), at + 1, Syntax.of("tm")));
            case "submodule" -> {
                Arguments.read(call.words(), at + 1, Syntax.of("b", "branch", "name", "reference", "depth")).operands().stream().skip(1).limit(1).forEach(operand -> place(call, operand));
                yield call.word(at + 1).equals("status") ? null : Value.UNKNOWN;
            }
            case "clean" -> clean(call, Arguments.read(call.words(), at + 1, Syntax.of("e", "exclude")));
            case "rm" -> {
                Arguments.read(call.words(), at + 1, Syntax.NONE).operands().forEach(call.facts()::delete);
                yield null;
            }
            default -> null;
        };
    }

    /// Settings that name a program to run.
    private static void setting(Call call, Value setting) {
        int equals = setting.knownIndexOf('=');
        if (equals < 0) {
            return;
        }
        var name = setting.text().substring(0, equals).toLowerCase(java.util.Locale.ROOT);
        if (name.equals("core.sshcommand") || name.equals("core.pager") || name.equals("core.editor") || name.equals("core.fsmonitor")) {
            call.walk().code(setting.after(equals + 1));
        }
    }

    private static Value push(Call call, Arguments arguments) {
        var operands = arguments.operands();
        var named = arguments.values("repo");
        if (!operands.isEmpty()) {
            place(call, operands.getFirst());
        }
        named.forEach(remote -> place(call, remote));
        boolean forced = arguments.has("f", "force", "force-with-lease", "force-if-includes", "d", "delete", "mirror");
        boolean refspec = operands.stream().skip(1).anyMatch(ref -> ref.startsWith("+") || ref.startsWith(":"));
        if (forced || refspec) {
            call.facts().mark(Mark.FORCE_PUSH);
        }
        return Value.UNKNOWN;
    }

    private static Value remoteFirst(Call call, Arguments arguments) {
        arguments.operands().stream().limit(1).forEach(operand -> place(call, operand));
        arguments.values("upload-pack").forEach(program -> call.walk().code(program));
        return Value.unknown("", Origin.NETWORK);
    }

    private static @Nullable Value remote(Call call, Arguments arguments) {
        var operands = arguments.operands();
        var verb = operands.isEmpty() ? "" : operands.getFirst().text();
        if ((verb.equals("add") || verb.equals("set-url")) && operands.size() > 2) {
            place(call, operands.get(2));
            return null;
        }
        return verb.equals("update") || verb.equals("show") || verb.equals("prune") ? Value.UNKNOWN : null;
    }

    private static @Nullable Value clean(Call call, Arguments arguments) {
        if (arguments.has("f", "force") && !arguments.has("n", "dry-run")) {
            call.facts().mark(Mark.FORCED_DELETE);
            arguments.operands().forEach(call.facts()::delete);
        }
        return null;
    }

    /// A remote: a name, a URL, or `user@host:path`.
    private static void place(Call call, Value remote) {
        call.facts().remote(remote);
        if (Addresses.isUrl(remote)) {
            call.facts().url(remote.text());
            if (!remote.startsWith("file://")) {
                call.facts().host(Addresses.host(remote.shape()));
            }
        } else if (remote.shape().startsWith("ext::")) {
            call.walk().code(remote.after(5));
        } else {
            call.facts().host(Addresses.remoteCopy(remote.shape()));
        }
    }
}
