package io.trailwarden.dialect;

import io.trailwarden.Captures;
import io.trailwarden.DocumentCheck;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.event.Signal;
import io.trailwarden.otlp.Recordings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the dialect makes of everything that the real client sent, kept beside the recordings as `events.txt` so that a
/// change of reading is seen as a change of those files.
class GoldenCapturesTest {

    @ParameterizedTest
    @MethodSource("captures")
    void theReadingOfARecordingIsTheReviewedOne(Path capture) {
        var page = new StringBuilder();
        var modes = new HashMap<String, ModeTracker>();
        for (var event : Recordings.events(capture)) {
            if (event.signal() != Signal.METRIC) {
                page.append(line(event, modes)).append('\n');
            }
        }

        DocumentCheck.assertDocument(capture.resolve("events.txt").toString(), page.toString());
    }

    static List<Path> captures() {
        return Captures.all();
    }

    /// One event: what it is, who, what was decided in which mode, and what we derived.
    private static String line(AuditEvent event, Map<String, ModeTracker> modes) {
        var step = modes.getOrDefault(event.session(), ModeTracker.UNKNOWN).observe(event);
        modes.put(event.session(), step.after());
        var parts = new ArrayList<String>();
        parts.add(event.signal() == Signal.LOG ? "%3d".formatted(event.sequence()) : "   ");
        parts.add(event.name());
        parts.add(event.person());
        parts.add("mode=" + step.after().mode());
        add(parts, "tool", event.tool());
        add(parts, "decision", event.decision());
        add(parts, "by", event.decidedBy());
        event.seen().derived().forEach((name, value) -> {
            if (!name.startsWith("span.") || name.equals("span.duration_ms")) {
                parts.add(name + "=" + value.asText());
            }
        });
        return String.join("  ", parts).replace("\n", "\\n");
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.add(name + "=" + value);
        }
    }
}
