package io.trailwarden.otlp;

import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a `LogRecord` from JSON.
final class JsonLogs implements JsonReader.Records {

    private static final List<String> SEVERITIES = severities();

    private final JsonCursor json;
    private final Harvest harvest;

    JsonLogs(JsonCursor json, Harvest harvest) {
        this.json = json;
        this.harvest = harvest;
    }

    private static List<String> severities() {
        var names = new ArrayList<String>();
        names.add("SEVERITY_NUMBER_UNSPECIFIED");
        for (var level : List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")) {
            for (var step : List.of("", "2", "3", "4")) {
                names.add("SEVERITY_NUMBER_" + level + step);
            }
        }
        return List.copyOf(names);
    }

    /// A log record while it is read.
    private static final class Draft {
        long time;
        long observed;
        int severity;
        String severityText = "";
        Value body = Value.EMPTY;
        final Attributes.Builder attributes = Attributes.builder();
        String eventName = "";
        String traceId = "";
        String spanId = "";
        int flags;
    }

    @Override
    public void read() throws IOException {
        var draft = new Draft();
        json.object("log record", field -> {
            switch (field) {
                case "timeUnixNano" -> draft.time = json.unsigned(field);
                case "observedTimeUnixNano" -> draft.observed = json.unsigned(field);
                case "severityNumber" -> draft.severity = json.enumerated(field, SEVERITIES);
                case "severityText" -> draft.severityText = json.text(field);
                case "body" -> draft.body = json.value(field);
                case "attributes" -> json.attributes(field, draft.attributes);
                case "eventName" -> draft.eventName = json.text(field);
                case "traceId" -> draft.traceId = TraceIds.of(json.text(field), TraceIds.TRACE_BYTES);
                case "spanId" -> draft.spanId = TraceIds.of(json.text(field), TraceIds.SPAN_BYTES);
                case "flags" -> draft.flags = json.number(field);
                default -> json.skip();
            }
        });
        harvest.add(new OtlpRecord.Log(draft.time, draft.observed, draft.severity, draft.severityText, draft.body,
                draft.attributes.build(), draft.eventName, draft.traceId, draft.spanId, draft.flags));
    }
}
