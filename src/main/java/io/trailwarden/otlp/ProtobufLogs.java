package io.trailwarden.otlp;

import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;

/// Reads a `LogRecord`; field numbers are those of `opentelemetry/proto/logs/v1/logs.proto`.
final class ProtobufLogs implements ProtobufReader.Records {

    private final Wire wire;
    private final ProtobufReader values;
    private final Harvest harvest;

    ProtobufLogs(Wire wire, ProtobufReader values, Harvest harvest) {
        this.wire = wire;
        this.values = values;
        this.harvest = harvest;
    }

    @Override
    public void read(int end) {
        long time = 0;
        long observed = 0;
        int severity = 0;
        var severityText = "";
        Value body = Value.EMPTY;
        var attributes = Attributes.builder();
        var eventName = "";
        var traceId = "";
        var spanId = "";
        int flags = 0;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 9 -> time = wire.fixed64(end);
                case 16 -> severity = (int) wire.varint(end);
                case 26 -> severityText = wire.text(end);
                case 42 -> body = values.value(wire.block(end));
                case 50 -> values.attribute(wire.block(end), attributes);
                case 69 -> flags = wire.fixed32(end);
                case 74 -> traceId = values.id(end, TraceIds.TRACE_BYTES);
                case 82 -> spanId = values.id(end, TraceIds.SPAN_BYTES);
                case 89 -> observed = wire.fixed64(end);
                case 98 -> eventName = wire.text(end);
                default -> wire.skip(tag, end);
            }
        }
        harvest.add(new OtlpRecord.Log(time, observed, severity, severityText, body, attributes.build(), eventName, traceId,
                spanId, flags));
    }
}
