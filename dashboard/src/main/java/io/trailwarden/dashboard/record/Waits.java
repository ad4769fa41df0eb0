package io.trailwarden.dashboard.record;

import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.Trail.EventQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How long a person took to answer, where the client sends spans: the span of waiting does not name the tool call, its
/// parent does.
public final class Waits {

    private static final String WAITING = "claude_code.tool.blocked_on_user";
    private static final String CALL = "claude_code.tool";

    /// A span is sent when it ends, so it is looked for this long around the decisions.
    private static final Duration AROUND = Duration.ofMinutes(10);

    private static final int MOST = 1000;

    private Waits() {
    }

    /// The wait before each of `records` that is a person's decision, as far as spans tell.
    public static Map<EventId, Duration> before(List<StoredEvent> records, Trail trail) {
        var answered = records.stream().filter(record -> byPerson(record)).toList();
        if (answered.isEmpty()) {
            return Map.of();
        }
        var waits = new HashMap<String, Duration>();
        answered.stream().map(record -> record.event().session()).filter(Objects::nonNull).distinct()
                .forEach(session -> waits.putAll(inSession(session, answered, trail)));
        var found = new HashMap<EventId, Duration>();
        for (var record : answered) {
            var wait = waits.get(record.event().text("tool_use_id"));
            if (wait != null) {
                found.put(record.event().id(), wait);
            }
        }
        return found;
    }

    private static boolean byPerson(StoredEvent record) {
        var by = record.event().decidedBy();
        return record.event().name().equals("tool_decision") && by != null && by.startsWith("user_")
                && record.event().text("tool_use_id") != null;
    }

    private static Map<String, Duration> inSession(String session, List<StoredEvent> answered, Trail trail) {
        var waiting = spans(WAITING, session, answered, trail);
        if (waiting.isEmpty()) {
            return Map.of();
        }
        var callOfSpan = new HashMap<String, String>();
        for (var call : spans(CALL, session, answered, trail)) {
            var span = call.event().text("span.id");
            var use = use(call);
            if (span != null && use != null) {
                callOfSpan.put(span, use);
            }
        }
        var waits = new HashMap<String, Duration>();
        for (var wait : waiting) {
            var use = callOfSpan.get(Objects.requireNonNullElse(wait.event().text("span.parent_id"), ""));
            var value = wait.event().field("duration_ms");
            var millis = value == null ? null : value.asLong();
            if (use != null && millis != null) {
                waits.put(use, Duration.ofMillis(millis));
            }
        }
        return waits;
    }

    private static @Nullable String use(StoredEvent call) {
        var use = call.event().text("tool_use_id");
        return use == null ? call.event().text("gen_ai.tool.call.id") : use;
    }

    private static List<StoredEvent> spans(String name, String session, List<StoredEvent> answered, Trail trail) {
        var times = answered.stream().map(record -> record.event().time()).sorted().toList();
        return trail.events(new EventQuery(null, session, name, times.getFirst().minus(AROUND), times.getLast().plus(AROUND),
                Set.of(Signal.SPAN), MOST, null)).items();
    }
}
