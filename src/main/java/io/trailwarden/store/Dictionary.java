package io.trailwarden.store;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the numbers in rows stand for. They never change, so what was read once is remembered. Thread-safe.
final class Dictionary {

    private static final int ORIGINS = 10_000;
    private static final int KINDS = 10_000;

    private static final String READ_ORIGINS = """
            select o.origin_key, o.principal, p.name as person, s.id as session, o.scope_name, o.scope_version, o.resource, o.common
            from origin o
            join person p using (person_key)
            left join session s using (session_key)
            where o.origin_key = any(?)
            """;

    private static final String READ_KINDS = "select kind_key, signal, name, stated, stamped from kind where kind_key = any(?)";

    private final Lru<Integer, Origin> origins = new Lru<>(ORIGINS);
    private final Lru<Integer, Kind> kinds = new Lru<>(KINDS);

    /// Reads all rows of `found`, which were selected with [EventRow#COLUMNS] and can be read twice.
    List<StoredEvent> events(Connection connection, ResultSet found) throws SQLException {
        var kindsHere = new HashMap<Integer, Kind>();
        var originsHere = new HashMap<Integer, Origin>();
        var unknownKinds = new java.util.HashSet<Integer>();
        var unknownOrigins = new java.util.HashSet<Integer>();
        while (found.next()) {
            look(kinds, found.getInt("kind_key"), kindsHere, unknownKinds);
            look(origins, found.getInt("origin_key"), originsHere, unknownOrigins);
        }
        if (!unknownKinds.isEmpty()) {
            readKinds(connection, unknownKinds.toArray(), kindsHere);
        }
        if (!unknownOrigins.isEmpty()) {
            readOrigins(connection, unknownOrigins.toArray(), originsHere);
        }
        found.beforeFirst();
        var events = new ArrayList<StoredEvent>();
        while (found.next()) {
            events.add(EventRow.read(found, kindsHere, originsHere));
        }
        return events;
    }

    private static <T> void look(Lru<Integer, T> known, int key, Map<Integer, T> here, java.util.Set<Integer> unknown) {
        if (here.containsKey(key) || unknown.contains(key)) {
            return;
        }
        synchronized (known) {
            var value = known.get(key);
            if (value == null) {
                unknown.add(key);
            } else {
                here.put(key, value);
            }
        }
    }

    private void readKinds(Connection connection, Object[] keys, Map<Integer, Kind> here) throws SQLException {
        try (var query = connection.prepareStatement(READ_KINDS)) {
            query.setArray(1, connection.createArrayOf("integer", keys));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    here.put(found.getInt("kind_key"), new Kind(Signal.valueOf(found.getString("signal").toUpperCase(Locale.ROOT)),
                            found.getString("name"), found.getBoolean("stated"), found.getBoolean("stamped")));
                }
            }
        }
        synchronized (kinds) {
            kinds.putAll(here);
        }
    }

    private void readOrigins(Connection connection, Object[] keys, Map<Integer, Origin> here) throws SQLException {
        try (var query = connection.prepareStatement(READ_ORIGINS)) {
            query.setArray(1, connection.createArrayOf("integer", keys));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    here.put(found.getInt("origin_key"), new Origin(found.getString("principal"), found.getString("person"),
                            found.getString("session"), attributes(found, "resource"), found.getString("scope_name"),
                            found.getString("scope_version"), attributes(found, "common")));
                }
            }
        }
        synchronized (origins) {
            origins.putAll(here);
        }
    }

    private static Attributes attributes(ResultSet found, String column) throws SQLException {
        return StoredJson.read(found.getString(column));
    }
}
