package io.trailwarden.dashboard.person;

import io.trailwarden.event.Signal;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail.EventQuery;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which of a person's records are shown. Log records only: metrics are sums and spans repeat what records say.
///
/// @param session null for all
/// @param name of the records, such as `tool_decision`; null for all
record TrailFilter(String person, @Nullable String session, @Nullable String name) {

    boolean takes(StoredEvent record) {
        var event = record.event();
        return event.signal() == Signal.LOG && event.person().equals(person)
                && (session == null || session.equals(event.session())) && (name == null || name.equals(event.name()));
    }

    EventQuery query(int limit, @Nullable String cursor) {
        return new EventQuery(person, session, name, null, null, Set.of(Signal.LOG), limit, cursor);
    }

    boolean narrowed() {
        return session != null || name != null;
    }
}
