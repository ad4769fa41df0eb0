package io.trailwarden.store;

import io.trailwarden.event.Signal;
import io.trailwarden.store.Trail.EventQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One search of the trail, newest first, a page at a time.
///
/// Walks back from the newest day in windows of 2, 4, 8, ... days until the page is full, so that a trail of years
/// opens the partitions it needs and no others. Windows are stretches of the client's time; the partition of clocks
/// out of range, which has any time, takes part in each. Within a window a person's trail is read in order from the
/// index on person and time; everyone's from the ids, which sort by time to the millisecond.
final class EventSearch {

    private static final int FIRST_WINDOW = 2;

    /// Times that PostgreSQL can hold and no client sends.
    private static final Instant BEFORE_ALL = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("+100000-01-01T00:00:00Z");

    private static final String KINDS = """
            select kind_key from kind where (?::text is null or name = ?) and signal = any(?)
            """;

    private static final String PERSON = """
            select person_key, null::integer as session_key, first_seen, last_seen from person where hash = ?
            """;

    private static final String SESSION = """
            select s.person_key, s.session_key, s.first_seen, s.last_seen
            from session s join person p using (person_key)
            where s.hash = ? and (?::uuid is null or p.hash = ?)
            """;

    private static final String EVERYONE = """
            select null::integer as person_key, null::integer as session_key, min(day)::timestamp at time zone 'UTC' as first_seen,
              greatest(max(day)::timestamp at time zone 'UTC', now()) as last_seen
            from event_day
            """;

    private final Connection connection;
    private final Dictionary dictionary;
    private final EventQuery query;
    private final @Nullable Cursor cursor;
    private final Integer @Nullable [] kinds;

    EventSearch(Connection connection, Dictionary dictionary, EventQuery query) throws SQLException {
        this.connection = connection;
        this.dictionary = dictionary;
        this.query = query;
        cursor = query.cursor() == null ? null : Cursor.parse(query.cursor());
        kinds = query.name() == null && query.signals().isEmpty() ? null : kinds();
    }

    /// Whose trail, and when it began and ended so far.
    ///
    /// @param person 0 for everyone
    /// @param session 0 for all
    private record Subject(int person, int session, LocalDate first, LocalDate last) {
    }

    /// A stretch of time and the days that hold it.
    ///
    /// @param from inclusive
    /// @param to exclusive
    private record Window(Instant from, Instant to, LocalDate firstDay, LocalDate lastDay) {
    }

    Trail.Page<StoredEvent> page() throws SQLException {
        var found = new ArrayList<StoredEvent>();
        var subjects = subjects();
        if (kinds == null || kinds.length > 0) {
            for (var subject : subjects) {
                search(subject, found);
            }
        }
        if (subjects.size() > 1) {
            found.sort(java.util.Comparator.<StoredEvent, Instant>comparing(event -> micros(event)).thenComparing(StoredEvent::position).reversed());
        }
        if (found.size() <= query.limit()) {
            return new Trail.Page<>(found, null);
        }
        var last = found.get(query.limit() - 1);
        return new Trail.Page<>(found.subList(0, query.limit()), Cursor.of(last.event().time(), last.position()).text());
    }

    /// Adds up to one more than a page of what `subject` sent.
    private void search(Subject subject, List<StoredEvent> found) throws SQLException {
        var from = query.from() == null ? BEFORE_ALL : clamped(query.from());
        var to = upper();
        int enough = found.size() + query.limit() + 1;
        var oldest = later(subject.first(), day(from));
        var newest = earlier(subject.last(), day(to));
        for (int days = FIRST_WINDOW; found.size() < enough; days *= 2) {
            var firstDay = newest.minusDays(days - 1L);
            boolean last = !firstDay.isAfter(oldest);
            var window = new Window(last ? from : later(from, firstDay.atStartOfDay().toInstant(ZoneOffset.UTC)), to,
                    last ? oldest : firstDay, newest);
            if (window.from().isBefore(window.to())) {
                found.addAll(search(subject, window, enough - found.size()));
            }
            if (last) {
                return;
            }
            to = earlier(to, window.from());
            newest = firstDay.minusDays(1);
        }
    }

    private List<StoredEvent> search(Subject subject, Window window, int limit) throws SQLException {
        var idFloor = subject.person() == 0 ? millisOfLast(window, limit) : null;
        var sql = sql("select " + EventRow.COLUMNS + " from event", subject,
                (idFloor == null ? "" : " and id >= ?") + " order by event_time desc, position desc limit ?");
        try (var statement = connection.prepareStatement(sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            int next = bind(statement, subject, window);
            if (idFloor != null) {
                statement.setObject(next++, idFloor);
            }
            statement.setInt(next, limit);
            try (var rows = statement.executeQuery()) {
                return dictionary.events(connection, rows);
            }
        }
    }

    /// The lowest id of the millisecond in which the last of `limit` records lies, so that sorting them by microsecond
    /// and position has all it needs and little more. Null when there are fewer.
    private @Nullable UUID millisOfLast(Window window, int limit) throws SQLException {
        var everyone = new Subject(0, 0, window.firstDay(), window.lastDay());
        try (var statement = connection.prepareStatement(sql("select id from event", everyone, " order by id desc offset ? limit 1"))) {
            int next = bind(statement, everyone, window);
            statement.setInt(next, limit - 1);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? new UUID(rows.getObject(1, UUID.class).getMostSignificantBits() & ~0xFFFFL, 0) : null;
            }
        }
    }

    /// Fixed pieces only: every value is a parameter, bound by [#bind] in the same order.
    private String sql(String select, Subject subject, String rest) {
        return select
                + " where event_time >= ? and event_time < ? and (day between ? and ? or day is null)"
                + (subject.person() == 0 ? " and id >= ? and id < ?" : " and person_key = ?")
                + (subject.session() == 0 ? "" : " and session_key = ?")
                + (kinds == null ? "" : " and kind_key = any(?)")
                + (cursor == null ? "" : " and (event_time, position) < (?, ?)")
                + rest;
    }

    private int bind(PreparedStatement statement, Subject subject, Window window) throws SQLException {
        int next = 1;
        statement.setObject(next++, at(window.from()));
        statement.setObject(next++, at(window.to()));
        statement.setObject(next++, window.firstDay());
        statement.setObject(next++, window.lastDay());
        if (subject.person() == 0) {
            statement.setObject(next++, firstIdOf(window.from(), 0));
            statement.setObject(next++, firstIdOf(window.to(), 1));
        } else {
            statement.setInt(next++, subject.person());
        }
        if (subject.session() != 0) {
            statement.setInt(next++, subject.session());
        }
        if (kinds != null) {
            statement.setArray(next++, connection.createArrayOf("integer", kinds));
        }
        if (cursor != null) {
            statement.setObject(next++, at(cursor.time()));
            statement.setLong(next++, cursor.number());
        }
        return next;
    }

    /// The lowest id that a record `millis` milliseconds after that of `time` can have; ids know no time outside 48 bits.
    private static UUID firstIdOf(Instant time, int millis) {
        long at = Math.clamp(time.getEpochSecond(), 0, (1L << 38) - 1) * 1000 + time.getNano() / 1_000_000 + millis;
        return time.isBefore(Instant.EPOCH) ? new UUID(0, 0) : at >= 1L << 48 ? new UUID(-1, -1) : new UUID(at << 16, 0);
    }

    private List<Subject> subjects() throws SQLException {
        var person = query.person() == null ? null : Storable.hash(Storable.text(query.person()));
        var session = query.session() == null ? null : Storable.hash(Storable.text(query.session()));
        try (var statement = connection.prepareStatement(session != null ? SESSION : person != null ? PERSON : EVERYONE)) {
            if (session != null) {
                statement.setObject(1, session);
                statement.setObject(2, person);
                statement.setObject(3, person);
            } else if (person != null) {
                statement.setObject(1, person);
            }
            try (var rows = statement.executeQuery()) {
                var subjects = new ArrayList<Subject>();
                while (rows.next()) {
                    subjects.add(subject(rows));
                }
                return subjects;
            }
        }
    }

    private static Subject subject(ResultSet row) throws SQLException {
        var last = row.getObject("last_seen", OffsetDateTime.class).toInstant();
        var first = row.getObject("first_seen", OffsetDateTime.class);
        return new Subject(row.getInt("person_key"), row.getInt("session_key"), first == null ? day(last) : day(first.toInstant()), day(last));
    }

    private Integer[] kinds() throws SQLException {
        var signals = query.signals().isEmpty() ? List.of(Signal.values()) : query.signals();
        try (var statement = connection.prepareStatement(KINDS)) {
            statement.setString(1, Storable.orNull(query.name()));
            statement.setString(2, Storable.orNull(query.name()));
            statement.setArray(3, connection.createArrayOf("text", signals.stream().map(Signal::wireName).toArray()));
            try (var rows = statement.executeQuery()) {
                var keys = new ArrayList<Integer>();
                while (rows.next()) {
                    keys.add(rows.getInt(1));
                }
                return keys.toArray(Integer[]::new);
            }
        }
    }

    /// Nothing newer is asked for: the query's bound, or what comes just after the cursor's record.
    private Instant upper() {
        var to = query.to() == null ? AFTER_ALL : clamped(query.to());
        return cursor == null ? to : earlier(to, clamped(cursor.time()).plusNanos(1000));
    }

    private static Instant micros(StoredEvent event) {
        return event.event().time().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    private static Instant clamped(Instant time) {
        return later(BEFORE_ALL, earlier(AFTER_ALL, time));
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static <T extends Comparable<? super T>> T later(T one, T other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static <T extends Comparable<? super T>> T earlier(T one, T other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
