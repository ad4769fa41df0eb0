package io.trailwarden.dashboard.story;

import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.record.Telling;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What happened, in one line: a decision and what came of it, or a record of another kind.
///
/// @param record the decision, or the record itself
/// @param result of the same tool call; null when none came, or not yet
/// @param asked whether a person answered
/// @param stood how long the question stood open; null when nothing tells
/// @param exact whether a span measured that; otherwise it is the time since the record before, which is at least as long
record Act(StoredEvent record, @Nullable StoredEvent result, boolean asked, @Nullable Duration stood, boolean exact) {

    /// After these comes the next question at once.
    private static final Set<String> BEFORE_A_QUESTION = Set.of("api_request", "tool_result", "tool_decision", "user_prompt");

    /// Makes acts of records that follow each other, oldest first.
    ///
    /// @param measured waits that spans tell
    static List<Act> of(List<StoredEvent> records, Map<EventId, Duration> measured) {
        var results = new HashMap<String, StoredEvent>();
        records.stream().filter(record -> record.event().name().equals("tool_result")).forEach(record -> {
            var call = record.event().text("tool_use_id");
            if (call != null) {
                results.putIfAbsent(call, record);
            }
        });
        var acts = new ArrayList<Act>();
        var told = new java.util.HashSet<EventId>();
        StoredEvent before = null;
        for (var record : records) {
            if (!told.contains(record.event().id())) {
                var act = act(record, results, measured, before);
                if (act.result() != null) {
                    told.add(act.result().event().id());
                }
                acts.add(act);
            }
            if (BEFORE_A_QUESTION.contains(record.event().name())) {
                before = record;
            }
        }
        return acts;
    }

    private static Act act(StoredEvent record, Map<String, StoredEvent> results, Map<EventId, Duration> measured, @Nullable StoredEvent before) {
        var event = record.event();
        if (!event.name().equals("tool_decision")) {
            return new Act(record, null, false, null, false);
        }
        var call = event.text("tool_use_id");
        var result = call == null ? null : results.get(call);
        var by = event.decidedBy();
        if (by == null || !by.startsWith("user_") || "false".equals(event.text("decision.human"))) {
            return new Act(record, result, false, null, false);
        }
        var exact = measured.get(event.id());
        var since = before == null ? null : Duration.between(before.event().time(), event.time());
        return new Act(record, result, true, exact != null ? exact : since == null || since.isNegative() ? null : since, exact != null);
    }

    /// The decision in words; of a call that has a result, the result's text where only that names it.
    Telling telling() {
        var told = Telling.of(record.event());
        if (result == null || told.text() != null) {
            return told;
        }
        return new Telling(told.what(), told.theirs(), Telling.of(result.event()).text(), told.masked(), told.outcome(), told.wire(), told.weight());
    }

    /// How the call ended, such as `done in 1.9 s`; empty without a result.
    String ended() {
        return result == null ? "" : Telling.of(result.event()).outcome();
    }

    /// Whether it was tried and went wrong.
    boolean failed() {
        return result != null && Telling.of(result.event()).weight() == Telling.Weight.FAILED;
    }

    /// How long the question stood open, as far as is known: `4.1 s`, or `at most 4.1 s`.
    String waited() {
        return stood == null ? "" : (exact ? "" : "at most ") + Moments.span(stood);
    }

    /// Hosts that it spoke to.
    List<String> hosts() {
        var own = texts(record, "egress.host");
        return own.isEmpty() && result != null ? texts(result, "egress.host") : own;
    }

    private static List<String> texts(StoredEvent record, String field) {
        Value value = record.event().field(field);
        return value == null ? List.of() : value.asTexts();
    }
}
