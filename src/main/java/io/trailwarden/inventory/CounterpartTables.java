package io.trailwarden.inventory;

import io.trailwarden.inventory.CounterpartTally.Named;
import io.trailwarden.inventory.CounterpartTally.Person;
import io.trailwarden.inventory.CounterpartTally.Seen;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// The tables of MCP servers and hosts, written in one transaction. Rows are written in the order of their keys.
final class CounterpartTables {

    private static final String FIND = """
            select kind, hash, counterpart_key
              from counterpart join unnest(?::text[], ?::uuid[]) as wanted (kind, hash) using (kind, hash)
            """;

    private static final String COUNT = "select kind, count(*) from counterpart where name is not null group by kind";

    private static final String ADD = """
            insert into counterpart (kind, hash, folded_hash, name, first_seen, first_person_key, first_event, last_seen)
            select * from unnest(?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::timestamptz[], ?::integer[], ?::uuid[], ?::timestamptz[])
            returning kind, hash, counterpart_key
            """;

    private static final String ADD_SESSIONS = """
            insert into counterpart_session (counterpart_key, person_key, session_hash)
            select * from unnest(?::integer[], ?::integer[], ?::uuid[])
            on conflict do nothing
            returning counterpart_key, person_key
            """;

    private static final String ADD_PEOPLE = """
            insert into counterpart_person as p (counterpart_key, person_key, first_seen, first_event, last_seen, sessions,
                                                 connections, failed_connections, calls, refused, failures)
            select * from unnest(?::integer[], ?::integer[], ?::timestamptz[], ?::uuid[], ?::timestamptz[], ?::bigint[],
                                 ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
            on conflict on constraint counterpart_person_pk do update
            set first_event = case when excluded.first_seen < p.first_seen then excluded.first_event else p.first_event end,
                first_seen = least(p.first_seen, excluded.first_seen),
                last_seen = greatest(p.last_seen, excluded.last_seen),
                sessions = p.sessions + excluded.sessions,
                connections = p.connections + excluded.connections,
                failed_connections = p.failed_connections + excluded.failed_connections,
                calls = p.calls + excluded.calls,
                refused = p.refused + excluded.refused,
                failures = p.failures + excluded.failures
            returning counterpart_key, xmax = 0 as added
            """;

    private static final String SUM = """
            update counterpart c
            set first_person_key = case when u.first_seen < c.first_seen then u.first_person_key else c.first_person_key end,
                first_event = case when u.first_seen < c.first_seen then u.first_event else c.first_event end,
                first_seen = least(c.first_seen, u.first_seen),
                last_seen = greatest(c.last_seen, u.last_seen),
                people = c.people + u.people,
                sessions = c.sessions + u.sessions,
                connections = c.connections + u.connections,
                failed_connections = c.failed_connections + u.failed_connections,
                calls = c.calls + u.calls,
                refused = c.refused + u.refused,
                failures = c.failures + u.failures,
                scopes = array(select s from unnest(c.scopes || string_to_array(u.scopes, e'\\n')) as s group by s order by s limit 8),
                transports = array(select t from unnest(c.transports || string_to_array(u.transports, e'\\n')) as t group by t order by t limit 8)
            from unnest(?::integer[], ?::timestamptz[], ?::integer[], ?::uuid[], ?::timestamptz[], ?::bigint[], ?::bigint[],
                        ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
              as u (counterpart_key, first_seen, first_person_key, first_event, last_seen, people, sessions,
                    connections, failed_connections, calls, refused, failures, scopes, transports)
            where c.counterpart_key = u.counterpart_key
            """;

    private static final String FIND_USES = """
            select counterpart_key, hash, name is null as further from counterpart_use where counterpart_key = any(?)
            """;

    private static final String ADD_USES = """
            insert into counterpart_use as u (counterpart_key, hash, name, last_seen, calls, refused, failures)
            select * from unnest(?::integer[], ?::uuid[], ?::text[], ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[])
            on conflict on constraint counterpart_use_pk do update
            set last_seen = greatest(u.last_seen, excluded.last_seen),
                calls = u.calls + excluded.calls,
                refused = u.refused + excluded.refused,
                failures = u.failures + excluded.failures
            """;

    private final Connection connection;
    private final int mostNames;
    private final int mostUses;
    private final Map<Named, Integer> keys = new TreeMap<>();

    CounterpartTables(Connection connection, int mostNames, int mostUses) {
        this.connection = connection;
        this.mostNames = mostNames;
        this.mostUses = mostUses;
    }

    void add(CounterpartTally tally) throws SQLException {
        find(tally.names());
        var kept = tally.kept(withRoom(tally));
        find(kept.keySet());
        addNew(kept);
        var sessions = addSessions(kept);
        var people = addPeople(kept, sessions);
        sum(kept, sessions, people);
        addUses(kept);
    }

    private void find(Iterable<Named> names) throws SQLException {
        var wanted = new Bulk("text", "uuid");
        names.forEach(name -> {
            if (!keys.containsKey(name)) {
                wanted.add(name.kind().wireName(), name.hash());
            }
        });
        if (wanted.isEmpty()) {
            return;
        }
        try (var query = connection.prepareStatement(FIND)) {
            readKeys(wanted, query);
        }
    }

    private void readKeys(Bulk rows, java.sql.PreparedStatement statement) throws SQLException {
        try (var found = rows.bind(statement).executeQuery()) {
            while (found.next()) {
                keys.put(new Named(Kind.of(found.getString("kind")), found.getObject("hash", UUID.class)), found.getInt("counterpart_key"));
            }
        }
    }

    /// The names that are kept apart: those known already, and new ones while there is room.
    private Set<Named> withRoom(CounterpartTally tally) throws SQLException {
        var kept = new HashSet<>(keys.keySet());
        if (kept.size() == tally.names().size()) {
            return kept;
        }
        var counts = new EnumMap<Kind, Long>(Kind.class);
        try (var query = connection.prepareStatement(COUNT); var found = query.executeQuery()) {
            while (found.next()) {
                counts.put(Kind.of(found.getString(1)), found.getLong(2));
            }
        }
        for (var name : tally.names()) {
            if (!kept.contains(name) && counts.getOrDefault(name.kind(), 0L) < mostNames) {
                kept.add(name);
                counts.merge(name.kind(), 1L, Long::sum);
            }
        }
        return kept;
    }

    private void addNew(Map<Named, Seen> kept) throws SQLException {
        var rows = new Bulk("text", "uuid", "uuid", "text", "timestamptz", "integer", "uuid", "timestamptz");
        kept.forEach((name, seen) -> {
            if (!keys.containsKey(name)) {
                var first = first(seen);
                rows.add(name.kind().wireName(), name.hash(), seen.folded, seen.name, CounterpartTally.time(first.getValue().first),
                        first.getKey(), first.getValue().firstEvent.value(), CounterpartTally.time(first.getValue().last));
            }
        });
        if (!rows.isEmpty()) {
            try (var insert = connection.prepareStatement(ADD)) {
                readKeys(rows, insert);
            }
        }
    }

    private static Map.Entry<Integer, Person> first(Seen seen) {
        var people = List.copyOf(seen.people.entrySet());
        var first = people.getFirst();
        for (var person : people) {
            first = person.getValue().isFirstBefore(first.getValue()) ? person : first;
        }
        return first;
    }

    /// Sessions that are new, by counterpart and person.
    private Map<List<Integer>, Long> addSessions(Map<Named, Seen> kept) throws SQLException {
        var rows = new Bulk("integer", "integer", "uuid");
        kept.forEach((name, seen) -> seen.people.forEach((key, person) ->
                person.sessions.forEach(session -> rows.add(key(name), key, session))));
        var added = new HashMap<List<Integer>, Long>();
        try (var insert = connection.prepareStatement(ADD_SESSIONS); var found = rows.bind(insert).executeQuery()) {
            while (found.next()) {
                added.merge(List.of(found.getInt("counterpart_key"), found.getInt("person_key")), 1L, Long::sum);
            }
        }
        return added;
    }

    /// People that are new, by counterpart.
    private Map<Integer, Long> addPeople(Map<Named, Seen> kept, Map<List<Integer>, Long> sessions) throws SQLException {
        var rows = new Bulk("integer", "integer", "timestamptz", "uuid", "timestamptz", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint");
        kept.forEach((name, seen) -> seen.people.forEach((key, person) -> rows.add(key(name), key, CounterpartTally.time(person.first),
                person.firstEvent.value(), CounterpartTally.time(person.last), sessions.getOrDefault(List.of(key(name), key), 0L),
                person.counts[0], person.counts[1], person.counts[2], person.counts[3], person.counts[4])));
        var added = new HashMap<Integer, Long>();
        try (var insert = connection.prepareStatement(ADD_PEOPLE); var found = rows.bind(insert).executeQuery()) {
            while (found.next()) {
                added.merge(found.getInt("counterpart_key"), found.getBoolean("added") ? 1L : 0L, Long::sum);
            }
        }
        return added;
    }

    private void sum(Map<Named, Seen> kept, Map<List<Integer>, Long> sessions, Map<Integer, Long> people) throws SQLException {
        var rows = new Bulk("integer", "timestamptz", "integer", "uuid", "timestamptz", "bigint", "bigint", "bigint", "bigint", "bigint", "bigint",
                "bigint", "text", "text");
        kept.forEach((name, seen) -> {
            var first = first(seen);
            long[] counts = new long[5];
            var last = first.getValue().last;
            long newSessions = 0;
            for (var person : seen.people.entrySet()) {
                last = person.getValue().last.isAfter(last) ? person.getValue().last : last;
                newSessions += sessions.getOrDefault(List.of(key(name), person.getKey()), 0L);
                for (int i = 0; i < counts.length; i++) {
                    counts[i] += person.getValue().counts[i];
                }
            }
            rows.add(key(name), CounterpartTally.time(first.getValue().first), first.getKey(), first.getValue().firstEvent.value(),
                    CounterpartTally.time(last), people.getOrDefault(key(name), 0L), newSessions, counts[0], counts[1], counts[2], counts[3],
                    counts[4], String.join("\n", seen.scopes), String.join("\n", seen.transports));
        });
        try (var update = connection.prepareStatement(SUM)) {
            rows.bind(update).executeUpdate();
        }
    }

    private void addUses(Map<Named, Seen> kept) throws SQLException {
        var known = knownUses(kept);
        var rows = new TreeMap<Integer, Map<UUID, CounterpartTally.Use>>();
        kept.forEach((name, seen) -> {
            var uses = known.computeIfAbsent(key(name), _ -> new LinkedHashSet<>());
            seen.uses.forEach((hash, use) -> {
                boolean room = !name.hash().equals(CounterpartTally.FURTHER) && uses.size() < mostUses;
                boolean apart = uses.contains(hash) || room && uses.add(hash);
                var into = rows.computeIfAbsent(key(name), _ -> new TreeMap<>());
                into.merge(apart ? hash : CounterpartTally.FURTHER, apart ? use : new CounterpartTally.Use(null).with(use), CounterpartTally.Use::with);
            });
        });
        if (rows.isEmpty()) {
            return;
        }
        var bulk = new Bulk("integer", "uuid", "text", "timestamptz", "bigint", "bigint", "bigint");
        rows.forEach((key, uses) -> uses.forEach((hash, use) ->
                bulk.add(key, hash, use.name, CounterpartTally.time(use.last), use.counts[0], use.counts[1], use.counts[2])));
        try (var insert = connection.prepareStatement(ADD_USES)) {
            bulk.bind(insert).executeUpdate();
        }
    }

    /// Uses that are kept apart already, by counterpart.
    private Map<Integer, Set<UUID>> knownUses(Map<Named, Seen> kept) throws SQLException {
        var known = new HashMap<Integer, Set<UUID>>();
        try (var query = connection.prepareStatement(FIND_USES)) {
            query.setArray(1, connection.createArrayOf("integer", kept.keySet().stream().map(this::key).toArray()));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    if (!found.getBoolean("further")) {
                        known.computeIfAbsent(found.getInt("counterpart_key"), _ -> new LinkedHashSet<>()).add(found.getObject("hash", UUID.class));
                    }
                }
            }
        }
        return known;
    }

    private int key(Named name) {
        var key = keys.get(name);
        if (key == null) {
            throw new IllegalStateException("the database did not return a number it was asked for");
        }
        return key;
    }
}
