package io.trailwarden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What the real client sent, recorded: one folder a scenario, see the README beside them.
public final class Captures {

    /// Where the recordings of the newest measured client lie.
    public static final Path FOLDER = Path.of("src/test/resources/corpus/claude_code/2.1.329");

    private Captures() {
    }

    /// One recording.
    public static Path of(String name) {
        return FOLDER.resolve(name);
    }

    /// All recordings, by name.
    public static List<Path> all() {
        try (var folders = Files.list(FOLDER)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Log records, spans and data points in a recording, counted by other means than ours: a JSON tree and the generated
    /// classes of the protocol.
    public static long records(Path capture) {
        long records = 0;
        for (var request : ProgramUnderTest.recorded(capture)) {
            try {
                var name = request.getFileName().toString();
                records += name.endsWith(".json") ? inJson(new ObjectMapper().readTree(request.toFile()))
                        : inProtobuf(name, Files.readAllBytes(request));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(request.toString(), unreadable);
            }
        }
        return records;
    }

    private static long inJson(JsonNode request) {
        return count(request, "resourceLogs", "scopeLogs", "logRecords") + count(request, "resourceSpans", "scopeSpans", "spans")
                + count(request, "resourceMetrics", "scopeMetrics", "metrics", "dataPoints");
    }

    private static long count(JsonNode node, String... path) {
        if (path.length == 0) {
            return node.size();
        }
        long sum = 0;
        if (path[0].equals("dataPoints")) {
            for (var kind : List.of("sum", "gauge", "histogram", "exponentialHistogram", "summary")) {
                sum += node.path(kind).path("dataPoints").size();
            }
            return sum;
        }
        var children = node.path(path[0]);
        if (path.length == 1) {
            return children.size();
        }
        for (var child : children) {
            sum += count(child, java.util.Arrays.copyOfRange(path, 1, path.length));
        }
        return sum;
    }

    private static long inProtobuf(String name, byte[] body) throws IOException {
        if (name.contains("-logs")) {
            return ExportLogsServiceRequest.parseFrom(body).getResourceLogsList().stream().flatMap(resource -> resource.getScopeLogsList().stream())
                    .mapToLong(scope -> scope.getLogRecordsCount()).sum();
        }
        if (name.contains("-traces")) {
            return ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream().flatMap(resource -> resource.getScopeSpansList().stream())
                    .mapToLong(scope -> scope.getSpansCount()).sum();
        }
        return ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream()).flatMap(scope -> scope.getMetricsList().stream())
                .mapToLong(metric -> metric.getSum().getDataPointsCount() + metric.getGauge().getDataPointsCount()
                        + metric.getHistogram().getDataPointsCount() + metric.getExponentialHistogram().getDataPointsCount()
                        + metric.getSummary().getDataPointsCount()).sum();
    }
}
