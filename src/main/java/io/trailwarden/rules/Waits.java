package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long people took to answer, followed once for all detectors.
///
/// Measured by the span `claude_code.tool.blocked_on_user`, which names the tool call only through its parent span; the
/// two come in any order, in the same request or in different ones. Estimated, where no spans come, as the time from the
/// answer of the model (`api_request`) to the decision with the same `request_id`: never less than the true time.
final class Waits {

    private static final int MOST = 20_000;

    private final Stalest<String> toolBySpan;
    private final Stalest<Waiting> waitingByParent;
    private final Stalest<Instant> answeredAt;
    private final Stalest<Boolean> traced;

    /// A time to answer that became known.
    ///
    /// @param call names the tool call, see [#call]
    /// @param measured whether it was measured; otherwise an upper bound
    /// @param evidence the span that shows it, null when estimated
    record Wait(String call, Duration duration, boolean measured, @Nullable Evidence evidence) {
    }

    private record Waiting(Duration duration, Evidence evidence) {
    }

    Waits(Stalest.Evictions evictions) {
        toolBySpan = new Stalest<>(MOST, evictions);
        waitingByParent = new Stalest<>(MOST, evictions);
        answeredAt = new Stalest<>(MOST, evictions);
        traced = new Stalest<>(MOST, evictions);
    }

    /// Names a tool call of one session, so that nobody's ids meet another's.
    static @Nullable String call(AuditEvent event) {
        var toolUse = event.seen().attributes().text("tool_use_id");
        return toolUse == null ? null : scoped(event, toolUse);
    }

    private static String scoped(AuditEvent event, String id) {
        return event.person() + '\u0000' + event.session() + '\u0000' + id;
    }

    /// Whether spans came from the session of `event` before, so that a measured time is to be expected.
    boolean isTraced(AuditEvent event) {
        return traced.get(scoped(event, "")) != null;
    }

    List<Wait> observe(AuditEvent event) {
        if (event.signal() == Signal.SPAN) {
            return span(event);
        }
        if (event.signal() != Signal.LOG) {
            return List.of();
        }
        return switch (event.name()) {
            case "api_request" -> answered(event);
            case "tool_decision" -> estimated(event);
            default -> List.of();
        };
    }

    private List<Wait> answered(AuditEvent event) {
        var request = event.seen().attributes().text("request_id");
        if (request != null) {
            answeredAt.put(scoped(event, request), event.time());
        }
        return List.of();
    }

    private List<Wait> estimated(AuditEvent event) {
        var request = event.seen().attributes().text("request_id");
        var call = call(event);
        var answered = request == null ? null : answeredAt.get(scoped(event, request));
        if (call == null || answered == null || event.time().isBefore(answered)) {
            return List.of();
        }
        return List.of(new Wait(call, Duration.between(answered, event.time()), false, null));
    }

    private List<Wait> span(AuditEvent event) {
        traced.put(scoped(event, ""), true);
        return switch (event.name()) {
            case "claude_code.tool.blocked_on_user" -> blocked(event);
            case "claude_code.tool" -> tool(event);
            default -> List.of();
        };
    }

    private List<Wait> blocked(AuditEvent event) {
        var wait = event.seen().derived().get("decision.wait_ms");
        var parent = event.seen().derived().text("span.parent_id");
        var millis = wait == null ? null : wait.asLong();
        boolean byConfiguration = event.seen().derived().get("decision.human") instanceof Value.Bool(var human) && !human;
        if (millis == null || parent == null || millis < 0 || byConfiguration) {
            return List.of();
        }
        var duration = Duration.ofMillis(millis);
        var evidence = new Evidence(event.id(), event.time(), "the question stood open for " + Durations.show(duration));
        var key = scoped(event, parent);
        var tool = call(event) == null ? toolBySpan.get(key) : call(event);
        if (tool != null) {
            return List.of(new Wait(tool, duration, true, evidence));
        }
        waitingByParent.put(key, new Waiting(duration, evidence));
        return List.of();
    }

    private List<Wait> tool(AuditEvent event) {
        var span = event.seen().derived().text("span.id");
        var call = call(event);
        if (span == null || call == null) {
            return List.of();
        }
        var key = scoped(event, span);
        toolBySpan.put(key, call);
        var waiting = waitingByParent.remove(key);
        return waiting == null ? List.of() : List.of(new Wait(call, waiting.duration(), true, waiting.evidence()));
    }

    void save(StateWriter out) {
        toolBySpan.save(out, StateWriter::text);
        waitingByParent.save(out, (writer, waiting) -> writer.number(waiting.duration().toMillis()).evidence(waiting.evidence()));
        answeredAt.save(out, StateWriter::time);
        traced.save(out, StateWriter::flag);
    }

    void restore(StateReader in) {
        toolBySpan.restore(in, in::text);
        waitingByParent.restore(in, () -> new Waiting(Duration.ofMillis(in.number()), in.evidence()));
        answeredAt.restore(in, in::time);
        traced.restore(in, in::flag);
    }
}
