package io.trailwarden.dashboard.person;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Risk;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.Trail.EventQuery;
import io.trailwarden.store.Trail.Person;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of a person before any of the trail is read.
///
/// @param open their open alerts, newest first, at most [#MOST]
/// @param last their newest record of any kind; null when it cannot be found
/// @param policy their newest word about managed settings; null when none came
/// @param risk score a day apart over two weeks, the last one now
record PersonFacts(Person person, List<Alert> open, @Nullable StoredEvent last, @Nullable StoredEvent policy, List<Integer> risk) {

    /// Alerts that a sentence counts exactly; beyond it says "more than".
    static final int MOST = 1000;

    private static final int DAYS = 14;

    /// Reads them.
    ///
    /// @return nothing when nobody of that name has sent a record
    static Optional<PersonFacts> of(String name, Trail trail, Alerts alerts, Risk risk) {
        return trail.person(name).map(person -> new PersonFacts(person,
                alerts.find(AlertQuery.unfinished().about(name).limit(MOST)),
                newest(trail, name, null), newest(trail, name, "managed_settings_resolved"), risk.history(name, DAYS)));
    }

    private static @Nullable StoredEvent newest(Trail trail, String person, @Nullable String name) {
        var page = trail.events(new EventQuery(person, null, name, null, null, Set.of(), 1, null));
        return page.items().isEmpty() ? null : page.items().getFirst();
    }

    /// How the client names its person.
    String claimedBy() {
        if (last == null) {
            return "";
        }
        var name = person.name();
        if (name.equals(last.event().text("user.email"))) {
            return "e-mail of the Claude login";
        }
        if (name.equals(last.event().text("enduser.id"))) {
            return "set by the company, enduser.id";
        }
        return name.equals(last.event().text("user.id")) ? "id of the installation" : "nobody named";
    }

    /// Who the door authenticated; null when unknown.
    @Nullable String principal() {
        return last == null ? null : last.event().seen().origin().principal();
    }

    /// Whether managed settings are in force; null when no record told.
    @Nullable Boolean managed() {
        var told = policy == null ? null : policy.event().field("policy.managed");
        return told == null ? null : told.asBoolean();
    }
}
