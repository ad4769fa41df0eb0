package io.trailwarden.dialect;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.time.Instant;
import java.util.List;

/// What OTLP itself says of a record, the same for every sender: its kind, name, time and what goes beside attributes.
final class OtlpParts {

    /// Names are for people and indexes; a longer one is cut.
    private static final int LONGEST_NAME = 256;

    private OtlpParts() {
    }

    static Signal signal(OtlpRecord record) {
        return switch (record) {
            case OtlpRecord.Log _ -> Signal.LOG;
            case OtlpRecord.Span _ -> Signal.SPAN;
            case OtlpRecord.Point _ -> Signal.METRIC;
        };
    }

    /// The record's name. A log's is its `event.name`, else its text body when that is one word, else its event name;
    /// `prefix` is taken off.
    static String name(OtlpRecord record, String prefix) {
        var name = switch (record) {
            case OtlpRecord.Log log -> logName(log);
            case OtlpRecord.Span span -> span.name();
            case OtlpRecord.Point point -> point.metric();
        };
        if (record instanceof OtlpRecord.Log && !prefix.isEmpty() && name.startsWith(prefix)) {
            name = name.substring(prefix.length());
        }
        if (name.isBlank()) {
            return "unnamed";
        }
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    private static String logName(OtlpRecord.Log log) {
        var named = log.attributes().text("event.name");
        if (named != null) {
            return named;
        }
        if (!log.eventName().isEmpty()) {
            return log.eventName();
        }
        return log.body() instanceof Value.Text(var text) && isOneWord(text) ? text : "log";
    }

    private static boolean isOneWord(String text) {
        return !text.isEmpty() && text.length() <= 128
                && text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-');
    }

    /// When it happened: the record's time, else when it was observed, else 1970.
    static Instant time(OtlpRecord record) {
        return switch (record) {
            case OtlpRecord.Log log -> instant(log.time() == 0 ? log.observed() : log.time());
            case OtlpRecord.Span span -> instant(span.start() == 0 ? span.end() : span.start());
            case OtlpRecord.Point point -> instant(point.time() == 0 ? point.start() : point.time());
        };
    }

    /// Unsigned nanoseconds since 1970, which reach to the year 2554.
    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Long.divideUnsigned(nanos, 1_000_000_000L), Long.remainderUnsigned(nanos, 1_000_000_000L));
    }

    /// Fields of ours that need no knowledge of the sender.
    static Attributes derived(OtlpRecord record) {
        var derived = Attributes.builder();
        addDerived(derived, record);
        return derived.build();
    }

    static void addDerived(Attributes.Builder derived, OtlpRecord record) {
        switch (record) {
            case OtlpRecord.Log _ -> {
            }
            case OtlpRecord.Span span -> {
                derived.put("span.id", orNull(span.spanId())).put("span.parent_id", orNull(span.parentSpanId()))
                        .put("span.trace_id", orNull(span.traceId()));
                if (span.end() > 0 && span.end() >= span.start()) {
                    derived.put("span.duration_ms", (span.end() - span.start()) / 1_000_000);
                }
            }
            case OtlpRecord.Point point -> derived.put("metric.value", point.value());
        }
    }

    /// What OTLP carries beside attributes; what is unset, or said elsewhere already, is left out.
    ///
    /// @param prefix a text body that is `prefix` and the record's name says nothing new
    static Attributes envelope(Envelope around, OtlpRecord record, String prefix) {
        var parts = Attributes.builder();
        if (!around.scope().isEmpty()) {
            parts.put("scope", new Value.KeyValues(around.scope()));
        }
        parts.put("schema_url", orNull(around.resourceSchema()));
        switch (record) {
            case OtlpRecord.Log log -> addLog(parts, log, prefix);
            case OtlpRecord.Span span -> addSpan(parts, span);
            case OtlpRecord.Point point -> addPoint(parts, point);
        }
        return parts.build();
    }

    private static void addLog(Attributes.Builder parts, OtlpRecord.Log log, String prefix) {
        if (!(log.body() instanceof Value.Empty) && !log.body().asText().equals(prefix + name(log, prefix))) {
            parts.put("body", log.body());
        }
        if (log.severity() != 0) {
            parts.put("severity_number", log.severity());
        }
        if (log.observed() != 0 && log.observed() != log.time()) {
            parts.put("observed_time_unix_nano", log.observed());
        }
        if (log.flags() != 0) {
            parts.put("flags", log.flags());
        }
        parts.put("severity_text", orNull(log.severityText())).put("event_name", orNull(log.eventName()))
                .put("trace_id", orNull(log.traceId())).put("span_id", orNull(log.spanId()));
    }

    private static void addSpan(Attributes.Builder parts, OtlpRecord.Span span) {
        parts.put("trace_id", orNull(span.traceId())).put("span_id", orNull(span.spanId()))
                .put("parent_span_id", orNull(span.parentSpanId())).put("trace_state", orNull(span.traceState()))
                .put("status_message", orNull(span.statusMessage())).put("kind", span.kind()).put("status", span.status())
                .put("start_time_unix_nano", span.start()).put("end_time_unix_nano", span.end());
        if (!span.events().isEmpty()) {
            parts.put("events", new Value.Array(span.events().stream().map(OtlpParts::happening).toList()));
        }
        if (!span.links().isEmpty()) {
            parts.put("links", new Value.Array(span.links().stream().map(OtlpParts::link).toList()));
        }
    }

    private static void addPoint(Attributes.Builder parts, OtlpRecord.Point point) {
        parts.put("kind", point.kind()).put("unit", orNull(point.unit())).put("temporality", point.temporality())
                .put("value", point.value());
        if (point.monotonic()) {
            parts.put("monotonic", Value.of(true));
        }
        if (point.start() != 0) {
            parts.put("start_time_unix_nano", point.start());
        }
        if (!point.shape().isEmpty()) {
            parts.put("shape", new Value.KeyValues(point.shape()));
        }
    }

    private static Value happening(OtlpRecord.Happening happening) {
        return new Value.KeyValues(Attributes.builder().put("name", happening.name())
                .put("time_unix_nano", happening.time()).put("attributes", new Value.KeyValues(happening.attributes())).build());
    }

    private static Value link(OtlpRecord.Link link) {
        return new Value.KeyValues(Attributes.builder().put("trace_id", link.traceId()).put("span_id", link.spanId())
                .put("attributes", new Value.KeyValues(link.attributes())).build());
    }

    /// Null for empty, which builders pass over.
    private static @org.jspecify.annotations.Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /// The texts as one array, for a derived field of several values.
    static Value texts(List<String> texts) {
        return Value.of(texts);
    }
}
