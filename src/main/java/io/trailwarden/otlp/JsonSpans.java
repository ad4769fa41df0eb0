package io.trailwarden.otlp;

import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a `Span` from JSON.
final class JsonSpans implements JsonReader.Records {

    private static final List<String> KINDS = List.of("SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER",
            "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER");
    private static final List<String> STATUSES = List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");

    private final JsonCursor json;
    private final Harvest harvest;

    JsonSpans(JsonCursor json, Harvest harvest) {
        this.json = json;
        this.harvest = harvest;
    }

    /// A span, or a part of one, while it is read.
    private static final class Draft {
        String traceId = "";
        String spanId = "";
        String parent = "";
        String traceState = "";
        String name = "";
        int kind;
        long start;
        long end;
        final Attributes.Builder attributes = Attributes.builder();
        final List<OtlpRecord.Happening> events = new ArrayList<>();
        final List<OtlpRecord.Link> links = new ArrayList<>();
        int status;
        String statusMessage = "";
    }

    @Override
    public void read() throws IOException {
        var span = new Draft();
        json.object("span", field -> {
            switch (field) {
                case "traceId" -> span.traceId = TraceIds.of(json.text(field), TraceIds.TRACE_BYTES);
                case "spanId" -> span.spanId = TraceIds.of(json.text(field), TraceIds.SPAN_BYTES);
                case "parentSpanId" -> span.parent = TraceIds.of(json.text(field), TraceIds.SPAN_BYTES);
                case "traceState" -> span.traceState = json.text(field);
                case "name" -> span.name = json.text(field);
                case "kind" -> span.kind = json.enumerated(field, KINDS);
                case "startTimeUnixNano" -> span.start = json.unsigned(field);
                case "endTimeUnixNano" -> span.end = json.unsigned(field);
                case "attributes" -> json.attributes(field, span.attributes);
                case "events" -> json.array(field, () -> span.events.add(event()));
                case "links" -> json.array(field, () -> span.links.add(link()));
                case "status" -> json.object(field, inner -> status(inner, span));
                default -> json.skip();
            }
        });
        harvest.add(new OtlpRecord.Span(span.traceId, span.spanId, span.parent, span.traceState, span.name, span.kind, span.start,
                span.end, span.attributes.build(), span.events, span.links, span.status, span.statusMessage));
    }

    private OtlpRecord.Happening event() throws IOException {
        harvest.countValue();
        var event = new Draft();
        json.object("event", field -> {
            switch (field) {
                case "timeUnixNano" -> event.start = json.unsigned(field);
                case "name" -> event.name = json.text(field);
                case "attributes" -> json.attributes(field, event.attributes);
                default -> json.skip();
            }
        });
        return new OtlpRecord.Happening(event.start, event.name, event.attributes.build());
    }

    private OtlpRecord.Link link() throws IOException {
        harvest.countValue();
        var link = new Draft();
        json.object("link", field -> {
            switch (field) {
                case "traceId" -> link.traceId = TraceIds.of(json.text(field), TraceIds.TRACE_BYTES);
                case "spanId" -> link.spanId = TraceIds.of(json.text(field), TraceIds.SPAN_BYTES);
                case "attributes" -> json.attributes(field, link.attributes);
                default -> json.skip();
            }
        });
        return new OtlpRecord.Link(link.traceId, link.spanId, link.attributes.build());
    }

    private void status(String field, Draft span) throws IOException {
        switch (field) {
            case "code" -> span.status = json.enumerated(field, STATUSES);
            case "message" -> span.statusMessage = json.text(field);
            default -> json.skip();
        }
    }
}
