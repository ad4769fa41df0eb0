package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The same content is the same trail, whichever transport and encoding carried it.
class TransportsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void grpcProtobufAndJsonGiveTheSameStoredEvents() throws Exception {
        var logs = recorded("-logs.json");
        var grpc = stored(program -> exportLogs(logs, OtlpGrpcLogRecordExporter.builder().setEndpoint("http://127.0.0.1:" + program.grpcPort())
                .addHeader("authorization", "Bearer " + program.firstRun("ingestToken")).build()));
        var protobuf = stored(program -> exportLogs(logs, OtlpHttpLogRecordExporter.builder()
                .setEndpoint("http://127.0.0.1:" + program.httpPort() + "/v1/logs")
                .addHeader("authorization", "Bearer " + program.firstRun("ingestToken")).build()));
        var json = stored(program -> {
            for (var request : logs) {
                program.send("logs", "application/json", JSON.writeValueAsBytes(request));
            }
        });

        assertThat(json).hasSize(48);
        assertThat(protobuf).isEqualTo(json);
        assertThat(grpc).isEqualTo(json);
    }

    @Test
    void spansAndDataPointsAreTheSameInProtobufAndJson() throws Exception {
        var traces = recorded("-traces.json");
        var metrics = recorded("-metrics.json");
        var protobuf = stored(program -> {
            for (var request : traces) {
                program.send("traces", "application/x-protobuf", message(request, ExportTraceServiceRequest.newBuilder()).toByteArray());
            }
            for (var request : metrics) {
                program.send("metrics", "application/x-protobuf", message(request, ExportMetricsServiceRequest.newBuilder()).toByteArray());
            }
        });
        var json = stored(program -> {
            for (var request : traces) {
                program.send("traces", "application/json", JSON.writeValueAsBytes(request));
            }
            for (var request : metrics) {
                program.send("metrics", "application/json", JSON.writeValueAsBytes(request));
            }
        });

        assertThat(json).hasSize(74);
        assertThat(protobuf).isEqualTo(json);
    }

    private interface Sending {
        void to(ProgramUnderTest program) throws IOException;
    }

    /// What a fresh program holds after `sending`: each event by its id, without our clock's and order's part in it.
    private static TreeMap<String, JsonNode> stored(Sending sending) throws IOException {
        try (var program = ProgramUnderTest.start()) {
            sending.to(program);
            program.awaitLoaded();
            var events = new TreeMap<String, JsonNode>();
            for (var event : program.list("/api/v1/events")) {
                ((ObjectNode) event).remove(List.of("receivedAt", "position"));
                events.put(event.path("id").asText(), event);
            }
            return events;
        }
    }

    private static List<JsonNode> recorded(String ending) throws IOException {
        var requests = new ArrayList<JsonNode>();
        for (var file : ProgramUnderTest.recorded(Captures.of("bypass-json"))) {
            if (file.toString().endsWith(ending)) {
                requests.add(JSON.readTree(Files.readAllBytes(file)));
            }
        }
        return requests;
    }

    private static void exportLogs(List<JsonNode> requests, LogRecordExporter exporter) throws IOException {
        try (exporter) {
            for (var request : requests) {
                var result = exporter.export(records((ExportLogsServiceRequest) message(request, ExportLogsServiceRequest.newBuilder())));
                assertThat(result.join(30, TimeUnit.SECONDS).isSuccess()).isTrue();
            }
        }
    }

    /// OTLP/JSON as a protobuf message: ids are hexadecimal there and base64 in protobuf's own JSON.
    private static Message message(JsonNode request, Message.Builder builder) throws IOException {
        var copy = request.deepCopy();
        copy.findParents("spanId").forEach(parent -> {
            for (var id : List.of("traceId", "spanId", "parentSpanId")) {
                if (!parent.path(id).asText().isEmpty()) {
                    ((ObjectNode) parent).put(id, Base64.getEncoder().encodeToString(HexFormat.of().parseHex(parent.path(id).asText())));
                }
            }
        });
        JsonFormat.parser().ignoringUnknownFields().merge(copy.toString(), builder);
        return builder.build();
    }

    private static List<LogRecordData> records(ExportLogsServiceRequest request) {
        var records = new ArrayList<LogRecordData>();
        for (var resource : request.getResourceLogsList()) {
            var sender = Resource.create(attributes(resource.getResource().getAttributesList()));
            for (var scope : resource.getScopeLogsList()) {
                var library = InstrumentationScopeInfo.builder(scope.getScope().getName()).setVersion(scope.getScope().getVersion()).build();
                scope.getLogRecordsList().forEach(record -> records.add(new Recorded(sender, library, record)));
            }
        }
        return records;
    }

    private static Attributes attributes(List<KeyValue> sent) {
        var attributes = Attributes.builder();
        sent.forEach(attribute -> put(attributes, attribute.getKey(), attribute.getValue()));
        return attributes.build();
    }

    private static void put(AttributesBuilder attributes, String key, AnyValue value) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> attributes.put(AttributeKey.stringKey(key), value.getStringValue());
            case BOOL_VALUE -> attributes.put(AttributeKey.booleanKey(key), value.getBoolValue());
            case INT_VALUE -> attributes.put(AttributeKey.longKey(key), value.getIntValue());
            case DOUBLE_VALUE -> attributes.put(AttributeKey.doubleKey(key), value.getDoubleValue());
            case ARRAY_VALUE -> attributes.put(AttributeKey.stringArrayKey(key),
                    value.getArrayValue().getValuesList().stream().map(AnyValue::getStringValue).toList());
            default -> throw new AssertionError(key + " has a kind that no recording holds: " + value.getValueCase());
        }
    }

    /// A recorded log record, as the exporters of the SDK want it.
    private record Recorded(Resource resource, InstrumentationScopeInfo scope, LogRecord record) implements LogRecordData {

        @Override
        public Resource getResource() {
            return resource;
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return scope;
        }

        @Override
        public long getTimestampEpochNanos() {
            return record.getTimeUnixNano();
        }

        @Override
        public long getObservedTimestampEpochNanos() {
            return record.getObservedTimeUnixNano();
        }

        @Override
        public SpanContext getSpanContext() {
            if (record.getTraceId().isEmpty()) {
                return SpanContext.getInvalid();
            }
            return SpanContext.create(HexFormat.of().formatHex(record.getTraceId().toByteArray()),
                    HexFormat.of().formatHex(record.getSpanId().toByteArray()), TraceFlags.fromByte((byte) record.getFlags()), TraceState.getDefault());
        }

        @Override
        public Severity getSeverity() {
            return Severity.UNDEFINED_SEVERITY_NUMBER;
        }

        @Override
        public String getSeverityText() {
            return null;
        }

        @Override
        @SuppressWarnings("deprecation")
        public io.opentelemetry.sdk.logs.data.Body getBody() {
            return io.opentelemetry.sdk.logs.data.Body.string(record.getBody().getStringValue());
        }

        @Override
        public Value<?> getBodyValue() {
            return Value.of(record.getBody().getStringValue());
        }

        @Override
        public Attributes getAttributes() {
            return attributes(record.getAttributesList());
        }

        @Override
        public int getTotalAttributeCount() {
            return record.getAttributesCount();
        }
    }
}
