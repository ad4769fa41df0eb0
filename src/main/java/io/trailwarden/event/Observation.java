package io.trailwarden.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one OTLP record says, in our words: read by a dialect, not yet redacted, identified or stored.
///
/// @param signal kind of telemetry
/// @param name what happened: `tool_decision`, or a span's or metric's name. At most 256 characters
/// @param time the client's clock; the raw value even when absurd. [Instant#EPOCH] when the client sent none
/// @param origin who and where
/// @param attributes what was sent on this record, less what `origin` holds
/// @param derived what we worked out from it: `command.*`, `file.path`, `egress.host` and so on
/// @param envelope what OTLP carries beside attributes: body, severity, trace and span ids, a metric's value
public record Observation(
        Signal signal,
        String name,
        Instant time,
        Origin origin,
        Attributes attributes,
        Attributes derived,
        Attributes envelope) {

    /// The field called `name`, wherever it is: derived, sent on the record, repeated, on the resource, or envelope.
    /// Derived ones win, so that a client cannot pass off its own text as our reading.
    public @Nullable Value field(String name) {
        var value = derived.get(name);
        if (value == null) {
            value = attributes.get(name);
        }
        if (value == null) {
            value = origin.common().get(name);
        }
        if (value == null) {
            value = origin.resource().get(name);
        }
        return value == null ? envelope.get(name) : value;
    }

    /// The field called `name` as text, or null when it is absent or empty.
    public @Nullable String text(String name) {
        var value = field(name);
        return value == null || value instanceof Value.Empty ? null : value.asText();
    }
}
