package io.trailwarden.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.Captures;
import io.trailwarden.dialect.Dialects;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Value;
import io.trailwarden.rules.RulesUnderTest;
import io.trailwarden.store.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What rules cost a record, memory and findings included: log records of the real client, in the order it sent them,
/// said by 500 people in turn. The records come with their fields worked out, as they come from the trail.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RulesBenchmark {

    private static final int PEOPLE = 500;
    private static final Instant START = Instant.parse("2026-11-02T12:00:00Z");

    /// How many rules at least, copies of the shipped ones.
    @Param({"1", "100", "300"})
    public int rules;

    /// Which of the recorded records: all of them, a quarter of which were made to be found, or those that no rule finds
    /// anything in, as most are in ordinary work.
    @Param({"quiet", "all"})
    public String records;

    private final List<AuditEvent> events = new ArrayList<>();
    private RulesUnderTest evaluator;
    private long position;
    private long findings;

    /// Runs it, without the build's help.
    public static void main(String... arguments) throws Exception {
        new Runner(new OptionsBuilder().include(RulesBenchmark.class.getSimpleName()).build()).run();
    }

    @Setup
    public void load() throws IOException {
        evaluator = RulesUnderTest.atLeast(rules);
        var recorded = recorded();
        if (records.equals("quiet")) {
            var once = RulesUnderTest.atLeast(1);
            recorded.removeIf(observation -> once.observe(new StoredEvent(++position, said(observation, "dev@example.com"), null)) > 0);
            position = 0;
        }
        for (int i = 0; i < PEOPLE; i++) {
            for (var observation : recorded) {
                events.add(said(observation, "dev" + i + "@example.com"));
            }
        }
        System.out.printf(Locale.ROOT, "%d rules, %d problems, %d records%n", evaluator.rules(), evaluator.problems().size(), recorded.size());
    }

    @Benchmark
    public long aRecord() {
        var event = later(events.get((int) (position % events.size())), Duration.ofMillis(position));
        findings += evaluator.observe(new StoredEvent(++position, event, event.statedMode()));
        return findings;
    }

    /// Time goes on, a thousand records a second.
    private static AuditEvent later(AuditEvent event, Duration by) {
        var seen = event.seen();
        var time = START.plus(by);
        return new AuditEvent(event.id(), time.plusSeconds(2), new Observation(seen.signal(), seen.name(), time, seen.origin(), seen.attributes(),
                seen.derived(), seen.envelope()));
    }

    private static AuditEvent said(Observation recorded, String person) {
        var origin = recorded.origin();
        var own = new Origin(origin.principal(), person, person + origin.session(), origin.resource(), origin.scopeName(), origin.scopeVersion(),
                origin.common());
        var observation = new Observation(recorded.signal(), recorded.name(), recorded.time(), own, recorded.attributes(), recorded.derived(),
                recorded.envelope());
        return new AuditEvent(new EventId(UUID.nameUUIDFromBytes((person + recorded.time() + recorded.name()).getBytes())),
                recorded.time().plusSeconds(2), observation);
    }

    private static List<Observation> recorded() throws IOException {
        var dialects = new Dialects();
        var json = new ObjectMapper();
        var observations = new ArrayList<Observation>();
        for (var capture : Captures.all()) {
            try (var files = Files.list(capture)) {
                for (var file : files.filter(RulesBenchmark::isLogs).sorted().toList()) {
                    read(json.readTree(file.toFile()), dialects, observations);
                }
            }
        }
        return observations;
    }

    private static boolean isLogs(Path file) {
        return file.toString().endsWith("-logs.json");
    }

    private static void read(JsonNode request, Dialects dialects, List<Observation> into) {
        for (var resource : request.path("resourceLogs")) {
            for (var scope : resource.path("scopeLogs")) {
                var envelope = new Envelope(attributes(resource.path("resource").path("attributes")), "", scope.path("scope").path("name").asText(),
                        scope.path("scope").path("version").asText(), Attributes.NONE);
                for (var record : scope.path("logRecords")) {
                    long at = record.path("timeUnixNano").asLong();
                    into.add(dialects.read(envelope, new OtlpRecord.Log(at, at, 0, "", value(record.path("body")),
                            attributes(record.path("attributes")), "", "", "", 0), "bench"));
                }
            }
        }
    }

    private static Attributes attributes(JsonNode sent) {
        var attributes = Attributes.builder();
        sent.forEach(attribute -> attributes.put(attribute.path("key").asText(), value(attribute.path("value"))));
        return attributes.build();
    }

    private static Value value(JsonNode sent) {
        if (sent.has("stringValue")) {
            return Value.of(sent.path("stringValue").asText());
        }
        if (sent.has("boolValue")) {
            return Value.of(sent.path("boolValue").asBoolean());
        }
        if (sent.has("intValue")) {
            return Value.of(sent.path("intValue").asLong());
        }
        return sent.has("doubleValue") ? Value.of(sent.path("doubleValue").asDouble()) : Value.EMPTY;
    }
}
