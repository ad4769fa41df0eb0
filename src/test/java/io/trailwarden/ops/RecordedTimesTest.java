package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.Span;
import io.trailwarden.Captures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordedTimesTest {

    private static final long THEN = 1_795_219_454_464_000_000L;
    private static final long LATER = THEN + Duration.ofHours(3).toNanos();

    @Test
    void theTimesOfALogRecordMoveInProtobuf() throws Exception {
        var request = ExportLogsServiceRequest.newBuilder();
        var record = LogRecord.newBuilder().setTimeUnixNano(THEN).setObservedTimeUnixNano(THEN);
        record.addAttributesBuilder().setKey("event.timestamp").getValueBuilder().setStringValue("2026-11-21T00:04:14.464Z");
        request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(record);

        var moved = ExportLogsServiceRequest.parseFrom(shifted(request.build().toByteArray(), "logs", false));

        var after = moved.getResourceLogs(0).getScopeLogs(0).getLogRecords(0);
        assertThat(after.getTimeUnixNano()).isEqualTo(LATER);
        assertThat(after.getObservedTimeUnixNano()).isEqualTo(LATER);
        assertThat(after.getAttributes(0).getValue().getStringValue()).isEqualTo("2026-11-21T03:04:14.464Z");
    }

    @Test
    void theTimesOfASpanAndItsEventsMoveInProtobuf() throws Exception {
        var request = ExportTraceServiceRequest.newBuilder();
        request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(Span.newBuilder().setStartTimeUnixNano(THEN).setEndTimeUnixNano(THEN)
                .addEvents(Span.Event.newBuilder().setTimeUnixNano(THEN)));

        var moved = ExportTraceServiceRequest.parseFrom(shifted(request.build().toByteArray(), "traces", false)).getResourceSpans(0).getScopeSpans(0).getSpans(0);

        assertThat(moved.getStartTimeUnixNano()).isEqualTo(LATER);
        assertThat(moved.getEndTimeUnixNano()).isEqualTo(LATER);
        assertThat(moved.getEvents(0).getTimeUnixNano()).isEqualTo(LATER);
    }

    @Test
    void theTimesOfADataPointMoveAndItsValueDoesNot() throws Exception {
        var request = ExportMetricsServiceRequest.newBuilder();
        request.addResourceMetricsBuilder().addScopeMetricsBuilder().addMetrics(Metric.newBuilder().setSum(Sum.newBuilder()
                .addDataPoints(NumberDataPoint.newBuilder().setStartTimeUnixNano(THEN).setTimeUnixNano(THEN).setAsDouble(0.007))));

        var moved = ExportMetricsServiceRequest.parseFrom(shifted(request.build().toByteArray(), "metrics", false)).getResourceMetrics(0).getScopeMetrics(0)
                .getMetrics(0).getSum().getDataPoints(0);

        assertThat(moved.getStartTimeUnixNano()).isEqualTo(LATER);
        assertThat(moved.getTimeUnixNano()).isEqualTo(LATER);
        assertThat(moved.getAsDouble()).isEqualTo(0.007);
    }

    @Test
    void theTimesOfJsonMoveWhetherTextOrNumber() {
        var json = "{\"timeUnixNano\":\"" + THEN + "\",\"observedTimeUnixNano\":" + THEN + ",\"s\":\"2026-11-21T00:04:14.464Z\",\"n\":" + THEN + "}";

        var moved = new String(shifted(json.getBytes(StandardCharsets.UTF_8), "logs", true), StandardCharsets.UTF_8);

        assertThat(moved).isEqualTo("{\"timeUnixNano\":\"" + LATER + "\",\"observedTimeUnixNano\":" + LATER
                + ",\"s\":\"2026-11-21T03:04:14.464Z\",\"n\":" + THEN + "}");
    }

    @Test
    void theLatestTimeIsTheOneBeforeMoving() {
        var times = new RecordedTimes(("{\"timeUnixNano\":\"" + THEN + "\"}").getBytes(StandardCharsets.UTF_8), "logs", true, Duration.ofDays(1));

        times.shift();

        assertThat(times.latest()).isEqualTo(Instant.parse("2026-11-21T00:04:14.464Z"));
    }

    @Test
    void everyRecordingMovesSoThatItsLatestRecordIsNow() throws Exception {
        var now = Instant.parse("2027-01-05T09:00:00Z");
        for (var capture : Captures.all()) {
            var moved = RecordedRequest.shiftedTo(now, RecordedRequest.under(capture));

            var again = RecordedRequest.shiftedTo(now, moved);
            assertThat(again).as(capture.toString()).hasSameSizeAs(moved);
            for (int i = 0; i < moved.size(); i++) {
                assertThat(again.get(i).body()).as(moved.get(i).file().toString()).isEqualTo(moved.get(i).body());
            }
        }
    }

    private static byte[] shifted(byte[] body, String signal, boolean json) {
        return new RecordedTimes(body, signal, json, Duration.ofHours(3)).shift();
    }
}
