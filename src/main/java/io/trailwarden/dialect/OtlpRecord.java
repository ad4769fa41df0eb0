package io.trailwarden.dialect;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.util.List;

/// One record as it came over the wire, whichever encoding carried it.
///
/// Times are nanoseconds since 1970 as unsigned 64-bit numbers, 0 when not sent. Ids are lower-case hexadecimal, and
/// empty when absent, all zero, or of the wrong length, which means "not correlated".
public sealed interface OtlpRecord {

    /// Attributes of the record itself.
    Attributes attributes();

    /// A log record; Claude Code's events are these.
    ///
    /// @param time when it happened, by the sender's clock
    /// @param observed when the sender's collector saw it
    /// @param severity OTLP severity number, 0 when unset
    record Log(long time, long observed, int severity, String severityText, Value body, Attributes attributes,
            String eventName, String traceId, String spanId, int flags) implements OtlpRecord {
    }

    /// A span.
    ///
    /// @param kind OTLP span kind number, 0 when unset
    /// @param status OTLP status code: 0 unset, 1 ok, 2 error
    record Span(String traceId, String spanId, String parentSpanId, String traceState, String name, int kind,
            long start, long end, Attributes attributes, List<Happening> events, List<Link> links, int status,
            String statusMessage) implements OtlpRecord {
        public Span {
            events = List.copyOf(events);
            links = List.copyOf(links);
        }
    }

    /// A timed annotation inside a span.
    record Happening(long time, String name, Attributes attributes) {
    }

    /// A reference from a span to another.
    record Link(String traceId, String spanId, Attributes attributes) {
    }

    /// One data point of a metric.
    ///
    /// @param metric metric name
    /// @param kind `sum`, `gauge`, `histogram`, `exponential_histogram` or `summary`
    /// @param temporality OTLP aggregation temporality: 0 unset, 1 delta, 2 cumulative
    /// @param value the number of a sum or gauge; the sum of the others, [Value#EMPTY] when not sent
    /// @param shape what else the point holds: `count`, `min`, `max`, `bounds`, `buckets`, `quantiles`, ...
    record Point(String metric, String unit, String kind, int temporality, boolean monotonic, long start, long time,
            Value value, Attributes shape, Attributes attributes) implements OtlpRecord {
    }
}
