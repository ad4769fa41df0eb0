package io.trailwarden.dashboard.record;

import io.trailwarden.dashboard.Moments;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Value;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One record in words.
///
/// What the client said and what we say are kept apart, because they are drawn differently: a reader must see who is
/// speaking.
///
/// @param what what kind of thing happened: a tool's name or a word of ours
/// @param theirs whether `what` is the client's text
/// @param text the command, file, URL or whatever the client named; null when it named nothing
/// @param masked characters of a prompt or answer that is not shown; null when the record has none
/// @param outcome what became of it, and by whom, in our words; may be empty
/// @param wire the client's term for that, such as `user_temporary`; null when it sent none
/// @param weight how it stands out
public record Telling(String what, boolean theirs, @Nullable String text, @Nullable Long masked, String outcome,
        @Nullable String wire, Weight weight) {

    /// How much a line asks to be read.
    public enum Weight {
        /// An act.
        PLAIN,
        /// What surrounds the acts: model requests, inventories, housekeeping.
        QUIET,
        /// Somebody or something said no.
        REFUSED,
        /// It was tried and went wrong.
        FAILED
    }

    /// Tells `event`. Records of any sender can be told; those we do not know name themselves.
    public static Telling of(AuditEvent event) {
        return switch (event.name()) {
            case "tool_decision" -> decision(event);
            case "tool_result" -> result(event);
            case "user_prompt" -> prompt(event);
            case "assistant_response" -> ours("Answer", null, number(event, "response_length"), "", null, Weight.QUIET);
            case "permission_mode_changed" -> modeChange(event);
            case "managed_settings_resolved" -> policy(event);
            case "mcp_server_connection" -> connection(event);
            case "hook_execution_complete" -> hook(event);
            case "api_request" -> request(event);
            case "api_error" -> ours("Model", event.text("error"), null, "failed", event.text("status_code"), Weight.FAILED);
            case "plugin_loaded" -> ours("Plugin", event.text("plugin.name"), null, "loaded", event.text("plugin.scope"),
                    Weight.QUIET);
            case "auth" -> ours("Sign-in", event.text("action"), null, worked(event), event.text("auth_method"), Weight.PLAIN);
            case "at_mention" -> ours("Mention", event.text("mention_type"), null, worked(event), null, Weight.QUIET);
            default -> unknown(event);
        };
    }

    private static Telling decision(AuditEvent event) {
        boolean refused = "reject".equals(event.decision());
        return tool(event, decided(event, refused), event.decidedBy(), refused ? Weight.REFUSED : Weight.PLAIN);
    }

    /// The client's words mean different things with and without somebody at the keyboard; see the field
    /// `decision.human`.
    private static String decided(AuditEvent event, boolean refused) {
        boolean asked = !"false".equals(event.text("decision.human"));
        return switch (event.decidedBy()) {
            case "user_temporary" -> asked ? "allowed by a person" : "allowed, as a person said before";
            case "user_permanent" -> asked ? "allowed by a person, for good" : "allowed, as a person said for good";
            case "user_reject" -> asked ? "refused by a person" : "refused, as a person said before";
            case "user_abort" -> "put off by a person, unanswered";
            case "hook" -> refused ? "refused by a hook" : "allowed by a hook, nobody asked";
            case "config" -> refused ? "refused by the settings" : "allowed, nobody asked";
            case null -> refused ? "refused" : "allowed";
            default -> refused ? "refused by" : "allowed by";
        };
    }

    private static Telling result(AuditEvent event) {
        boolean failed = "failed".equals(event.text("outcome")) || "false".equals(event.text("success"));
        var took = number(event, "duration_ms");
        var length = took == null ? "" : (failed ? " after " : " in ") + Moments.span(Duration.ofMillis(took));
        return tool(event, (failed ? "failed" : "done") + length, failed ? event.text("error_type") : null,
                failed ? Weight.FAILED : Weight.QUIET);
    }

    private static Telling tool(AuditEvent event, String outcome, @Nullable String wire, Weight weight) {
        var tool = Objects.requireNonNullElse(event.tool(), "a tool");
        var server = event.text("mcp.server");
        if (server != null) {
            var name = event.text("mcp.tool");
            return new Telling("MCP", false, name == null ? server : server + " / " + name, null, outcome, wire, weight);
        }
        return new Telling(tool, !Tools.known(tool), argument(event), null, outcome, wire, weight);
    }

    /// The one argument that says what a tool was to do.
    private static @Nullable String argument(AuditEvent event) {
        return Stream.of("command.text", "file.path", "egress.url", "full_command", "tool_input", "tool_parameters")
                .map(event::field)
                .filter(Objects::nonNull)
                .flatMap(value -> value.asTexts().stream())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static Telling prompt(AuditEvent event) {
        return ours("Prompt", event.text("command_name"), number(event, "prompt_length"), "", event.text("command_source"),
                Weight.PLAIN);
    }

    private static Telling modeChange(AuditEvent event) {
        var to = Objects.requireNonNullElse(event.text("to_mode"), "?");
        var from = event.text("from_mode");
        return ours("Mode", from == null ? to : from + " → " + to, null,
                event.text("trigger") == null ? "by a program" : "by", event.text("trigger"), Weight.PLAIN);
    }

    private static Telling policy(AuditEvent event) {
        boolean managed = "true".equals(event.text("policy.managed"));
        var sources = event.field("managed_settings.sources");
        return ours("Policy", sources == null ? null : String.join(", ", sources.asTexts()), null,
                managed ? "managed settings in force" : "no managed settings", event.text("managed_settings.trigger"),
                managed ? Weight.QUIET : Weight.PLAIN);
    }

    private static Telling connection(AuditEvent event) {
        var status = event.text("status");
        boolean failed = "failed".equals(status);
        return ours("MCP", event.text("server_name"), null, failed ? "did not connect" : "is",
                failed ? event.text("error_code") : status, failed ? Weight.FAILED : Weight.PLAIN);
    }

    private static Telling hook(AuditEvent event) {
        var blocking = number(event, "num_blocking");
        boolean blocked = blocking != null && blocking > 0;
        return ours("Hook", event.text("hook_name"), null, blocked ? "said no" : "let it pass", event.text("hook_event"),
                blocked ? Weight.REFUSED : Weight.QUIET);
    }

    private static Telling request(AuditEvent event) {
        var took = number(event, "duration_ms");
        var cost = event.field("cost_usd");
        var dollars = cost == null ? null : cost.asDouble();
        var words = (took == null ? "" : Moments.span(Duration.ofMillis(took)))
                + (dollars == null ? "" : (took == null ? "" : ", ") + "$%.3f".formatted(dollars));
        return ours("Model", event.text("model"), null, words, null, Weight.QUIET);
    }

    private static Telling unknown(AuditEvent event) {
        var said = Stream.of("name", "file_path", "error", "message").map(event::text).filter(Objects::nonNull).findFirst();
        return new Telling(event.name(), true, said.orElse(null), null, "", null, Weight.QUIET);
    }

    private static String worked(AuditEvent event) {
        return "false".equals(event.text("success")) ? "failed" : "done";
    }

    private static @Nullable Long number(AuditEvent event, String field) {
        Value value = event.field(field);
        return value == null ? null : value.asLong();
    }

    private static Telling ours(String what, @Nullable String text, @Nullable Long masked, String outcome,
            @Nullable String wire, Weight weight) {
        return new Telling(what, false, text, masked, outcome, wire, weight);
    }
}
