package io.trailwarden.demo;

import io.opentelemetry.api.common.AttributeKey;
import io.trailwarden.dialect.Dialects;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The demo's records as the trail would hold them, for tests outside of this package.
public final class InventedTrail {

    public static final long SEED = 20_261_121;

    private InventedTrail() {
    }

    /// Two weeks up to `now`, received within ten seconds afterwards.
    public static List<StoredEvent> until(Instant now) {
        return stored(Fleet.until(now, SEED), now);
    }

    /// The same without stories and oddities.
    public static List<StoredEvent> uneventful(Instant now) {
        return stored(Fleet.uneventful(now, SEED), now);
    }

    private static List<StoredEvent> stored(Fleet fleet, Instant now) {
        var dialects = new Dialects();
        var modes = new HashMap<String, ModeTracker>();
        var stored = new ArrayList<StoredEvent>();
        for (var record : fleet.records()) {
            var received = now.plusMillis(stored.size() / 8);
            var event = AuditEvent.of(dialects.read(envelope(record), otlp(record), "first"), received);
            var mode = modes.getOrDefault(String.valueOf(event.session()), ModeTracker.UNKNOWN).observe(event).after();
            modes.put(String.valueOf(event.session()), mode);
            stored.add(new StoredEvent(stored.size() + 1L, event, mode.mode()));
        }
        return stored;
    }

    private static Envelope envelope(Telemetry record) {
        var scope = record instanceof Telemetry.Line ? "com.anthropic.claude_code.events" : "com.anthropic.claude_code.tracing";
        return new Envelope(attributes(record.from().resource().getAttributes()), "", scope, "", Attributes.NONE);
    }

    private static OtlpRecord otlp(Telemetry record) {
        long at = record.at().toEpochMilli() * 1_000_000;
        return switch (record) {
            case Telemetry.Line line -> new OtlpRecord.Log(at, at, 0, "", Value.of("claude_code." + line.event()), attributes(line.attributes()), "", "",
                    "", 0);
            case Telemetry.Span span -> new OtlpRecord.Span(span.traceId(), span.spanId(), span.parentId(), "", span.name(), 1,
                    span.began().toEpochMilli() * 1_000_000, at, attributes(span.attributes()), List.of(), List.of(), 0, "");
        };
    }

    private static Attributes attributes(io.opentelemetry.api.common.Attributes sent) {
        var attributes = Attributes.builder();
        sent.forEach((key, value) -> attributes.put(key.getKey(), value(key, value)));
        return attributes.build();
    }

    private static Value value(AttributeKey<?> key, Object value) {
        return switch (key.getType()) {
            case STRING -> Value.of((String) value);
            case BOOLEAN -> Value.of((Boolean) value);
            case LONG -> Value.of((Long) value);
            case DOUBLE -> Value.of((Double) value);
            case STRING_ARRAY -> new Value.Array(((List<?>) value).stream().map(one -> Value.of((String) one)).toList());
            default -> throw new AssertionError(key + " has a type that the client does not send");
        };
    }
}
