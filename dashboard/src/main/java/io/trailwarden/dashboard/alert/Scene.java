package io.trailwarden.dashboard.alert;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an alert is about, as the trail has it: its evidence, and the acts of the session around it.
///
/// @param evidence the records that show it, oldest first; those no longer kept are missing
/// @param records evidence and context, oldest first
/// @param hit the record that raised it; null when that is no longer kept
record Scene(Alert alert, List<StoredEvent> evidence, List<StoredEvent> records, @Nullable StoredEvent hit) {

    /// Acts of the session before and after the evidence that are shown at first.
    private static final int CONTEXT = 4;

    /// Records that are looked through for them, most of which are no acts.
    private static final int LOOKED_THROUGH = 40;

    /// Pieces of evidence whose surroundings are looked at: the first of a long row tell no less.
    private static final int SURROUNDED = 8;

    /// What the client does on its own, between acts.
    private static final Set<String> HOUSEKEEPING = Set.of("api_request", "api_request_body", "api_response_body", "assistant_response",
            "hook_registered", "hook_execution_start", "hook_execution_complete", "plugin_loaded", "skill_activated", "retention_sweep");

    Scene {
        evidence = List.copyOf(evidence);
        records = List.copyOf(records);
    }

    /// Reads the scene of `alert`.
    static Scene read(Alert alert, Trail trail) {
        var ids = alert.evidence().stream().map(Evidence::event).toList();
        var evidence = trail.events(ids);
        var all = new HashMap<EventId, StoredEvent>();
        evidence.forEach(record -> all.put(record.event().id(), record));
        for (var record : surrounded(evidence)) {
            context(trail.around(record.event().id(), LOOKED_THROUGH, LOOKED_THROUGH), record).forEach(act -> all.put(act.event().id(), act));
        }
        return new Scene(alert, evidence, inOrder(all.values()), hit(alert, evidence));
    }

    private static List<StoredEvent> surrounded(List<StoredEvent> evidence) {
        if (evidence.size() <= SURROUNDED) {
            return evidence;
        }
        var ends = new ArrayList<>(evidence.subList(0, SURROUNDED / 2));
        ends.addAll(evidence.subList(evidence.size() - SURROUNDED / 2, evidence.size()));
        return ends;
    }

    /// The acts nearest to `middle`.
    private static List<StoredEvent> context(List<StoredEvent> around, StoredEvent middle) {
        int at = around.indexOf(middle);
        var before = around.subList(0, Math.max(at, 0)).stream().filter(Scene::act).toList();
        var after = around.subList(Math.min(at + 1, around.size()), around.size()).stream().filter(Scene::act).limit(CONTEXT).toList();
        var near = new ArrayList<>(before.subList(Math.max(0, before.size() - CONTEXT), before.size()));
        near.addAll(after);
        return near;
    }

    private static boolean act(StoredEvent record) {
        return record.event().signal() == Signal.LOG && !HOUSEKEEPING.contains(record.event().name());
    }

    private static List<StoredEvent> inOrder(Collection<StoredEvent> records) {
        return records.stream().sorted(Comparator.comparing((StoredEvent record) -> record.event().time())
                .thenComparing(StoredEvent::position)).toList();
    }

    private static @Nullable StoredEvent hit(Alert alert, List<StoredEvent> evidence) {
        return evidence.stream().filter(record -> record.event().time().equals(alert.at())).findFirst()
                .orElse(evidence.isEmpty() ? null : evidence.getLast());
    }

    /// The same with what came before, or after, in the session; at most `most` acts more.
    ///
    /// @return this when there is nothing more
    Scene wider(Trail trail, boolean before, int most) {
        if (records.isEmpty()) {
            return this;
        }
        var end = before ? records.getFirst() : records.getLast();
        int reach = 4 * most;
        var around = trail.around(end.event().id(), before ? reach : 0, before ? 0 : reach);
        var acts = around.stream().filter(record -> act(record) && !record.equals(end)).toList();
        var near = before ? acts.subList(Math.max(0, acts.size() - most), acts.size()) : acts.subList(0, Math.min(most, acts.size()));
        if (near.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(records);
        all.addAll(near);
        return new Scene(alert, evidence, inOrder(all), hit);
    }

    /// The place of each record of evidence in their order, from 1.
    Map<EventId, Integer> numbers() {
        var numbers = new LinkedHashMap<EventId, Integer>();
        for (var one : alert.evidence()) {
            numbers.putIfAbsent(one.event(), numbers.size() + 1);
        }
        return numbers;
    }

    /// What each record of evidence contributes, in the rule's words.
    Map<EventId, String> says() {
        var says = new HashMap<EventId, String>();
        alert.evidence().forEach(one -> says.putIfAbsent(one.event(), one.says()));
        return says;
    }
}
