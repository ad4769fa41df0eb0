package io.trailwarden.ops;

import io.trailwarden.dialect.Dialects;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Value;
import io.trailwarden.rules.TestRecord;
import java.time.Instant;
import java.util.List;

/// Reads the records of rules' tests as those of the real client are read, so that a rule is tested with its parser.
final class TestRecords implements TestRecord.Reader {

    /// What a test may say that the client says of itself, not of the record.
    private static final List<String> RESOURCE = List.of("service.name", "service.version", "os.type", "os.version", "host.arch");

    private final Dialects dialects = new Dialects();

    @Override
    public Observation read(TestRecord sent) {
        return dialects.read(envelope(sent), record(sent), sent.principal());
    }

    private static Envelope envelope(TestRecord sent) {
        var resource = Attributes.builder().put("service.name", "claude-code").put("service.version", "2.1.329");
        for (var key : RESOURCE) {
            var value = sent.attributes().get(key);
            if (value != null) {
                resource.put(key, value);
            }
        }
        return new Envelope(resource.build(), "", "com.anthropic.claude_code.events", "2.1.329", Attributes.NONE);
    }

    private static OtlpRecord record(TestRecord sent) {
        var attributes = own(sent);
        long start = nanos(sent.time());
        return switch (sent.signal()) {
            case LOG -> new OtlpRecord.Log(start, start, 0, "", Value.of("claude_code." + sent.name()),
                    Attributes.builder().put("event.name", sent.name()).putAll(attributes).build(), "", "", "", 0);
            case SPAN -> new OtlpRecord.Span("0af7651916cd43dd8448eb211c80319c", sent.spanId(), sent.parentSpanId(), "", sent.name(), 1, start,
                    start + sent.duration().toNanos(), attributes, List.of(), List.of(), 0, "");
            case METRIC -> new OtlpRecord.Point(sent.name(), "", "sum", 1, true, 0, start, Value.of(1), Attributes.NONE, attributes);
        };
    }

    private static Attributes own(TestRecord sent) {
        var own = Attributes.builder();
        sent.attributes().forEach((key, value) -> {
            if (!RESOURCE.contains(key)) {
                own.put(key, value);
            }
        });
        return own.build();
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
