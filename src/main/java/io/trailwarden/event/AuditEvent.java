package io.trailwarden.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One record of the trail: what was said, when we got it, and the id that its content gives it.
///
/// @param id from content; the same record always has the same one
/// @param receivedAt our clock, when the request that carried it had been read
/// @param seen what was said, already redacted
public record AuditEvent(EventId id, Instant receivedAt, Observation seen) {

    /// Names `redacted` by its content.
    public static AuditEvent of(Observation redacted, Instant receivedAt) {
        return new AuditEvent(EventId.of(redacted), receivedAt, redacted);
    }

    /// What happened, such as `tool_decision`.
    public String name() {
        return seen.name();
    }

    /// The client's clock.
    public Instant time() {
        return seen.time();
    }

    /// Kind of telemetry.
    public Signal signal() {
        return seen.signal();
    }

    /// The person whose agent this is, as claimed by the client.
    public String person() {
        return seen.origin().person();
    }

    /// The session, or null when the client sent none.
    public @Nullable String session() {
        return seen.origin().session();
    }

    /// `event.sequence`: counts from 0 per client process, so it starts again when a session is resumed.
    public @Nullable Long sequence() {
        return seen.attributes().number("event.sequence");
    }

    /// `prompt.id`: everything caused by one prompt.
    public @Nullable String prompt() {
        return seen.attributes().text("prompt.id");
    }

    /// `tool_name`, such as `Bash`; `mcp_tool` for every MCP tool.
    public @Nullable String tool() {
        return seen.attributes().text("tool_name");
    }

    /// `accept` or `reject`, on decisions and on the spans of waiting.
    public @Nullable String decision() {
        var decision = seen.attributes().text("decision");
        return decision == null ? seen.attributes().text("decision_type") : decision;
    }

    /// Who or what decided: `config`, `hook`, `user_temporary`, ... The client calls it `source` on decisions and
    /// `decision_source` on results.
    public @Nullable String decidedBy() {
        if (seen.attributes().has("decision")) {
            return seen.attributes().text("source");
        }
        return seen.attributes().text("decision_source");
    }

    /// The permission mode this record itself states: a decision's mode, or the mode that a change went to.
    public @Nullable String statedMode() {
        var mode = seen.attributes().text("permission_mode");
        return mode == null ? seen.attributes().text("to_mode") : mode;
    }

    /// The field called `name`: those that are worked out here, else as [Observation#field] finds it.
    /// [FieldCatalogue] lists all of them.
    public @Nullable Value field(String name) {
        return switch (name) {
            case "event.name" -> new Value.Text(name());
            case "event.signal" -> new Value.Text(signal().wireName());
            case "session.id" -> orNull(session());
            case "identity.person" -> new Value.Text(person());
            case "identity.principal" -> new Value.Text(seen.origin().principal());
            case "identity.organization" -> seen.field("organization.id");
            case "client.name" -> seen.field("service.name");
            case "client.version" -> clientVersion();
            case "mode.stated" -> orNull(statedMode());
            case "decision.by" -> orNull(decidedBy());
            default -> seen.field(name);
        };
    }

    /// The field called `name` as text, or null when it is absent or empty.
    public @Nullable String text(String name) {
        var value = field(name);
        return value == null || value instanceof Value.Empty ? null : value.asText();
    }

    /// Of the desktop app, `service.version` is the app's own version, and only `app.version` the client's.
    private @Nullable Value clientVersion() {
        var version = seen.field("app.version");
        if (version != null || "claude-code-desktop".equals(seen.text("service.name"))) {
            return version;
        }
        return seen.field("service.version");
    }

    private static @Nullable Value orNull(@Nullable String text) {
        return text == null ? null : new Value.Text(text);
    }
}
