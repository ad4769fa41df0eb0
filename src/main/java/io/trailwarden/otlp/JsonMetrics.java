package io.trailwarden.otlp;

import io.trailwarden.event.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads a `Metric` from JSON into one record per data point.
final class JsonMetrics implements JsonReader.Records {

    private static final List<String> TEMPORALITIES = List.of("AGGREGATION_TEMPORALITY_UNSPECIFIED",
            "AGGREGATION_TEMPORALITY_DELTA", "AGGREGATION_TEMPORALITY_CUMULATIVE");

    private final JsonCursor json;
    private final Harvest harvest;

    JsonMetrics(JsonCursor json, Harvest harvest) {
        this.json = json;
        this.harvest = harvest;
    }

    /// Reads the data point that the cursor stands on into its draft.
    private interface PointFields {
        void read(PointDraft point) throws IOException;
    }

    /// What a metric says for all its points is known only at its end, so points wait until then.
    private static final class Draft {
        final PointDraft.Metric metric = new PointDraft.Metric();
        final List<PointDraft> waiting = new ArrayList<>();
    }

    @Override
    public void read() throws IOException {
        var drafts = new ArrayList<Draft>();
        var shared = new PointDraft.Metric();
        json.object("metric", field -> {
            switch (field) {
                case "name" -> shared.name = json.text(field);
                case "unit" -> shared.unit = json.text(field);
                case "gauge" -> drafts.add(data(field, "gauge", this::number));
                case "sum" -> drafts.add(data(field, "sum", this::number));
                case "histogram" -> drafts.add(data(field, "histogram", this::histogram));
                case "exponentialHistogram" -> drafts.add(data(field, "exponential_histogram", this::exponential));
                case "summary" -> drafts.add(data(field, "summary", this::summary));
                default -> json.skip();
            }
        });
        for (var draft : drafts) {
            draft.metric.name = shared.name;
            draft.metric.unit = shared.unit;
            draft.waiting.forEach(point -> harvest.addCounted(point.build(draft.metric)));
        }
    }

    private Draft data(String what, String kind, PointFields fields) throws IOException {
        var draft = new Draft();
        draft.metric.begin(kind);
        json.object(what, field -> {
            switch (field) {
                case "dataPoints" -> json.array(field, () -> json.guarded(() -> {
                    var point = new PointDraft();
                    fields.read(point);
                    harvest.countRecord();
                    draft.waiting.add(point);
                }));
                case "aggregationTemporality" -> draft.metric.temporality = json.enumerated(field, TEMPORALITIES);
                case "isMonotonic" -> draft.metric.monotonic = json.truth(field);
                default -> json.skip();
            }
        });
        return draft;
    }

    private void number(PointDraft point) throws IOException {
        json.object("data point", field -> {
            switch (field) {
                case "asDouble" -> point.value = new Value.Real(json.real(field));
                case "asInt" -> point.value = new Value.Int(json.signed(field));
                default -> pointField(field, point);
            }
        });
    }

    private void histogram(PointDraft point) throws IOException {
        var counted = new Counted();
        json.object("data point", field -> {
            switch (field) {
                case "count" -> counted.count = json.unsigned(field);
                case "sum" -> point.value = new Value.Real(json.real(field));
                case "bucketCounts" -> point.list("buckets", json.wholes(field));
                case "explicitBounds" -> point.list("bounds", json.reals(field));
                case "min", "max" -> point.shape.put(field, new Value.Real(json.real(field)));
                default -> pointField(field, point);
            }
        });
        point.shape.put("count", counted.count);
    }

    /// Numbers that are there even when not sent.
    private static final class Counted {
        long count;
        long zeroCount;
        int scale;
        int offset;
        double zeroThreshold;
        double sum;
        double quantile;
    }

    private void exponential(PointDraft point) throws IOException {
        var counted = new Counted();
        json.object("data point", field -> {
            switch (field) {
                case "count" -> counted.count = json.unsigned(field);
                case "sum" -> point.value = new Value.Real(json.real(field));
                case "scale" -> counted.scale = (int) json.signed(field);
                case "zeroCount" -> counted.zeroCount = json.unsigned(field);
                case "zeroThreshold" -> counted.zeroThreshold = json.real(field);
                case "positive", "negative" -> exponentialBuckets(field, point);
                case "min", "max" -> point.shape.put(field, new Value.Real(json.real(field)));
                default -> pointField(field, point);
            }
        });
        point.exponential(counted.count, counted.scale, counted.zeroCount, counted.zeroThreshold);
    }

    private void exponentialBuckets(String sign, PointDraft point) throws IOException {
        var counted = new Counted();
        var buckets = new ArrayList<Value>();
        json.object(sign, field -> {
            switch (field) {
                case "offset" -> counted.offset = (int) json.signed(field);
                case "bucketCounts" -> buckets.addAll(json.wholes(field));
                default -> json.skip();
            }
        });
        point.exponentialBuckets(sign, counted.offset, buckets);
    }

    private void summary(PointDraft point) throws IOException {
        var counted = new Counted();
        json.object("data point", field -> {
            switch (field) {
                case "count" -> counted.count = json.unsigned(field);
                case "sum" -> counted.sum = json.real(field);
                case "quantileValues" -> quantiles(field, point);
                default -> pointField(field, point);
            }
        });
        point.value = new Value.Real(counted.sum);
        point.shape.put("count", counted.count);
    }

    private void quantiles(String what, PointDraft point) throws IOException {
        var quantiles = new ArrayList<Value>();
        json.array(what, () -> {
            harvest.countValue();
            var pair = new Counted();
            json.object("quantile", field -> {
                switch (field) {
                    case "quantile" -> pair.quantile = json.real(field);
                    case "value" -> pair.sum = json.real(field);
                    default -> json.skip();
                }
            });
            quantiles.add(PointDraft.quantile(pair.quantile, pair.sum));
        });
        point.list("quantiles", quantiles);
    }

    /// What every kind of data point has.
    private void pointField(String field, PointDraft point) throws IOException {
        switch (field) {
            case "startTimeUnixNano" -> point.start = json.unsigned(field);
            case "timeUnixNano" -> point.time = json.unsigned(field);
            case "attributes" -> json.attributes(field, point.attributes);
            case "flags" -> point.unlessZero("flags", json.number(field));
            case "exemplars" -> json.array(field, () -> point.exemplars.add(exemplar()));
            default -> json.skip();
        }
    }

    private Value exemplar() throws IOException {
        harvest.countValue();
        var point = new PointDraft();
        var ids = new String[] {"", ""};
        json.object("exemplar", field -> {
            switch (field) {
                case "timeUnixNano" -> point.time = json.unsigned(field);
                case "asDouble" -> point.value = new Value.Real(json.real(field));
                case "asInt" -> point.value = new Value.Int(json.signed(field));
                case "traceId" -> ids[0] = TraceIds.of(json.text(field), TraceIds.TRACE_BYTES);
                case "spanId" -> ids[1] = TraceIds.of(json.text(field), TraceIds.SPAN_BYTES);
                case "filteredAttributes" -> json.attributes(field, point.attributes);
                default -> json.skip();
            }
        });
        return PointDraft.exemplar(point.time, point.value, ids[0], ids[1], point.attributes.build());
    }
}
