package io.trailwarden.dashboard.story;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.Masks;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.event.EventId;
import io.trailwarden.inventory.Activity;
import io.trailwarden.store.PersonTrail;
import io.trailwarden.store.PersonTrail.Scope;
import io.trailwarden.store.PersonTrail.Stretch;
import io.trailwarden.store.Trail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/// What pages that tell a trail read from.
///
/// @param trail sums and stretches
/// @param records single records
@ApplicationScoped
public class Sources {

    /// Alerts of a person that are marked in their trail, newest first.
    private static final int ALERTS = 300;

    private final PersonTrail trail;
    private final Trail records;
    private final Alerts alerts;
    private final Readings readings;
    private final Masks masks;
    private final InstantSource clock;
    private final Activity activity;
    private final ConcurrentHashMap<Scope, CompletableFuture<List<Stretch>>> asking = new ConcurrentHashMap<>();

    @Inject
    Sources(PersonTrail trail, Trail records, Alerts alerts, Readings readings, Masks masks, InstantSource clock,
            Activity activity) {
        this.trail = trail;
        this.records = records;
        this.alerts = alerts;
        this.readings = readings;
        this.masks = masks;
        this.clock = clock;
        this.activity = activity;
    }

    /// Sums, stretches, prompts.
    public PersonTrail trail() {
        return trail;
    }

    /// Single records and spans.
    public Trail records() {
        return records;
    }

    /// Questions to the database.
    public Readings readings() {
        return readings;
    }

    /// What stands for words.
    public Masks masks() {
        return masks;
    }

    /// Times for whoever looks.
    public Moments moments() {
        return Viewer.moments(clock);
    }

    /// What now is.
    public InstantSource clock() {
        return clock;
    }

    /// What was counted, for what would be too much to read.
    Activity activity() {
        return activity;
    }

    /// How sessions ran. Parts of a page that ask for the same at the same time get one answer.
    List<Stretch> stretches(Scope scope) {
        var mine = new CompletableFuture<List<Stretch>>();
        var theirs = asking.putIfAbsent(scope, mine);
        if (theirs != null) {
            return joined(theirs);
        }
        try {
            var found = trail.stretches(scope);
            mine.complete(found);
            return found;
        } catch (RuntimeException failure) {
            mine.completeExceptionally(failure);
            throw failure;
        } finally {
            asking.remove(scope, mine);
        }
    }

    private static List<Stretch> joined(CompletableFuture<List<Stretch>> theirs) {
        try {
            return theirs.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }

    /// The alerts of `person` with their evidence, newest first.
    public List<Alert> alertsOf(String person) {
        var found = alerts.find(AlertQuery.any().about(person).limit(ALERTS));
        return alerts.get(found.stream().map(Alert::key).toList());
    }

    /// Which alerts each record shows.
    public static Map<EventId, List<Alert>> byRecord(List<Alert> alerts) {
        var byRecord = new HashMap<EventId, List<Alert>>();
        for (var alert : alerts) {
            alert.evidence().forEach(evidence -> byRecord.computeIfAbsent(evidence.event(), _ -> new ArrayList<>()).add(alert));
        }
        return byRecord;
    }
}
