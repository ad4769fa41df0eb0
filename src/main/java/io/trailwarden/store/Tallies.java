package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What one batch changes about sessions and people, gathered so that each is updated once, and the permission mode of
/// each session along the way. For the loader's thread.
final class Tallies {

    private static final String MODES = """
            select session_key, mode, mode_from, mode_prompt from session where session_key = any(?)
            """;

    /// Ordered, so that nobody can deadlock with it.
    private static final String SESSIONS = """
            update session s
            set first_seen = least(s.first_seen, to_timestamp(u.first_seen / 1e6)),
                last_seen = greatest(s.last_seen, to_timestamp(u.last_seen / 1e6)),
                last_day = (greatest(s.last_seen, to_timestamp(u.last_seen / 1e6)) at time zone 'UTC')::date,
                events = s.events + u.events,
                mode = u.mode,
                mode_from = u.mode_from,
                mode_prompt = u.mode_prompt,
                client_version = coalesce(u.client_version, s.client_version),
                organization = coalesce(u.organization, s.organization),
                terminal = coalesce(u.terminal, s.terminal)
            from unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
              as u (session_key, first_seen, last_seen, events, mode, mode_from, mode_prompt, client_version, organization, terminal)
            where s.session_key = u.session_key
            """;

    private static final String PEOPLE = """
            update person p
            set first_seen = least(p.first_seen, to_timestamp(u.first_seen / 1e6)),
                last_seen = greatest(p.last_seen, to_timestamp(u.last_seen / 1e6)),
                last_day = (greatest(p.last_seen, to_timestamp(u.last_seen / 1e6)) at time zone 'UTC')::date,
                sessions = p.sessions + u.sessions,
                events = p.events + u.events,
                mode = coalesce(u.mode, p.mode),
                client_version = coalesce(u.client_version, p.client_version)
            from unnest(?::integer[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
              as u (person_key, first_seen, last_seen, sessions, events, mode, client_version)
            where p.person_key = u.person_key
            """;

    private final Lru<Integer, ModeTracker> modes;
    private final Map<Integer, Tally> sessions = new LinkedHashMap<>();
    private final Map<Integer, Tally> people = new LinkedHashMap<>();

    /// @param remembered sessions whose mode is remembered between batches
    Tallies(int remembered) {
        modes = new Lru<>(remembered);
    }

    /// Somebody else may have changed sessions: asks the database again.
    void forget() {
        modes.clear();
    }

    /// Begins a batch that touches `touched` sessions; those in `added` are new.
    void begin(Connection connection, Collection<Integer> touched, java.util.function.IntPredicate added) throws SQLException {
        sessions.clear();
        people.clear();
        var unknown = new ArrayList<Integer>();
        for (int session : touched) {
            var tracker = added.test(session) ? ModeTracker.UNKNOWN : modes.get(session);
            if (tracker == null) {
                unknown.add(session);
            } else {
                sessions.put(session, new Tally(tracker));
            }
        }
        if (!unknown.isEmpty()) {
            ask(connection, unknown);
        }
    }

    private void ask(Connection connection, List<Integer> unknown) throws SQLException {
        try (var query = connection.prepareStatement(MODES)) {
            query.setArray(1, connection.createArrayOf("integer", unknown.toArray()));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    sessions.put(found.getInt("session_key"), new Tally(new ModeTracker(found.getString("mode"),
                            found.getString("mode_from"), found.getString("mode_prompt"))));
                }
            }
        }
    }

    /// Takes `event` into account.
    ///
    /// @return the effective mode of its session afterwards, null when unknown
    @Nullable String add(Dimensions.Placed placed, AuditEvent event, long seenAt) {
        var person = people.computeIfAbsent(placed.person(), _ -> new Tally(ModeTracker.UNKNOWN));
        person.add(placed.stored(), event, seenAt);
        if (placed.session() == 0) {
            return null;
        }
        var session = sessions.get(placed.session());
        if (session == null) {
            throw new IllegalStateException("a session was not announced before its record is stored");
        }
        session.add(placed.stored(), event, seenAt);
        // Spans and metrics arrive late and out of turn: only the log tells the mode.
        if (event.signal() == Signal.LOG) {
            session.tracker = session.tracker.observe(event).after();
        }
        if (session.tracker.mode() != null) {
            person.tracker = session.tracker;
        }
        return session.tracker.mode();
    }

    /// Writes it all down.
    ///
    /// @param added how many sessions each person got
    void write(Connection connection, Map<Integer, Long> added) throws SQLException {
        if (!sessions.isEmpty()) {
            writeSessions(connection);
        }
        if (!people.isEmpty()) {
            writePeople(connection, added);
        }
    }

    /// The transaction is committed.
    void committed() {
        sessions.forEach((session, tally) -> modes.put(session, tally.tracker));
        sessions.clear();
        people.clear();
    }

    private void writeSessions(Connection connection) throws SQLException {
        var rows = sessions.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        var tallies = rows.stream().map(Map.Entry::getValue).toList();
        try (var update = connection.prepareStatement(SESSIONS)) {
            update.setArray(1, connection.createArrayOf("integer", rows.stream().map(Map.Entry::getKey).toArray()));
            update.setArray(2, array(connection, "bigint", tallies, tally -> tally.first));
            update.setArray(3, array(connection, "bigint", tallies, tally -> tally.last));
            update.setArray(4, array(connection, "bigint", tallies, tally -> tally.logs));
            update.setArray(5, array(connection, "text", tallies, tally -> Storable.orNull(tally.tracker.mode())));
            update.setArray(6, array(connection, "text", tallies, tally -> Storable.orNull(tally.tracker.from())));
            update.setArray(7, array(connection, "text", tallies, tally -> Storable.orNull(tally.tracker.prompt())));
            update.setArray(8, array(connection, "text", tallies, tally -> tally.clientVersion));
            update.setArray(9, array(connection, "text", tallies, tally -> tally.organization));
            update.setArray(10, array(connection, "text", tallies, tally -> tally.terminal));
            update.executeUpdate();
        }
    }

    private void writePeople(Connection connection, Map<Integer, Long> added) throws SQLException {
        var rows = people.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        var tallies = rows.stream().map(Map.Entry::getValue).toList();
        try (var update = connection.prepareStatement(PEOPLE)) {
            update.setArray(1, connection.createArrayOf("integer", rows.stream().map(Map.Entry::getKey).toArray()));
            update.setArray(2, array(connection, "bigint", tallies, tally -> tally.first));
            update.setArray(3, array(connection, "bigint", tallies, tally -> tally.last));
            update.setArray(4, connection.createArrayOf("bigint", rows.stream().map(row -> added.getOrDefault(row.getKey(), 0L)).toArray()));
            update.setArray(5, array(connection, "bigint", tallies, tally -> tally.logs));
            update.setArray(6, array(connection, "text", tallies, tally -> Storable.orNull(tally.tracker.mode())));
            update.setArray(7, array(connection, "text", tallies, tally -> tally.clientVersion));
            update.executeUpdate();
        }
    }

    private static java.sql.Array array(Connection connection, String type, List<Tally> tallies, Function<Tally, @Nullable Object> part) throws SQLException {
        return connection.createArrayOf(type, tallies.stream().map(part).toArray());
    }

    /// One session's or person's share of a batch.
    private static final class Tally {

        private ModeTracker tracker;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long logs;
        private @Nullable Origin origin;
        private @Nullable String clientVersion;
        private @Nullable String organization;
        private @Nullable String terminal;

        Tally(ModeTracker tracker) {
            this.tracker = tracker;
        }

        void add(Origin stored, AuditEvent event, long seenAt) {
            first = Math.min(first, seenAt);
            last = Math.max(last, seenAt);
            logs += event.signal() == Signal.LOG ? 1 : 0;
            if (stored != origin) {
                origin = stored;
                clientVersion = said("service.version", stored, clientVersion);
                organization = said("organization.id", stored, organization);
                terminal = said("terminal.type", stored, terminal);
            }
        }

        /// What `origin` says on its resource, else on its records, else what was said before.
        private static @Nullable String said(String key, Origin origin, @Nullable String before) {
            var text = origin.resource().text(key);
            if (text == null) {
                text = origin.common().text(key);
            }
            return text == null ? before : text;
        }
    }
}
