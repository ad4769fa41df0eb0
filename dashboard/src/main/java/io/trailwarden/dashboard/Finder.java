package io.trailwarden.dashboard;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Alerts;
import io.trailwarden.store.Fleet;
import io.trailwarden.store.Trail.Person;
import io.trailwarden.store.Trail.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds what somebody typed at the top: pages, people by how their name begins, a session by its id, an alert by its id.
/// At most four questions of the database, each answered by an index.
@ApplicationScoped
class Finder {

    private static final int PEOPLE = 6;
    private static final int SESSIONS = 3;

    /// Shorter ones begin too many names to be of use, and are no ids.
    private static final int SHORTEST_ID = 8;

    private final Fleet fleet;
    private final Alerts alerts;

    @Inject
    Finder(Fleet fleet, Alerts alerts) {
        this.fleet = fleet;
        this.alerts = alerts;
    }

    /// Something that was found.
    ///
    /// @param kind what it is, in our words
    /// @param name how it is called
    /// @param ours whether its name is ours; otherwise a client chose it
    /// @param about more about it, which may quote a client; null for nothing
    record Found(String kind, String name, boolean ours, @Nullable String about, String address) {
    }

    /// What fits `text`, the likeliest first.
    ///
    /// @param who for the pages that open for them
    List<Found> find(String text, Who who) {
        var wanted = text.strip();
        if (wanted.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Found>();
        key(wanted).flatMap(alerts::get).ifPresent(alert -> found.add(found(alert)));
        if (wanted.length() >= SHORTEST_ID) {
            fleet.sessions(wanted, SESSIONS).forEach(session -> found.add(found(session)));
        }
        fleet.beginning(wanted, PEOPLE).forEach(person -> found.add(found(person)));
        Navigation.pages().stream().filter(page -> page.opensFor(who) && begins(page.label(), wanted))
                .forEach(page -> found.add(new Found("page", page.label(), true, null, page.path())));
        return List.copyOf(found);
    }

    private static Found found(Person person) {
        return new Found("person", person.name(), false, null, Navigation.person(person.name()));
    }

    private static Found found(Session session) {
        return new Found("session", session.id(), false, session.person(), Navigation.trail(session.person(), session.id(), null));
    }

    private static Found found(Alert alert) {
        return new Found("alert", alert.title(), true, alert.person(), Navigation.alert(alert.key()));
    }

    private static boolean begins(String label, String text) {
        return label.toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT));
    }

    private static Optional<AlertKey> key(String text) {
        try {
            return text.length() == 36 ? Optional.of(new AlertKey(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
