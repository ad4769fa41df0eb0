package io.trailwarden.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// What a request holds according to the generated classes: the slow and sure way to our records.
final class Oracle {

    private Oracle() {
    }

    static List<Decoded.Batch> read(Message request) {
        return switch (request) {
            case ExportLogsServiceRequest logs -> logs.getResourceLogsList().stream()
                    .flatMap(block -> block.getScopeLogsList().stream().map(scope -> batch(block.getResource(), block.getSchemaUrl(),
                            scope.getScope(), scope.getLogRecordsList().stream().<OtlpRecord>map(Oracle::log).toList())))
                    .filter(batch -> !batch.records().isEmpty()).toList();
            case ExportTraceServiceRequest traces -> traces.getResourceSpansList().stream()
                    .flatMap(block -> block.getScopeSpansList().stream().map(scope -> batch(block.getResource(), block.getSchemaUrl(),
                            scope.getScope(), scope.getSpansList().stream().<OtlpRecord>map(Oracle::span).toList())))
                    .filter(batch -> !batch.records().isEmpty()).toList();
            case ExportMetricsServiceRequest metrics -> metrics.getResourceMetricsList().stream()
                    .flatMap(block -> block.getScopeMetricsList().stream().map(scope -> batch(block.getResource(), block.getSchemaUrl(),
                            scope.getScope(), scope.getMetricsList().stream().flatMap(Oracle::points).toList())))
                    .filter(batch -> !batch.records().isEmpty()).toList();
            default -> throw new IllegalArgumentException("no request: " + request.getClass());
        };
    }

    private static Decoded.Batch batch(Resource resource, String schema, InstrumentationScope scope, List<OtlpRecord> records) {
        return new Decoded.Batch(new Envelope(attributes(resource.getAttributesList()), schema, scope.getName(),
                scope.getVersion(), attributes(scope.getAttributesList())), records);
    }

    private static OtlpRecord.Log log(LogRecord log) {
        return new OtlpRecord.Log(log.getTimeUnixNano(), log.getObservedTimeUnixNano(), log.getSeverityNumberValue(),
                log.getSeverityText(), value(log.getBody()), attributes(log.getAttributesList()), log.getEventName(),
                id(log.getTraceId(), 16), id(log.getSpanId(), 8), log.getFlags());
    }

    private static OtlpRecord.Span span(Span span) {
        return new OtlpRecord.Span(id(span.getTraceId(), 16), id(span.getSpanId(), 8), id(span.getParentSpanId(), 8),
                span.getTraceState(), span.getName(), span.getKindValue(), span.getStartTimeUnixNano(), span.getEndTimeUnixNano(),
                attributes(span.getAttributesList()),
                span.getEventsList().stream().map(event -> new OtlpRecord.Happening(event.getTimeUnixNano(), event.getName(),
                        attributes(event.getAttributesList()))).toList(),
                span.getLinksList().stream().map(link -> new OtlpRecord.Link(id(link.getTraceId(), 16), id(link.getSpanId(), 8),
                        attributes(link.getAttributesList()))).toList(),
                span.getStatus().getCodeValue(), span.getStatus().getMessage());
    }

    private static Stream<OtlpRecord> points(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> metric.getGauge().getDataPointsList().stream().map(point -> number(metric, "gauge", 0, false, point));
            case SUM -> metric.getSum().getDataPointsList().stream().map(point -> number(metric, "sum",
                    metric.getSum().getAggregationTemporalityValue(), metric.getSum().getIsMonotonic(), point));
            case HISTOGRAM -> metric.getHistogram().getDataPointsList().stream().map(point -> histogram(metric,
                    metric.getHistogram().getAggregationTemporalityValue(), point));
            case EXPONENTIAL_HISTOGRAM -> metric.getExponentialHistogram().getDataPointsList().stream().map(point ->
                    exponential(metric, metric.getExponentialHistogram().getAggregationTemporalityValue(), point));
            case SUMMARY -> metric.getSummary().getDataPointsList().stream().map(point -> summary(metric, point));
            case DATA_NOT_SET -> Stream.empty();
        };
    }

    private static OtlpRecord number(Metric metric, String kind, int temporality, boolean monotonic, NumberDataPoint point) {
        Value value = switch (point.getValueCase()) {
            case AS_DOUBLE -> Value.of(point.getAsDouble());
            case AS_INT -> Value.of(point.getAsInt());
            case VALUE_NOT_SET -> Value.EMPTY;
        };
        var shape = Attributes.builder();
        rest(shape, point.getExemplarsList(), point.getFlags());
        return new OtlpRecord.Point(metric.getName(), metric.getUnit(), kind, temporality, monotonic,
                point.getStartTimeUnixNano(), point.getTimeUnixNano(), value, shape.build(), attributes(point.getAttributesList()));
    }

    private static OtlpRecord histogram(Metric metric, int temporality, HistogramDataPoint point) {
        var shape = Attributes.builder().put("count", point.getCount());
        if (point.hasMin()) {
            shape.put("min", Value.of(point.getMin()));
        }
        if (point.hasMax()) {
            shape.put("max", Value.of(point.getMax()));
        }
        list(shape, "buckets", point.getBucketCountsList().stream().map(Value::of).toList());
        list(shape, "bounds", point.getExplicitBoundsList().stream().map(Value::of).toList());
        rest(shape, point.getExemplarsList(), point.getFlags());
        return new OtlpRecord.Point(metric.getName(), metric.getUnit(), "histogram", temporality, false,
                point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.hasSum() ? Value.of(point.getSum()) : Value.EMPTY,
                shape.build(), attributes(point.getAttributesList()));
    }

    private static OtlpRecord exponential(Metric metric, int temporality, ExponentialHistogramDataPoint point) {
        var shape = Attributes.builder().put("count", point.getCount()).put("scale", point.getScale())
                .put("zero_count", point.getZeroCount());
        if (point.getZeroThreshold() != 0) {
            shape.put("zero_threshold", Value.of(point.getZeroThreshold()));
        }
        if (point.hasMin()) {
            shape.put("min", Value.of(point.getMin()));
        }
        if (point.hasMax()) {
            shape.put("max", Value.of(point.getMax()));
        }
        buckets(shape, "positive", point.getPositive());
        buckets(shape, "negative", point.getNegative());
        rest(shape, point.getExemplarsList(), point.getFlags());
        return new OtlpRecord.Point(metric.getName(), metric.getUnit(), "exponential_histogram", temporality, false,
                point.getStartTimeUnixNano(), point.getTimeUnixNano(), point.hasSum() ? Value.of(point.getSum()) : Value.EMPTY,
                shape.build(), attributes(point.getAttributesList()));
    }

    private static void buckets(Attributes.Builder shape, String sign, ExponentialHistogramDataPoint.Buckets buckets) {
        if (buckets.getBucketCountsCount() > 0) {
            shape.put(sign + "_offset", buckets.getOffset());
            list(shape, sign + "_buckets", buckets.getBucketCountsList().stream().map(Value::of).toList());
        }
    }

    private static OtlpRecord summary(Metric metric, SummaryDataPoint point) {
        var shape = Attributes.builder().put("count", point.getCount());
        list(shape, "quantiles", point.getQuantileValuesList().stream().<Value>map(pair -> new Value.KeyValues(Attributes.builder()
                .put("quantile", Value.of(pair.getQuantile())).put("value", Value.of(pair.getValue())).build())).toList());
        rest(shape, List.of(), point.getFlags());
        return new OtlpRecord.Point(metric.getName(), metric.getUnit(), "summary", 0, false, point.getStartTimeUnixNano(),
                point.getTimeUnixNano(), Value.of(point.getSum()), shape.build(), attributes(point.getAttributesList()));
    }

    private static void rest(Attributes.Builder shape, List<Exemplar> exemplars, int flags) {
        list(shape, "exemplars", exemplars.stream().map(Oracle::exemplar).toList());
        if (flags != 0) {
            shape.put("flags", flags);
        }
    }

    private static Value exemplar(Exemplar exemplar) {
        Value value = switch (exemplar.getValueCase()) {
            case AS_DOUBLE -> Value.of(exemplar.getAsDouble());
            case AS_INT -> Value.of(exemplar.getAsInt());
            case VALUE_NOT_SET -> Value.EMPTY;
        };
        return new Value.KeyValues(Attributes.builder().put("time", exemplar.getTimeUnixNano()).put("value", value)
                .put("trace_id", id(exemplar.getTraceId(), 16)).put("span_id", id(exemplar.getSpanId(), 8))
                .put("attributes", new Value.KeyValues(attributes(exemplar.getFilteredAttributesList()))).build());
    }

    private static void list(Attributes.Builder shape, String name, List<Value> values) {
        if (!values.isEmpty()) {
            shape.put(name, new Value.Array(values));
        }
    }

    private static Attributes attributes(List<KeyValue> pairs) {
        var attributes = Attributes.builder();
        pairs.forEach(pair -> attributes.put(pair.getKey(), value(pair.getValue())));
        return attributes.build();
    }

    private static Value value(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> Value.of(value.getStringValue());
            case BOOL_VALUE -> Value.of(value.getBoolValue());
            case INT_VALUE -> Value.of(value.getIntValue());
            case DOUBLE_VALUE -> Value.of(value.getDoubleValue());
            case ARRAY_VALUE -> new Value.Array(new ArrayList<>(value.getArrayValue().getValuesList().stream().map(Oracle::value).toList()));
            case KVLIST_VALUE -> new Value.KeyValues(attributes(value.getKvlistValue().getValuesList()));
            case BYTES_VALUE -> Value.Binary.of(value.getBytesValue().toByteArray());
            case STRING_VALUE_STRINDEX, VALUE_NOT_SET -> Value.EMPTY;
        };
    }

    private static String id(ByteString bytes, int wanted) {
        var hex = HexFormat.of().formatHex(bytes.toByteArray());
        return bytes.size() == wanted && !hex.chars().allMatch(c -> c == '0') ? hex : "";
    }
}
