package io.trailwarden.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Signal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Walks one OTLP/JSON request, which is not plain protobuf JSON: ids are hexadecimal, and unknown fields are passed over.
///
/// Lenient where refusing would lose records: enum names, numbers as text, bare `NaN`, bytes that are not UTF-8. Strict
/// where leniency would lose them in silence: fields named in snake_case, and those of another signal, are refused.
///
/// @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP, JSON protobuf encoding</a>
final class JsonReader {

    /// Field names are not interned: their set is the sender's choice.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    // Objects and arrays, of which one nested value takes up to four: beyond what is read as a value, so
                    // that too deep a value costs its record only.
                    .maxNestingDepth(10_000)
                    // The body is bounded; text in it needs no bound of its own.
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /// What the original field names are, which OTLP/JSON does not allow.
    private static final Set<String> SNAKE_CASE = Set.of("resource_logs", "resource_metrics", "resource_spans", "scope_logs",
            "scope_metrics", "scope_spans", "log_records", "data_points");

    private final Signal signal;
    private final Names names;
    private final Harvest harvest;

    private JsonReader(Signal signal, Harvest harvest) {
        this.signal = signal;
        this.names = Names.of(signal);
        this.harvest = harvest;
    }

    /// What the frame around the records of one signal is called.
    private record Names(String resources, String scopes, String records, String path) {

        static Names of(Signal signal) {
            return switch (signal) {
                case LOG -> new Names("resourceLogs", "scopeLogs", "logRecords", "/v1/logs");
                case METRIC -> new Names("resourceMetrics", "scopeMetrics", "metrics", "/v1/metrics");
                case SPAN -> new Names("resourceSpans", "scopeSpans", "spans", "/v1/traces");
            };
        }
    }

    /// Reads the records of one signal: the object that the cursor stands on.
    interface Records {
        void read() throws IOException;
    }

    static Decoded read(Signal signal, byte[] body, DecodeLimits limits) {
        var outcome = new JsonReader(signal, new Harvest(limits)).read(body);
        if (outcome instanceof Decoded.Malformed && !isUtf8(body)) {
            byte[] mended = new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            return new JsonReader(signal, new Harvest(limits)).read(mended);
        }
        return outcome;
    }

    private Decoded read(byte[] body) {
        try (var parser = FACTORY.createParser(body)) {
            var json = new JsonCursor(parser, harvest);
            json.begin();
            json.object("request", field -> request(json, field));
            json.end();
            return harvest.outcome();
        } catch (Undecodable stopped) {
            return stopped.asOutcome();
        } catch (IOException broken) {
            return new Decoded.Malformed(JsonCursor.describe(broken));
        }
    }

    private static boolean isUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private void request(JsonCursor json, String field) throws IOException {
        if (field.equals(names.resources)) {
            json.array(field, () -> resourceBlock(json));
        } else {
            refuseStranger(field);
            json.skip();
        }
    }

    private void refuseStranger(String field) {
        refuseSnakeCase(field);
        for (var other : Signal.values()) {
            if (other != signal && field.equals(Names.of(other).resources)) {
                throw Undecodable.malformed("'%s' does not belong here; send it to %s".formatted(field, Names.of(other).path));
            }
        }
    }

    private static void refuseSnakeCase(String field) {
        if (SNAKE_CASE.contains(field)) {
            throw Undecodable.malformed("'%s' is not an OTLP/JSON name; use lowerCamelCase, as in 'resourceLogs'".formatted(field));
        }
    }

    /// A scope's records, until the resource they belong to is known: fields may come in any order.
    private record ScopeRecords(ScopeDraft scope, List<OtlpRecord> records) {
    }

    private static final class ScopeDraft {
        String name = "";
        String version = "";
        final Attributes.Builder attributes = Attributes.builder();
    }

    private static final class ResourceDraft {
        String schema = "";
        final Attributes.Builder attributes = Attributes.builder();
        final List<ScopeRecords> scopes = new ArrayList<>();
    }

    private void resourceBlock(JsonCursor json) throws IOException {
        var resource = new ResourceDraft();
        json.object("resource block", field -> {
            if (field.equals(names.scopes)) {
                json.array(field, () -> scopeBlock(json, resource));
            } else if (field.equals("resource")) {
                json.object(field, inner -> resourceField(json, inner, resource));
            } else if (field.equals("schemaUrl")) {
                resource.schema = json.text(field);
            } else {
                refuseSnakeCase(field);
                json.skip();
            }
        });
        var attributes = resource.attributes.build();
        for (var block : resource.scopes) {
            var scope = block.scope;
            harvest.batch(new Envelope(attributes, resource.schema, scope.name, scope.version, scope.attributes.build()),
                    block.records);
        }
    }

    private static void resourceField(JsonCursor json, String field, ResourceDraft resource) throws IOException {
        if (field.equals("attributes")) {
            json.attributes(field, resource.attributes);
        } else {
            json.skip();
        }
    }

    private void scopeBlock(JsonCursor json, ResourceDraft resource) throws IOException {
        var scope = new ScopeDraft();
        var records = recordsOf(json);
        json.object("scope block", field -> {
            if (field.equals(names.records)) {
                json.array(field, () -> json.guarded(records));
            } else if (field.equals("scope")) {
                json.object(field, inner -> scopeField(json, inner, scope));
            } else {
                refuseSnakeCase(field);
                json.skip();
            }
        });
        var cut = harvest.cut();
        if (!cut.isEmpty()) {
            resource.scopes.add(new ScopeRecords(scope, cut));
        }
    }

    private static void scopeField(JsonCursor json, String field, ScopeDraft scope) throws IOException {
        switch (field) {
            case "name" -> scope.name = json.text(field);
            case "version" -> scope.version = json.text(field);
            case "attributes" -> json.attributes(field, scope.attributes);
            default -> json.skip();
        }
    }

    private Records recordsOf(JsonCursor json) {
        return switch (signal) {
            case LOG -> new JsonLogs(json, harvest);
            case METRIC -> new JsonMetrics(json, harvest);
            case SPAN -> new JsonSpans(json, harvest);
        };
    }
}
