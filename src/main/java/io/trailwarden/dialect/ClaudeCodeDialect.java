package io.trailwarden.dialect;

import io.trailwarden.dialect.shell.CommandFacts;
import io.trailwarden.dialect.shell.ShellReader;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Recent;
import io.trailwarden.event.Value;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Claude Code, as its version 2.1.329 was measured and its monitoring page describes the versions before.
///
/// Events ride on log records whose body is `claude_code.<name>`. What the client repeats on each record goes to the
/// origin. Tool calls are looked into: `tool_parameters` is a summary and the only place that shows what was refused,
/// `tool_input` holds the arguments of what ran, both JSON in a string and either may be cut or absent.
final class ClaudeCodeDialect implements Dialect {

    private static final String PREFIX = "claude_code.";

    private static final int HEAVIEST_REMEMBERED = 16 << 10;

    /// The standard attributes of the client, the same on each record of a session.
    private static final Set<String> REPEATED = Set.of("session.id", "ccr.session.id", "app.version", "app.entrypoint",
            "organization.id", "user.account_uuid", "user.account_id", "user.id", "user.email", "user.groups",
            "identity.source", "terminal.type", "vcs.repository.url.full", "vcs.owner.name", "vcs.repository.name",
            "vcs.provider.name", "anthropic.provider", "anthropic.custom_base_url", "enduser.id");

    private static final Set<String> EXEC = Set.of("Bash", "PowerShell", "Monitor");
    private static final Set<String> READ = Set.of("Read", "Grep", "Glob", "NotebookRead", "LS");
    private static final Set<String> WRITE = Set.of("Edit", "Write", "MultiEdit", "NotebookEdit");
    private static final Set<String> HUMAN = Set.of("user_permanent", "user_temporary", "user_abort", "user_reject");

    private final ShellReader shell = new ShellReader();
    private final Origins origins = new Origins();

    /// A decision and its result carry the same command. The largest with all that is derived from it weighs
    /// [#HEAVIEST_REMEMBERED].
    private final Recent<String, Attributes> commands = new Recent<>(512);

    @Override
    public String name() {
        return "claude_code";
    }

    @Override
    public boolean speaks(Envelope envelope) {
        var service = envelope.resource().text("service.name");
        return envelope.scopeName().startsWith("com.anthropic.claude_code") || service != null && service.startsWith("claude-code");
    }

    @Override
    public Observation read(Envelope envelope, OtlpRecord record, String principal) {
        var common = Attributes.builder();
        var own = Attributes.builder();
        record.attributes().forEach((key, value) -> (isRepeated(key, value, envelope) ? common : own).put(key, value));
        var attributes = own.build();
        var origin = origins.shared(new Origin(principal, Identities.person(record.attributes(), envelope.resource()),
                Identities.session(record.attributes(), envelope.resource()), envelope.resource(), envelope.scopeName(),
                envelope.scopeVersion(), common.build()));
        var name = OtlpParts.name(record, PREFIX);
        return new Observation(OtlpParts.signal(record), name, time(record), origin, attributes,
                derived(name, record, attributes, origin), OtlpParts.envelope(envelope, record, PREFIX));
    }

    /// Keys of `OTEL_RESOURCE_ATTRIBUTES` come on the resource and again on every record.
    private static boolean isRepeated(String key, Value value, Envelope envelope) {
        return REPEATED.contains(key) || value.equals(envelope.resource().get(key));
    }

    /// `event.timestamp` is the clock by which the client orders its events.
    private static Instant time(OtlpRecord record) {
        var stamp = record instanceof OtlpRecord.Log ? record.attributes().text("event.timestamp") : null;
        if (stamp != null && stamp.length() <= 40) {
            try {
                return Instant.parse(stamp);
            } catch (DateTimeParseException notIso) {
                return OtlpParts.time(record);
            }
        }
        return OtlpParts.time(record);
    }

    private Attributes derived(String name, OtlpRecord record, Attributes attributes, Origin origin) {
        var derived = Attributes.builder();
        OtlpParts.addDerived(derived, record);
        switch (name) {
            case "tool_decision", "tool_result" -> addToolCall(derived, name, attributes, origin);
            case "mcp_server_connection" -> addConnection(derived, attributes);
            case "managed_settings_resolved" -> addPolicy(derived, attributes);
            case "claude_code.tool.blocked_on_user" -> {
                var wait = attributes.number("duration_ms");
                if (wait != null) {
                    derived.put("decision.wait_ms", wait);
                }
                addHuman(derived, attributes.text("source"), origin);
            }
            default -> {
                // The others say what they have to say in their attributes.
            }
        }
        return derived.build();
    }

    private void addToolCall(Attributes.Builder derived, String event, Attributes attributes, Origin origin) {
        var tool = attributes.text("tool_name");
        var kind = kind(tool, attributes.text("tool_source"));
        derived.put("tool.kind", kind);
        derived.put("outcome", outcome(event, attributes));
        addHuman(derived, attributes.text(event.equals("tool_decision") ? "source" : "decision_source"), origin);
        var parameters = JsonObject.read(attributes.text("tool_parameters"));
        var input = JsonObject.read(attributes.text("tool_input"));
        switch (kind) {
            case "exec" -> addCommand(derived, parameters, input);
            case "read", "write" -> addFile(derived, kind, input);
            case "fetch" -> addFetch(derived, input.text("url"));
            case "search" -> derived.put("egress.by", "websearch");
            case "mcp" -> derived.put("egress.by", "mcp").put("mcp.server", parameters.text("mcp_server_name"))
                    .put("mcp.tool", parameters.text("mcp_tool_name")).put("mcp.scope", attributes.text("mcp_server_scope"));
            default -> {
                // Nothing of theirs is looked into.
            }
        }
        if (kind.equals("exec") || kind.equals("mcp")) {
            derived.put("details.present", Value.of(attributes.has("tool_parameters") || attributes.has("tool_input")));
        }
        if ("true".equals(parameters.text("dangerouslyDisableSandbox")) || "true".equals(input.text("dangerouslyDisableSandbox"))) {
            derived.put("sandbox.disabled", Value.of(true));
        }
    }

    private static String kind(@Nullable String tool, @Nullable String source) {
        if (tool == null) {
            return "other";
        }
        if (tool.equals("mcp_tool") || tool.startsWith("mcp__") || "mcp".equals(source)) {
            return "mcp";
        }
        if (EXEC.contains(tool)) {
            return "exec";
        }
        if (READ.contains(tool)) {
            return "read";
        }
        if (WRITE.contains(tool)) {
            return "write";
        }
        return switch (tool) {
            case "WebFetch" -> "fetch";
            case "WebSearch" -> "search";
            case "Agent", "Task" -> "agent";
            default -> "other";
        };
    }

    private static @Nullable String outcome(String event, Attributes attributes) {
        if (event.equals("tool_decision")) {
            var decision = attributes.text("decision");
            return "accept".equals(decision) ? "allowed" : "reject".equals(decision) ? "refused" : null;
        }
        var success = attributes.get("success");
        var succeeded = success == null ? null : success.asBoolean();
        return succeeded == null ? null : succeeded ? "done" : "failed";
    }

    /// A person's answer, as far as the client lets us know: programs that drive it repeat `user_*` for saved rules.
    private static void addHuman(Attributes.Builder derived, @Nullable String by, Origin origin) {
        if (by == null) {
            return;
        }
        var entrypoint = origin.common().text("app.entrypoint");
        boolean program = entrypoint != null && entrypoint.startsWith("sdk-")
                || "non-interactive".equals(origin.common().text("terminal.type"));
        derived.put("decision.human", Value.of(HUMAN.contains(by) && !program));
    }

    private void addCommand(Attributes.Builder derived, JsonObject parameters, JsonObject input) {
        var full = parameters.text("full_command");
        var command = full == null ? input.text("command") : full;
        if (command == null) {
            return;
        }
        var known = commands.get(command);
        if (known == null) {
            known = understood(command);
            if (known.weight() <= HEAVIEST_REMEMBERED) {
                commands.put(command, known);
            }
        }
        derived.putAll(known);
    }

    private Attributes understood(String command) {
        var facts = shell.read(command);
        var derived = Attributes.builder();
        derived.put("command.text", command).put("command.parsed", Value.of(facts.parsed()));
        put(derived, "command.programs", facts.programs());
        put(derived, "command.calls", facts.calls().stream().map(words -> String.join(" ", words)).toList());
        put(derived, "command.reads", facts.reads());
        put(derived, "command.writes", facts.writes());
        put(derived, "command.deletes", facts.deletes());
        put(derived, "command.hosts", facts.hosts());
        put(derived, "command.urls", facts.urls());
        put(derived, "command.pipes", facts.pipes());
        put(derived, "command.remotes", facts.remotes());
        put(derived, "command.marks", facts.marks().stream().map(mark -> mark.name().toLowerCase(Locale.ROOT)).toList());
        put(derived, "file.reads", facts.reads());
        put(derived, "file.writes", facts.writes());
        put(derived, "file.deletes", facts.deletes());
        if (facts.marks().contains(CommandFacts.Mark.SENDS_TO_NETWORK)) {
            derived.put("command.pipes_to_network", Value.of(true));
        }
        if (!facts.hosts().isEmpty() || facts.marks().contains(CommandFacts.Mark.USES_NETWORK)) {
            derived.put("egress.by", "shell");
        }
        put(derived, "egress.host", facts.hosts());
        put(derived, "egress.url", facts.urls());
        return derived.build();
    }

    private static void addFile(Attributes.Builder derived, String kind, JsonObject input) {
        var path = input.text("file_path");
        if (path == null) {
            path = input.text("notebook_path");
        }
        if (path == null) {
            path = input.text("path");
        }
        if (path != null) {
            derived.put("file.path", path);
            put(derived, kind.equals("read") ? "file.reads" : "file.writes", List.of(path));
        }
    }

    private static void addFetch(Attributes.Builder derived, @Nullable String url) {
        derived.put("egress.by", "webfetch");
        if (url != null) {
            put(derived, "egress.url", List.of(url));
            put(derived, "egress.host", hostOf(url));
        }
    }

    private static List<String> hostOf(String url) {
        var hosts = new ArrayList<String>();
        try {
            var host = URI.create(url.strip()).getHost();
            if (host != null) {
                hosts.add(host.toLowerCase(Locale.ROOT));
            }
        } catch (IllegalArgumentException notAUrl) {
            // Shown as it is in egress.url.
        }
        return hosts;
    }

    private static void addConnection(Attributes.Builder derived, Attributes attributes) {
        derived.put("mcp.server", attributes.text("server_name")).put("mcp.scope", attributes.text("server_scope"))
                .put("mcp.transport", attributes.text("transport_type")).put("mcp.status", attributes.text("status"));
    }

    private static void addPolicy(Attributes.Builder derived, Attributes attributes) {
        var sources = attributes.get("managed_settings.sources");
        derived.put("policy.managed", Value.of(sources != null && !sources.asTexts().isEmpty()));
    }

    private static void put(Attributes.Builder derived, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            derived.put(key, OtlpParts.texts(texts));
        }
    }
}
