package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.CanonicalForm;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Numbers for what records repeat: people, sessions, origins and kinds.
///
/// A number never changes, so it may be remembered for good, but only once the transaction that gave it out is
/// committed. For the loader's thread.
final class Dimensions {

    private static final String PEOPLE = """
            with sent as (
              select hash, name, to_timestamp(seen / 1e6) as seen
              from unnest(?::uuid[], ?::text[], ?::bigint[]) as u (hash, name, seen)
            ), added as (
              insert into person (hash, name, first_seen, last_seen, last_day)
              select hash, name, seen, seen, (seen at time zone 'UTC')::date
              from sent where not exists (select from person p where p.hash = sent.hash)
              returning person_key, hash
            )
            select person_key, hash, true as added from added
            union all
            select p.person_key, p.hash, false from person p join sent using (hash)
            """;

    private static final String SESSIONS = """
            with sent as (
              select person_key, hash, id, to_timestamp(seen / 1e6) as seen
              from unnest(?::integer[], ?::uuid[], ?::text[], ?::bigint[]) as u (person_key, hash, id, seen)
            ), added as (
              insert into session (person_key, hash, id, first_seen, last_seen, last_day)
              select person_key, hash, id, seen, seen, (seen at time zone 'UTC')::date
              from sent where not exists (select from session s where s.person_key = sent.person_key and s.hash = sent.hash)
              returning session_key, person_key, hash
            )
            select session_key, person_key, hash, true as added from added
            union all
            select s.session_key, s.person_key, s.hash, false from session s join sent using (person_key, hash)
            """;

    private static final String ORIGINS = """
            with sent as (
              select * from unnest(?::uuid[], ?::text[], ?::integer[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[])
                as u (hash, principal, person_key, session_key, scope_name, scope_version, resource, common)
            ), added as (
              insert into origin (hash, principal, person_key, session_key, scope_name, scope_version, resource, common)
              select hash, principal, person_key, session_key, scope_name, scope_version, resource::jsonb, common::jsonb
              from sent where not exists (select from origin o where o.hash = sent.hash)
              returning origin_key, hash
            )
            select origin_key, hash from added
            union all
            select o.origin_key, o.hash from origin o join sent using (hash)
            """;

    private static final String KINDS = """
            with sent as (
              select * from unnest(?::text[], ?::text[], ?::boolean[], ?::boolean[]) as u (signal, name, stated, stamped)
            ), added as (
              insert into kind (signal, name, stated, stamped)
              select signal, name, stated, stamped
              from sent where not exists (select from kind k where (k.signal, k.name, k.stated, k.stamped)
                                                                 = (sent.signal, sent.name, sent.stated, sent.stamped))
              returning kind_key, signal, name, stated, stamped
            )
            select kind_key, signal, name, stated, stamped from added
            union all
            select kind_key, signal, name, stated, stamped from kind k join sent using (signal, name, stated, stamped)
            """;

    private final Lru<Origin, Placed> origins;
    private final Lru<Kind, Integer> kinds;

    private final Map<Origin, Placed> sameObject = new IdentityHashMap<>();
    private final Map<Origin, Placed> newOrigins = new HashMap<>();
    private final Map<Kind, Integer> newKinds = new HashMap<>();
    private final Set<Integer> newSessions = new java.util.HashSet<>();
    private final Map<Integer, Long> sessionsOfPeople = new HashMap<>();

    /// @param remembered most origins to remember, a few kilobytes each
    Dimensions(int remembered) {
        origins = new Lru<>(remembered);
        kinds = new Lru<>(remembered);
    }

    /// An origin's numbers.
    ///
    /// @param session 0 for none
    /// @param stored the origin as it is read back
    /// @param altered whether that differs from what was sent
    record Placed(int origin, int person, int session, Origin stored, boolean altered) {
    }

    /// Gives out numbers for whatever `events` repeat that has none yet.
    void resolve(Connection connection, List<AuditEvent> events) throws SQLException {
        begin();
        var unknownOrigins = new LinkedHashMap<Origin, Long>();
        var unknownKinds = new java.util.LinkedHashSet<Kind>();
        for (var event : events) {
            var origin = event.seen().origin();
            if (!sameObject.containsKey(origin)) {
                var known = origins.get(origin);
                if (known == null) {
                    unknownOrigins.putIfAbsent(origin, Seen.of(event).at());
                } else {
                    sameObject.put(origin, known);
                }
            }
            var kind = Kind.of(event);
            if (!kinds.containsKey(kind)) {
                unknownKinds.add(kind);
            }
        }
        if (!unknownOrigins.isEmpty()) {
            addOrigins(connection, unknownOrigins);
        }
        if (!unknownKinds.isEmpty()) {
            addKinds(connection, List.copyOf(unknownKinds));
        }
    }

    /// The numbers of `origin`, which [#resolve] has seen.
    Placed placed(Origin origin) {
        var placed = sameObject.get(origin);
        if (placed == null) {
            placed = newOrigins.get(origin);
        }
        if (placed == null) {
            throw new IllegalStateException("an origin was not resolved before its record is stored");
        }
        return placed;
    }

    /// The number of `kind`, which [#resolve] has seen.
    int number(Kind kind) {
        var known = kinds.get(kind);
        if (known == null) {
            known = newKinds.get(kind);
        }
        if (known == null) {
            throw new IllegalStateException("a kind was not resolved before its record is stored");
        }
        return known;
    }

    /// Whether `session` was first seen in this transaction.
    boolean isNew(int session) {
        return newSessions.contains(session);
    }

    /// How many sessions this transaction added, by person.
    Map<Integer, Long> sessionsAdded() {
        return sessionsOfPeople;
    }

    /// The transaction is committed: its numbers may be remembered.
    void committed() {
        origins.putAll(newOrigins);
        kinds.putAll(newKinds);
        begin();
    }

    private void begin() {
        sameObject.clear();
        newOrigins.clear();
        newKinds.clear();
        newSessions.clear();
        sessionsOfPeople.clear();
    }

    private void addOrigins(Connection connection, Map<Origin, Long> unknown) throws SQLException {
        var storable = new LinkedHashMap<Origin, Origin>();
        unknown.keySet().forEach(origin -> storable.put(origin, storable(origin)));
        var people = addPeople(connection, storable, unknown);
        var sessions = addSessions(connection, storable, unknown, people);
        var byHash = new LinkedHashMap<UUID, Origin>();
        storable.values().forEach(origin -> byHash.put(hash(origin), origin));
        var rows = List.copyOf(byHash.entrySet());
        var numbers = new HashMap<UUID, Integer>();
        try (var insert = connection.prepareStatement(ORIGINS)) {
            insert.setArray(1, texts(connection, rows.stream().map(row -> row.getKey().toString()).toList()));
            insert.setArray(2, texts(connection, rows.stream().map(row -> row.getValue().principal()).toList()));
            insert.setArray(3, connection.createArrayOf("integer", rows.stream().map(row -> people.get(row.getValue().person())).toArray()));
            insert.setArray(4, connection.createArrayOf("integer", rows.stream().map(row -> sessions.get(SessionName.of(row.getValue()))).toArray()));
            insert.setArray(5, texts(connection, rows.stream().map(row -> row.getValue().scopeName()).toList()));
            insert.setArray(6, texts(connection, rows.stream().map(row -> row.getValue().scopeVersion()).toList()));
            insert.setArray(7, texts(connection, rows.stream().map(row -> Storable.json(row.getValue().resource())).toList()));
            insert.setArray(8, texts(connection, rows.stream().map(row -> Storable.json(row.getValue().common())).toList()));
            try (var found = insert.executeQuery()) {
                while (found.next()) {
                    numbers.put(found.getObject("hash", UUID.class), found.getInt("origin_key"));
                }
            }
        }
        storable.forEach((sent, stored) -> newOrigins.put(sent, new Placed(required(numbers, hash(stored)),
                required(people, stored.person()), sessions.getOrDefault(SessionName.of(stored), 0), stored, stored != sent)));
    }

    private static Map<String, Integer> addPeople(Connection connection, Map<Origin, Origin> storable, Map<Origin, Long> seen) throws SQLException {
        var names = new LinkedHashMap<UUID, String>();
        var first = new HashMap<UUID, Long>();
        storable.forEach((sent, stored) -> {
            var hash = Storable.hash(stored.person());
            names.put(hash, stored.person());
            first.putIfAbsent(hash, required(seen, sent));
        });
        var numbers = new HashMap<String, Integer>();
        try (var insert = connection.prepareStatement(PEOPLE)) {
            insert.setArray(1, texts(connection, names.keySet().stream().map(UUID::toString).toList()));
            insert.setArray(2, texts(connection, List.copyOf(names.values())));
            insert.setArray(3, connection.createArrayOf("bigint", names.keySet().stream().map(first::get).toArray()));
            try (var found = insert.executeQuery()) {
                while (found.next()) {
                    numbers.put(required(names, found.getObject("hash", UUID.class)), found.getInt("person_key"));
                }
            }
        }
        return numbers;
    }

    private Map<SessionName, Integer> addSessions(Connection connection, Map<Origin, Origin> storable, Map<Origin, Long> seen,
            Map<String, Integer> people) throws SQLException {
        var first = new LinkedHashMap<SessionName, Long>();
        storable.forEach((sent, stored) -> {
            if (stored.session() != null) {
                first.putIfAbsent(SessionName.of(stored), required(seen, sent));
            }
        });
        var numbers = new HashMap<SessionName, Integer>();
        if (first.isEmpty()) {
            return numbers;
        }
        var byNumbers = new HashMap<List<Object>, SessionName>();
        var names = List.copyOf(first.keySet());
        names.forEach(name -> byNumbers.put(List.of(required(people, name.person()), Storable.hash(name.session())), name));
        try (var insert = connection.prepareStatement(SESSIONS)) {
            insert.setArray(1, connection.createArrayOf("integer", names.stream().map(name -> people.get(name.person())).toArray()));
            insert.setArray(2, texts(connection, names.stream().map(name -> Storable.hash(name.session()).toString()).toList()));
            insert.setArray(3, texts(connection, names.stream().map(SessionName::session).toList()));
            insert.setArray(4, connection.createArrayOf("bigint", names.stream().map(first::get).toArray()));
            try (var found = insert.executeQuery()) {
                while (found.next()) {
                    int person = found.getInt("person_key");
                    int session = found.getInt("session_key");
                    numbers.put(required(byNumbers, List.<Object>of(person, found.getObject("hash", UUID.class))), session);
                    if (found.getBoolean("added")) {
                        newSessions.add(session);
                        sessionsOfPeople.merge(person, 1L, Long::sum);
                    }
                }
            }
        }
        return numbers;
    }

    private void addKinds(Connection connection, List<Kind> unknown) throws SQLException {
        try (var insert = connection.prepareStatement(KINDS)) {
            insert.setArray(1, texts(connection, unknown.stream().map(kind -> kind.signal().wireName()).toList()));
            insert.setArray(2, texts(connection, unknown.stream().map(Kind::name).toList()));
            insert.setArray(3, connection.createArrayOf("boolean", unknown.stream().map(Kind::stated).toArray()));
            insert.setArray(4, connection.createArrayOf("boolean", unknown.stream().map(Kind::stamped).toArray()));
            try (var found = insert.executeQuery()) {
                while (found.next()) {
                    var kind = new Kind(Signal.valueOf(found.getString("signal").toUpperCase(java.util.Locale.ROOT)),
                            found.getString("name"), found.getBoolean("stated"), found.getBoolean("stamped"));
                    newKinds.put(kind, found.getInt("kind_key"));
                }
            }
        }
    }

    private static java.sql.Array texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /// The same object where nothing had to change, so that memory holds it once.
    private static Origin storable(Origin origin) {
        var storable = Storable.origin(origin);
        return storable.equals(origin) ? origin : storable;
    }

    private static UUID hash(Origin origin) {
        var alone = new Observation(Signal.LOG, "", Instant.EPOCH, origin, Attributes.NONE, Attributes.NONE, Attributes.NONE);
        var session = origin.session();
        return Storable.hash(CanonicalForm.bytes(alone), origin.person().getBytes(StandardCharsets.UTF_8),
                session == null ? new byte[0] : ("=" + session).getBytes(StandardCharsets.UTF_8));
    }

    private static <K, V> V required(Map<K, V> map, K key) {
        var value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("the database did not return a number it was asked for");
        }
        return value;
    }

    /// A session is one person's; an empty text stands for none and is never looked up.
    private record SessionName(String person, String session) {
        static SessionName of(Origin origin) {
            var session = origin.session();
            return new SessionName(origin.person(), session == null ? "" : session);
        }
    }
}
