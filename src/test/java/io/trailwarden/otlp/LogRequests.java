package io.trailwarden.otlp;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Small requests for the log path.
final class LogRequests {

    private LogRequests() {
    }

    /// One record per body.
    static byte[] protobuf(String... bodies) {
        var scope = ScopeLogs.newBuilder();
        for (var body : bodies) {
            scope.addLogRecords(LogRecord.newBuilder().setTimeUnixNano(1).setBody(AnyValue.newBuilder().setStringValue(body)));
        }
        return ExportLogsServiceRequest.newBuilder().addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(scope)).build().toByteArray();
    }

    /// The same in JSON.
    static byte[] json(String... bodies) {
        return Arrays.stream(bodies).map("{\"timeUnixNano\":\"1\",\"body\":{\"stringValue\":\"%s\"}}"::formatted)
                .collect(Collectors.joining(",", "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[", "]}]}]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A readable record, an unreadable one, a readable one.
    static byte[] protobufWithOneBad() {
        var scope = new ByteArrayOutputStream();
        scope.writeBytes(field(2, LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("first")).build().toByteArray()));
        scope.writeBytes(field(2, new byte[] {0x32, (byte) 0xff}));
        scope.writeBytes(field(2, LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue("last")).build().toByteArray()));
        return field(1, field(2, scope.toByteArray()));
    }

    /// `content` as a field of a message.
    static byte[] field(int number, byte[] content) {
        var out = new ByteArrayOutputStream();
        try {
            var coded = CodedOutputStream.newInstance(out);
            coded.writeByteArray(number, content);
            coded.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
