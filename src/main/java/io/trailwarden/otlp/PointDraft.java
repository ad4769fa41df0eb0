package io.trailwarden.otlp;

import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.util.ArrayList;
import java.util.List;

/// A data point while it is read: one place where both encodings give its parts their names.
final class PointDraft {

    /// What a metric says once for all its points.
    static final class Metric {
        String name = "";
        String unit = "";
        String kind = "";
        int temporality;
        boolean monotonic;

        /// Its points follow; the rest of what it says about them may come before or after.
        void begin(String kind) {
            this.kind = kind;
            temporality = 0;
            monotonic = false;
        }
    }

    long start;
    long time;
    Value value = Value.EMPTY;
    final Attributes.Builder attributes = Attributes.builder();
    final Attributes.Builder shape = Attributes.builder();
    final List<Value> exemplars = new ArrayList<>();

    /// Adds a list to the shape, unless it is empty: an empty one and an absent one are the same on the wire.
    void list(String name, List<Value> values) {
        if (!values.isEmpty()) {
            shape.put(name, new Value.Array(values));
        }
    }

    /// Adds a number that is absent on the wire when it is zero.
    void unlessZero(String name, long number) {
        if (number != 0) {
            shape.put(name, number);
        }
    }

    /// What only an exponential histogram has.
    void exponential(long count, int scale, long zeroCount, double zeroThreshold) {
        shape.put("count", count);
        shape.put("scale", scale);
        shape.put("zero_count", zeroCount);
        if (zeroThreshold != 0) {
            shape.put("zero_threshold", new Value.Real(zeroThreshold));
        }
    }

    /// The buckets of one sign, `positive` or `negative`; an offset without buckets says nothing.
    void exponentialBuckets(String sign, int offset, List<Value> buckets) {
        if (!buckets.isEmpty()) {
            shape.put(sign + "_offset", offset);
            list(sign + "_buckets", buckets);
        }
    }

    /// One pair of a summary.
    static Value quantile(double quantile, double value) {
        return new Value.KeyValues(Attributes.builder()
                .put("quantile", new Value.Real(quantile)).put("value", new Value.Real(value)).build());
    }

    static Value exemplar(long time, Value value, String traceId, String spanId, Attributes attributes) {
        return new Value.KeyValues(Attributes.builder()
                .put("time", time).put("value", value).put("trace_id", traceId).put("span_id", spanId)
                .put("attributes", new Value.KeyValues(attributes)).build());
    }

    OtlpRecord.Point build(Metric metric) {
        list("exemplars", exemplars);
        return new OtlpRecord.Point(metric.name, metric.unit, metric.kind, metric.temporality, metric.monotonic, start, time,
                value, shape.build(), attributes.build());
    }
}
