package io.trailwarden.otlp;

import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import java.util.ArrayList;

/// Reads a `Span`; field numbers are those of `opentelemetry/proto/trace/v1/trace.proto`.
final class ProtobufSpans implements ProtobufReader.Records {

    private final Wire wire;
    private final ProtobufReader values;
    private final Harvest harvest;

    ProtobufSpans(Wire wire, ProtobufReader values, Harvest harvest) {
        this.wire = wire;
        this.values = values;
        this.harvest = harvest;
    }

    /// A span's status while it is read.
    private record Status(int code, String message) {
    }

    @Override
    public void read(int end) {
        var traceId = "";
        var spanId = "";
        var parent = "";
        var traceState = "";
        var name = "";
        int kind = 0;
        long start = 0;
        long stop = 0;
        var attributes = Attributes.builder();
        var events = new ArrayList<OtlpRecord.Happening>();
        var links = new ArrayList<OtlpRecord.Link>();
        var status = new Status(0, "");
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> traceId = values.id(end, TraceIds.TRACE_BYTES);
                case 18 -> spanId = values.id(end, TraceIds.SPAN_BYTES);
                case 26 -> traceState = wire.text(end);
                case 34 -> parent = values.id(end, TraceIds.SPAN_BYTES);
                case 42 -> name = wire.text(end);
                case 48 -> kind = (int) wire.varint(end);
                case 57 -> start = wire.fixed64(end);
                case 65 -> stop = wire.fixed64(end);
                case 74 -> values.attribute(wire.block(end), attributes);
                case 90 -> events.add(event(wire.block(end)));
                case 106 -> links.add(link(wire.block(end)));
                case 122 -> status = status(wire.block(end));
                default -> wire.skip(tag, end);
            }
        }
        harvest.add(new OtlpRecord.Span(traceId, spanId, parent, traceState, name, kind, start, stop, attributes.build(),
                events, links, status.code, status.message));
    }

    private OtlpRecord.Happening event(int end) {
        harvest.countValue();
        long time = 0;
        var name = "";
        var attributes = Attributes.builder();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 9 -> time = wire.fixed64(end);
                case 18 -> name = wire.text(end);
                case 26 -> values.attribute(wire.block(end), attributes);
                default -> wire.skip(tag, end);
            }
        }
        return new OtlpRecord.Happening(time, name, attributes.build());
    }

    private OtlpRecord.Link link(int end) {
        harvest.countValue();
        var traceId = "";
        var spanId = "";
        var attributes = Attributes.builder();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> traceId = values.id(end, TraceIds.TRACE_BYTES);
                case 18 -> spanId = values.id(end, TraceIds.SPAN_BYTES);
                case 34 -> values.attribute(wire.block(end), attributes);
                default -> wire.skip(tag, end);
            }
        }
        return new OtlpRecord.Link(traceId, spanId, attributes.build());
    }

    private Status status(int end) {
        int code = 0;
        var message = "";
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 18 -> message = wire.text(end);
                case 24 -> code = (int) wire.varint(end);
                default -> wire.skip(tag, end);
            }
        }
        return new Status(code, message);
    }
}
