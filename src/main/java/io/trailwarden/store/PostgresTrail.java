package io.trailwarden.store;

import io.trailwarden.event.EventId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The trail as PostgreSQL keeps it.
@ApplicationScoped
class PostgresTrail implements Trail {

    /// How often a follower looks into the database while memory has nothing new: another process may load too.
    private static final Duration POLL = Duration.ofMillis(250);

    private static final String BY_ID = "select " + EventRow.COLUMNS + """
             from event
            where id = any(?::uuid[]) and (day = any(?::date[]) or day is null)
            order by event_time, position
            """;

    private static final String NEIGHBOURS = "select " + EventRow.COLUMNS + """
             from event
            where (person_key, session_key) = (select e.person_key, e.session_key from event e where e.id = ? and (e.day = ? or e.day is null))
            """;

    private static final String BEFORE = NEIGHBOURS + """
              and (event_time, position) < (?, ?)
            order by event_time desc, position desc limit ?
            """;

    private static final String AFTER = NEIGHBOURS + """
              and (event_time, position) > (?, ?)
            order by event_time, position limit ?
            """;

    private static final String FOLLOWING = "select " + EventRow.COLUMNS + """
             from event
            where position > ? and position <= ? and (day = any(?) or day is null)
            order by position
            """;

    private static final String DAYS_OF = "select day from event_day where first_position <= ? and last_position > ?";

    /// Retention leaves gaps at the old end; who is that far behind goes on at the first record there is.
    private static final String FIRST_AFTER = """
            select least((select min(greatest(first_position, ? + 1)) from event_day where last_position > ?),
                         (select min(position) from event where day is null and position > ?))
            """;

    private static final String SESSIONS = """
            select s.id, p.name as person, s.first_seen, s.last_seen, s.mode, s.client_version, s.organization, s.terminal, s.events, s.session_key
            from session s join person p using (person_key)
            where s.last_day <= ? and (s.last_seen, s.session_key) < (?, ?) and (?::uuid is null or p.hash = ?)
            order by s.last_day desc, s.last_seen desc, s.session_key desc limit ?
            """;

    private static final String PEOPLE = """
            select name, first_seen, last_seen, sessions, events, mode, client_version, person_key
            from person
            where last_day <= ? and (last_seen, person_key) < (?, ?)
            order by last_day desc, last_seen desc, person_key desc limit ?
            """;

    private static final String ONE_PERSON = """
            select name, first_seen, last_seen, sessions, events, mode, client_version from person where hash = ?
            """;

    /// An id has room for times until the year 10889, which no partition is named after and PostgreSQL reads as no date.
    private static final int LAST_YEAR = 9999;

    private final DataSource database;
    private final Tail tail;
    private final Bookkeeper bookkeeper;
    private final Dictionary dictionary = new Dictionary();

    @Inject
    PostgresTrail(DataSource database, Tail tail, Bookkeeper bookkeeper) {
        this.database = database;
        this.tail = tail;
        this.bookkeeper = bookkeeper;
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) {
        return ask("list records", connection -> new EventSearch(connection, dictionary, query).page());
    }

    @Override
    public Optional<StoredEvent> event(EventId id) {
        return events(List.of(id)).stream().findFirst();
    }

    @Override
    public List<StoredEvent> events(List<EventId> ids) {
        return ask("find records by id", connection -> rows(connection, BY_ID, statement -> {
            statement.setArray(1, connection.createArrayOf("text", ids.stream().map(EventId::toString).toArray()));
            statement.setArray(2, connection.createArrayOf("text", ids.stream().map(EventId::day).filter(day -> day.getYear() <= LAST_YEAR)
                    .map(LocalDate::toString).distinct().toArray()));
        }));
    }

    @Override
    public List<StoredEvent> around(EventId id, int before, int after) {
        return event(id).map(middle -> ask("list neighbours of a record", connection -> {
            var around = new ArrayList<>(neighbours(connection, BEFORE, middle, before).reversed());
            around.add(middle);
            around.addAll(neighbours(connection, AFTER, middle, after));
            return List.copyOf(around);
        })).orElse(List.of());
    }

    private List<StoredEvent> neighbours(Connection connection, String sql, StoredEvent middle, int most) throws SQLException {
        return rows(connection, sql, statement -> {
            statement.setObject(1, middle.event().id().value());
            statement.setObject(2, middle.event().id().day());
            statement.setObject(3, middle.event().time().atOffset(ZoneOffset.UTC));
            statement.setLong(4, middle.position());
            statement.setInt(5, most);
        });
    }

    @Override
    public Page<Session> sessions(@Nullable String person, int limit, @Nullable String cursor) {
        var hash = person == null ? null : Storable.hash(Storable.text(person));
        return ask("list sessions", connection -> page(connection, SESSIONS, limit, cursor, statement -> {
            statement.setObject(4, hash);
            statement.setObject(5, hash);
            statement.setInt(6, limit + 1);
        }, PostgresTrail::session, "session_key"));
    }

    @Override
    public Page<Person> people(int limit, @Nullable String cursor) {
        return ask("list people", connection -> page(connection, PEOPLE, limit, cursor, statement -> statement.setInt(4, limit + 1),
                PostgresTrail::person, "person_key"));
    }

    @Override
    public Optional<Person> person(String name) {
        return ask("find a person", connection -> {
            try (var statement = connection.prepareStatement(ONE_PERSON)) {
                statement.setObject(1, Storable.hash(Storable.text(name)));
                try (var found = statement.executeQuery()) {
                    return found.next() ? Optional.of(person(found)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public Books books() {
        return ask("read the books", bookkeeper::books);
    }

    @Override
    public List<StoredEvent> follow(long position, int max, Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (true) {
            var recent = tail.after(position, max);
            if (!recent.isEmpty()) {
                return recent;
            }
            var caughtUp = head() > position ? readAfter(position, max) : List.<StoredEvent>of();
            long left = deadline - System.nanoTime();
            if (!caughtUp.isEmpty() || left <= 0) {
                return caughtUp;
            }
            tail.await(position, Math.min(left, POLL.toNanos()));
        }
    }

    @Override
    public long head() {
        return ask("read the trail's head", connection -> {
            try (var statement = connection.prepareStatement("select position from trail_head"); var found = statement.executeQuery()) {
                return found.next() ? found.getLong(1) : 0L;
            }
        });
    }

    private List<StoredEvent> readAfter(long position, int max) {
        return ask("follow the trail", connection -> {
            var found = readRange(connection, position, max);
            if (found.isEmpty()) {
                long next = firstAfter(connection, position);
                return next > position + max ? readRange(connection, next - 1, max) : found;
            }
            return found;
        });
    }

    private List<StoredEvent> readRange(Connection connection, long position, int max) throws SQLException {
        var days = days(connection, position, position + max);
        return rows(connection, FOLLOWING, statement -> {
            statement.setLong(1, position);
            statement.setLong(2, position + max);
            statement.setArray(3, connection.createArrayOf("date", days.toArray()));
        });
    }

    private static List<LocalDate> days(Connection connection, long position, long to) throws SQLException {
        try (var statement = connection.prepareStatement(DAYS_OF)) {
            statement.setLong(1, to);
            statement.setLong(2, position);
            try (var found = statement.executeQuery()) {
                var days = new ArrayList<LocalDate>();
                while (found.next()) {
                    days.add(found.getObject(1, LocalDate.class));
                }
                return days;
            }
        }
    }

    private static long firstAfter(Connection connection, long position) throws SQLException {
        try (var statement = connection.prepareStatement(FIRST_AFTER)) {
            statement.setLong(1, position);
            statement.setLong(2, position);
            statement.setLong(3, position);
            try (var found = statement.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }
    }

    private List<StoredEvent> rows(Connection connection, String sql, Binding binding) throws SQLException {
        try (var statement = connection.prepareStatement(sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
            binding.bind(statement);
            try (var found = statement.executeQuery()) {
                return dictionary.events(connection, found);
            }
        }
    }

    private static <T> Page<T> page(Connection connection, String sql, int limit, @Nullable String cursor, Binding binding, Reading<T> reading,
            String key) throws SQLException {
        var from = cursor == null ? null : Cursor.parse(cursor);
        try (var statement = connection.prepareStatement(sql)) {
            // Beyond any clock that is believed, and any number given out.
            statement.setObject(1, from == null ? LocalDate.of(9999, 12, 31) : LocalDate.ofInstant(from.time(), ZoneOffset.UTC));
            statement.setObject(2, (from == null ? Instant.parse("9999-12-31T00:00:00Z") : from.time()).atOffset(ZoneOffset.UTC));
            statement.setLong(3, from == null ? Long.MAX_VALUE : from.number());
            binding.bind(statement);
            try (var found = statement.executeQuery()) {
                var items = new ArrayList<T>();
                String next = null;
                var last = Cursor.of(Instant.EPOCH, 0);
                while (found.next()) {
                    if (items.size() == limit) {
                        next = last.text();
                        break;
                    }
                    items.add(reading.read(found));
                    last = Cursor.of(time(found, "last_seen"), found.getLong(key));
                }
                return new Page<>(items, next);
            }
        }
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(row.getString("id"), row.getString("person"), time(row, "first_seen"), time(row, "last_seen"), row.getString("mode"),
                row.getString("client_version"), row.getString("organization"), row.getString("terminal"), row.getLong("events"));
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(row.getString("name"), time(row, "first_seen"), time(row, "last_seen"), row.getLong("sessions"),
                row.getLong("events"), row.getString("mode"), row.getString("client_version"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private <T> T ask(String what, Question<T> question) {
        try (var connection = database.getConnection()) {
            return question.ask(connection);
        } catch (SQLException trouble) {
            throw new TrailUnavailable("cannot " + what + ": the database answers " + trouble.getSQLState(), trouble);
        }
    }

    private interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }
}
