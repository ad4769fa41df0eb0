package io.trailwarden.demo;

import io.opentelemetry.api.common.Attributes;
import java.time.Instant;

/// One record of a client, before it is sent.
sealed interface Telemetry {

    /// Whose.
    Machine from();

    /// When the client sent it off, by its own clock. A span is sent when it ends.
    Instant at();

    /// A log record; the client's events are these.
    ///
    /// @param event its name without prefix, such as `tool_decision`
    record Line(Machine from, Instant at, String event, Attributes attributes) implements Telemetry {
    }

    /// A span.
    ///
    /// @param traceId 32 hexadecimal digits
    /// @param spanId 16 hexadecimal digits
    /// @param parentId 16 hexadecimal digits
    record Span(Machine from, Instant began, Instant at, String name, String traceId, String spanId, String parentId,
            Attributes attributes) implements Telemetry {
    }
}
