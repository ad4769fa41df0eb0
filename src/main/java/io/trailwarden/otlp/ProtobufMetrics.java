package io.trailwarden.otlp;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.util.ArrayList;
import java.util.List;

/// Reads a `Metric` into one record per data point; field numbers are those of
/// `opentelemetry/proto/metrics/v1/metrics.proto`.
final class ProtobufMetrics implements ProtobufReader.Records {

    private final Wire wire;
    private final ProtobufReader values;
    private final Harvest harvest;

    ProtobufMetrics(Wire wire, ProtobufReader values, Harvest harvest) {
        this.wire = wire;
        this.values = values;
        this.harvest = harvest;
    }

    /// Reads the fields of one kind of data point into its draft.
    private interface PointFields {
        void read(int end, PointDraft point);
    }

    /// Fields may come in any order, so name and unit are looked for before the points.
    @Override
    public void read(int end) {
        int from = wire.at;
        var metric = new PointDraft.Metric();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> metric.name = wire.text(end);
                case 26 -> metric.unit = wire.text(end);
                default -> wire.skip(tag, end);
            }
        }
        wire.at = from;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 42 -> data(wire.block(end), metric, "gauge", this::number);
                case 58 -> data(wire.block(end), metric, "sum", this::number);
                case 74 -> data(wire.block(end), metric, "histogram", this::histogram);
                case 82 -> data(wire.block(end), metric, "exponential_histogram", this::exponential);
                case 90 -> data(wire.block(end), metric, "summary", this::summary);
                default -> wire.skip(tag, end);
            }
        }
    }

    private void data(int end, PointDraft.Metric metric, String kind, PointFields fields) {
        int from = wire.at;
        metric.begin(kind);
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 16 -> metric.temporality = (int) wire.varint(end);
                case 24 -> metric.monotonic = wire.varint(end) != 0;
                default -> wire.skip(tag, end);
            }
        }
        wire.at = from;
        while (wire.at < end) {
            int tag = wire.tag(end);
            if (tag == 10) {
                values.guarded(wire.block(end), to -> {
                    var point = new PointDraft();
                    fields.read(to, point);
                    harvest.add(point.build(metric));
                });
            } else {
                wire.skip(tag, end);
            }
        }
    }

    private void number(int end, PointDraft point) {
        int flags = 0;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 17 -> point.start = wire.fixed64(end);
                case 25 -> point.time = wire.fixed64(end);
                case 33 -> point.value = new Value.Real(wire.real(end));
                case 42 -> point.exemplars.add(exemplar(wire.block(end)));
                case 49 -> point.value = new Value.Int(wire.fixed64(end));
                case 58 -> values.attribute(wire.block(end), point.attributes);
                case 64 -> flags = (int) wire.varint(end);
                default -> wire.skip(tag, end);
            }
        }
        point.unlessZero("flags", flags);
    }

    private void histogram(int end, PointDraft point) {
        long count = 0;
        int flags = 0;
        var buckets = new ArrayList<Value>();
        var bounds = new ArrayList<Value>();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 17 -> point.start = wire.fixed64(end);
                case 25 -> point.time = wire.fixed64(end);
                case 33 -> count = wire.fixed64(end);
                case 41 -> point.value = new Value.Real(wire.real(end));
                case 49 -> addWhole(buckets, end);
                case 50 -> packed(wire.block(end), buckets, this::addWhole);
                case 57 -> addReal(bounds, end);
                case 58 -> packed(wire.block(end), bounds, this::addReal);
                case 66 -> point.exemplars.add(exemplar(wire.block(end)));
                case 74 -> values.attribute(wire.block(end), point.attributes);
                case 80 -> flags = (int) wire.varint(end);
                case 89 -> point.shape.put("min", new Value.Real(wire.real(end)));
                case 97 -> point.shape.put("max", new Value.Real(wire.real(end)));
                default -> wire.skip(tag, end);
            }
        }
        point.shape.put("count", count);
        point.list("buckets", buckets);
        point.list("bounds", bounds);
        point.unlessZero("flags", flags);
    }

    private void exponential(int end, PointDraft point) {
        long count = 0;
        long zeroCount = 0;
        int scale = 0;
        int flags = 0;
        double zeroThreshold = 0;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> values.attribute(wire.block(end), point.attributes);
                case 17 -> point.start = wire.fixed64(end);
                case 25 -> point.time = wire.fixed64(end);
                case 33 -> count = wire.fixed64(end);
                case 41 -> point.value = new Value.Real(wire.real(end));
                case 48 -> scale = wire.zigzag(end);
                case 57 -> zeroCount = wire.fixed64(end);
                case 66 -> exponentialBuckets(wire.block(end), point, "positive");
                case 74 -> exponentialBuckets(wire.block(end), point, "negative");
                case 80 -> flags = (int) wire.varint(end);
                case 90 -> point.exemplars.add(exemplar(wire.block(end)));
                case 97 -> point.shape.put("min", new Value.Real(wire.real(end)));
                case 105 -> point.shape.put("max", new Value.Real(wire.real(end)));
                case 113 -> zeroThreshold = wire.real(end);
                default -> wire.skip(tag, end);
            }
        }
        point.exponential(count, scale, zeroCount, zeroThreshold);
        point.unlessZero("flags", flags);
    }

    private void exponentialBuckets(int end, PointDraft point, String sign) {
        int offset = 0;
        var buckets = new ArrayList<Value>();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 8 -> offset = wire.zigzag(end);
                case 16 -> addVarint(buckets, end);
                case 18 -> packed(wire.block(end), buckets, this::addVarint);
                default -> wire.skip(tag, end);
            }
        }
        point.exponentialBuckets(sign, offset, buckets);
    }

    private void summary(int end, PointDraft point) {
        long count = 0;
        double sum = 0;
        int flags = 0;
        var quantiles = new ArrayList<Value>();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 17 -> point.start = wire.fixed64(end);
                case 25 -> point.time = wire.fixed64(end);
                case 33 -> count = wire.fixed64(end);
                case 41 -> sum = wire.real(end);
                case 50 -> quantiles.add(quantile(wire.block(end)));
                case 58 -> values.attribute(wire.block(end), point.attributes);
                case 64 -> flags = (int) wire.varint(end);
                default -> wire.skip(tag, end);
            }
        }
        point.value = new Value.Real(sum);
        point.shape.put("count", count);
        point.list("quantiles", quantiles);
        point.unlessZero("flags", flags);
    }

    private Value quantile(int end) {
        harvest.countValue();
        double quantile = 0;
        double value = 0;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 9 -> quantile = wire.real(end);
                case 17 -> value = wire.real(end);
                default -> wire.skip(tag, end);
            }
        }
        return PointDraft.quantile(quantile, value);
    }

    private Value exemplar(int end) {
        harvest.countValue();
        long time = 0;
        Value value = Value.EMPTY;
        var traceId = "";
        var spanId = "";
        var attributes = Attributes.builder();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 17 -> time = wire.fixed64(end);
                case 25 -> value = new Value.Real(wire.real(end));
                case 34 -> spanId = values.id(end, TraceIds.SPAN_BYTES);
                case 42 -> traceId = values.id(end, TraceIds.TRACE_BYTES);
                case 49 -> value = new Value.Int(wire.fixed64(end));
                case 58 -> values.attribute(wire.block(end), attributes);
                default -> wire.skip(tag, end);
            }
        }
        return PointDraft.exemplar(time, value, traceId, spanId, attributes.build());
    }

    /// Reads one element of a repeated number.
    private interface Element {
        void addTo(List<Value> list, int end);
    }

    private void packed(int end, List<Value> into, Element element) {
        while (wire.at < end) {
            element.addTo(into, end);
        }
    }

    private void addWhole(List<Value> into, int end) {
        harvest.countValue();
        into.add(new Value.Int(wire.fixed64(end)));
    }

    private void addVarint(List<Value> into, int end) {
        harvest.countValue();
        into.add(new Value.Int(wire.varint(end)));
    }

    private void addReal(List<Value> into, int end) {
        harvest.countValue();
        into.add(new Value.Real(wire.real(end)));
    }
}
