package io.trailwarden.bench;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.trailwarden.Captures;
import io.trailwarden.ProgramUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Many clients, made of what one real client was recorded to send: the same events and sizes, other people and sessions,
/// timed now.
final class Fleet {

    private final List<ExportLogsServiceRequest> recordings = new ArrayList<>();
    private long sequence;

    Fleet() throws IOException {
        for (var capture : List.of("bypass-protobuf", "headless-default-protobuf", "hooks-and-errors-protobuf")) {
            for (var file : ProgramUnderTest.recorded(Captures.of(capture))) {
                if (file.toString().endsWith("-logs.pb")) {
                    recordings.add(ExportLogsServiceRequest.parseFrom(Files.readAllBytes(file)));
                }
            }
        }
    }

    /// `count` requests of `size` records each; every record is unlike every other.
    List<byte[]> requests(int count, int size) {
        var requests = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            requests.add(request(i, size));
        }
        return requests;
    }

    private byte[] request(int client, int size) {
        var recording = recordings.get(client % recordings.size());
        var resource = recording.getResourceLogs(0);
        var records = resource.getScopeLogs(0).getLogRecordsList();
        var request = ExportLogsServiceRequest.newBuilder();
        var scope = request.addResourceLogsBuilder().setResource(resource.getResource()).addScopeLogsBuilder().setScope(resource.getScopeLogs(0).getScope());
        // A client is one of two hundred people and reports many times in one session.
        var person = "dev" + client % 200 + "@example.com";
        var session = UUID.nameUUIDFromBytes(("session " + client % 200 + "/" + client / 4000).getBytes()).toString();
        for (int i = 0; i < size; i++) {
            scope.addLogRecords(made(records.get((int) (sequence % records.size())), person, session));
        }
        return request.build().toByteArray();
    }

    private LogRecord made(LogRecord recorded, String person, String session) {
        var now = Instant.now();
        var record = recorded.toBuilder().clearAttributes().setTimeUnixNano(now.toEpochMilli() * 1_000_000).setObservedTimeUnixNano(now.toEpochMilli() * 1_000_000);
        for (var attribute : recorded.getAttributesList()) {
            record.addAttributes(switch (attribute.getKey()) {
                case "session.id" -> text("session.id", session);
                case "enduser.id" -> text("enduser.id", person);
                case "event.timestamp" -> text("event.timestamp", now.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString());
                case "event.sequence" -> KeyValue.newBuilder().setKey("event.sequence").setValue(AnyValue.newBuilder().setIntValue(sequence++)).build();
                default -> attribute;
            });
        }
        return record.build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
    }
}
