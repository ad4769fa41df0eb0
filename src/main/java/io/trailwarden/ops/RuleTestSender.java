package io.trailwarden.ops;

import io.trailwarden.dialect.Dialects;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Value;
import io.trailwarden.rules.TestRecord;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/// Reads the records of rules' tests with the dialect that reads real clients: rules themselves do not know it.
@Singleton
public final class RuleTestSender implements TestRecord.Reader {

    private static final String VERSION = "2.1.329";

    private final Dialects dialects = new Dialects();

    @Override
    public Observation read(TestRecord sent) {
        var resource = Attributes.builder().put("service.name", "claude-code").put("service.version", VERSION).build();
        var envelope = new Envelope(resource, "", "com.anthropic.claude_code.events", VERSION, Attributes.NONE);
        return dialects.read(envelope, record(sent), sent.principal());
    }

    private static OtlpRecord record(TestRecord sent) {
        long at = nanos(sent.time());
        return switch (sent.signal()) {
            case LOG -> new OtlpRecord.Log(at, at, 0, "", Value.of("claude_code." + sent.name()), sent.attributes(), "", "", "", 0);
            case SPAN -> new OtlpRecord.Span("", sent.spanId(), sent.parentSpanId(), "", sent.name(), 0, at,
                    at + sent.duration().toNanos(), sent.attributes(), List.of(), List.of(), 0, "");
            case METRIC -> new OtlpRecord.Point(sent.name(), "", "sum", 1, true, at, at, Value.of(1), Attributes.NONE, sent.attributes());
        };
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
