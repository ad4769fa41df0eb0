package io.trailwarden.inventory;

import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.TextHash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Records that are counted together.
final class Batch {

    private static final String PEOPLE = "select hash, person_key from person where hash = any(?)";

    private final List<StoredEvent> events;

    Batch(List<StoredEvent> events) {
        this.events = events;
    }

    /// Adds everything that the records say in the transaction of `connection`.
    void write(Connection connection) throws SQLException {
        write(connection, CounterpartTally.MOST_NAMES, CounterpartTally.MOST_USES);
    }

    void write(Connection connection, int mostNames, int mostUses) throws SQLException {
        var people = people(connection);
        var activity = new ActivityTally();
        var states = new StateTally();
        var counterparts = new CounterpartTally();
        for (var event : events) {
            int person = Objects.requireNonNull(people.get(event.event().person()), "every person has a number");
            var seenAt = event.seenAt();
            activity.add(event, seenAt, person);
            states.add(event, seenAt, person);
            counterparts.add(event, seenAt, person);
        }
        activity.write(connection);
        states.write(connection);
        counterparts.write(connection, mostNames, mostUses);
    }

    /// The numbers of all people in the batch; the loader gave them out before anybody could follow.
    private Map<String, Integer> people(Connection connection) throws SQLException {
        var hashes = new HashMap<UUID, String>();
        events.stream().map(event -> event.event().person()).distinct().forEach(name -> hashes.put(TextHash.of(name), name));
        var keys = new HashMap<String, Integer>();
        try (var query = connection.prepareStatement(PEOPLE)) {
            query.setArray(1, connection.createArrayOf("uuid", hashes.keySet().toArray()));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    keys.put(hashes.getOrDefault(found.getObject("hash", UUID.class), ""), found.getInt("person_key"));
                }
            }
        }
        if (keys.size() != hashes.size()) {
            throw new IllegalStateException("people of " + events.size() + " records are " + hashes.size() + ", the table has " + keys.size() + " of them");
        }
        return keys;
    }
}
