package io.trailwarden.otlp;

import io.trailwarden.ProgramUnderTest;
import io.trailwarden.dialect.Dialects;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Recorded requests as the events that the door makes of them, without a door.
public final class Recordings {

    private static final Decoder DECODER = new Decoder(new DecodeLimits(50_000, 2_000_000));
    private static final Dialects DIALECTS = new Dialects();

    private Recordings() {
    }

    /// Every record of `capture`, in the order in which it was received; nothing is redacted.
    public static List<AuditEvent> events(Path capture) {
        var events = new ArrayList<AuditEvent>();
        for (var request : ProgramUnderTest.recorded(capture)) {
            try {
                events.addAll(events(request.getFileName().toString(), Files.readAllBytes(request)));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(request.toString(), unreadable);
            }
        }
        return events;
    }

    private static List<AuditEvent> events(String name, byte[] body) {
        var decoded = DECODER.decode(name.endsWith(".pb") ? Encoding.PROTOBUF : Encoding.JSON, signal(name), body);
        if (!(decoded instanceof Decoded.Read readable)) {
            throw new AssertionError(name + " cannot be read: " + decoded);
        }
        var events = new ArrayList<AuditEvent>();
        for (var batch : readable.batches()) {
            for (var record : batch.records()) {
                var observation = DIALECTS.read(batch.envelope(), record, "test");
                events.add(AuditEvent.of(observation, receipt(observation.time())));
            }
        }
        return events;
    }

    /// The client reports every five seconds.
    private static Instant receipt(Instant time) {
        return time.plus(Duration.ofSeconds(5));
    }

    private static Signal signal(String name) {
        if (name.contains("-logs")) {
            return Signal.LOG;
        }
        return name.contains("-traces") ? Signal.SPAN : Signal.METRIC;
    }
}
