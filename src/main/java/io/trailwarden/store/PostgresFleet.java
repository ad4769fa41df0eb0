package io.trailwarden.store;

import io.trailwarden.store.Trail.Page;
import io.trailwarden.store.Trail.Person;
import io.trailwarden.store.Trail.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The fleet in PostgreSQL. Pages go on after the last row of the one before, by index, so that the thousandth costs what
/// the first does; a filter that fits few people walks the same index and leaves out the others. What clients say about
/// their settings is what the inventory counted, `person_state`.
@ApplicationScoped
class PostgresFleet implements Fleet {

    private static final String COLUMNS = "select name, first_seen, last_seen, sessions, events, mode, client_version, person_key, lower(left(name, 200)) as sort_name from person ";

    private static final String WHERE = """
            where (?::text is null or mode = ?) and (?::text[] is null or coalesce(client_version, '') = any(?::text[]))
              and last_day >= ? and last_seen >= ? and last_seen < ?
              and (?::text is null or name ilike ?) and (?::uuid[] is null or hash = any(?::uuid[]))
              and (?::text is null or coalesce((select case when managed then 'IN_FORCE' when not managed then 'NOT_AT_ALL' end
                from person_state s where s.person_key = person.person_key), 'NOT_TOLD') = ?)
              and (?::text is null or coalesce((select upper(s.details_sent) from person_state s where s.person_key = person.person_key), 'NOT_TOLD') = ?)
            """;

    private static final String BY_LAST_SEEN = COLUMNS + WHERE + """
              and last_day <= ? and (last_seen, person_key) < (?, ?)
            order by last_day desc, last_seen desc, person_key desc limit ?
            """;

    private static final String BY_NAME = COLUMNS + WHERE + """
              and (lower(left(name, 200)) collate "C", person_key) > (?, ?)
            order by lower(left(name, 200)) collate "C", person_key limit ?
            """;

    private static final String COUNT = "select count(*) from person " + WHERE;

    private static final String BEGINNING = COLUMNS + """
            where lower(left(name, 200)) collate "C" >= ? and lower(left(name, 200)) collate "C" < ?
            order by lower(left(name, 200)) collate "C", person_key limit ?
            """;

    private static final String SESSIONS = """
            select s.id, p.name as person, s.first_seen, s.last_seen, s.mode, s.client_version, s.organization, s.terminal, s.events
            from session s join person p using (person_key)
            where s.hash = ? order by s.last_seen desc limit ?
            """;

    private static final Instant BEFORE_ALL = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("9999-12-31T00:00:00Z");

    private final DataSource database;

    @Inject
    PostgresFleet(DataSource database) {
        this.database = database;
    }

    @Override
    public Page<Person> people(PeopleQuery query, int limit, @Nullable String cursor) {
        return switch (query.order()) {
            case LAST_SEEN -> ask("list people", BY_LAST_SEEN, statement -> {
                int next = bind(statement, query);
                var after = cursor == null ? Cursor.of(AFTER_ALL, Long.MAX_VALUE) : Cursor.parse(cursor);
                statement.setObject(next++, LocalDate.ofInstant(after.time(), ZoneOffset.UTC));
                statement.setObject(next++, after.time().atOffset(ZoneOffset.UTC));
                statement.setLong(next++, after.number());
                statement.setInt(next, limit + 1);
            }, rows -> page(rows, limit, row -> Cursor.of(time(row, "last_seen"), row.getLong("person_key")).text()));
            case NAME -> ask("list people by name", BY_NAME, statement -> {
                int next = bind(statement, query);
                var after = cursor == null ? new Name("", -1) : Name.parse(cursor);
                statement.setString(next++, after.name());
                statement.setLong(next++, after.key());
                statement.setInt(next, limit + 1);
            }, rows -> page(rows, limit, row -> Name.of(row).text()));
        };
    }

    /// Where a page by name ended.
    private record Name(String name, long key) {

        static Name of(ResultSet row) throws SQLException {
            return new Name(row.getString("sort_name"), row.getLong("person_key"));
        }

        static Name parse(String cursor) {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int end = text.indexOf(':');
            return new Name(text.substring(end + 1), Long.parseLong(text.substring(0, end)));
        }

        String text() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString((key + ":" + name).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public long count(PeopleQuery query) {
        return ask("count people", COUNT, statement -> bind(statement, query), rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    @Override
    public List<Person> beginning(String beginning, int limit) {
        var from = Storable.text(beginning).toLowerCase(Locale.ROOT);
        return ask("find people by name", BEGINNING, statement -> {
            statement.setString(1, from);
            statement.setString(2, from + Character.toString(Character.MAX_CODE_POINT));
            statement.setInt(3, limit);
        }, rows -> page(rows, limit, _ -> "").items());
    }

    @Override
    public List<Session> sessions(String id, int limit) {
        return ask("find sessions", SESSIONS, statement -> {
            statement.setObject(1, Storable.hash(Storable.text(id)));
            statement.setInt(2, limit);
        }, rows -> {
            var sessions = new ArrayList<Session>();
            while (rows.next()) {
                sessions.add(new Session(rows.getString("id"), rows.getString("person"), time(rows, "first_seen"), time(rows, "last_seen"),
                        rows.getString("mode"), rows.getString("client_version"), rows.getString("organization"), rows.getString("terminal"),
                        rows.getLong("events")));
            }
            return List.copyOf(sessions);
        });
    }

    /// Binds what [#WHERE] asks for.
    ///
    /// @return number of the next parameter
    private static int bind(PreparedStatement statement, PeopleQuery query) throws SQLException {
        var connection = statement.getConnection();
        var since = query.since() == null ? BEFORE_ALL : query.since();
        var clients = texts(connection, query.clients());
        var hashes = query.names() == null ? null
                : connection.createArrayOf("uuid", query.names().stream().map(name -> Storable.hash(Storable.text(name))).toArray());
        var text = query.text() == null ? null : "%" + literal(Storable.text(query.text())) + "%";
        var mode = Storable.orNull(query.mode());
        int next = 1;
        statement.setString(next++, mode);
        statement.setString(next++, mode);
        statement.setArray(next++, clients);
        statement.setArray(next++, clients);
        statement.setObject(next++, LocalDate.ofInstant(since, ZoneOffset.UTC));
        statement.setObject(next++, since.atOffset(ZoneOffset.UTC));
        statement.setObject(next++, (query.until() == null ? AFTER_ALL : query.until()).atOffset(ZoneOffset.UTC));
        statement.setString(next++, text);
        statement.setString(next++, text);
        statement.setArray(next++, hashes);
        statement.setArray(next++, hashes);
        statement.setString(next++, query.managed() == null ? null : query.managed().name());
        statement.setString(next++, query.managed() == null ? null : query.managed().name());
        statement.setString(next++, query.details() == null ? null : query.details().name());
        statement.setString(next++, query.details() == null ? null : query.details().name());
        return next;
    }

    private static java.sql.@Nullable Array texts(Connection connection, @Nullable Set<String> texts) throws SQLException {
        return texts == null ? null : connection.createArrayOf("text", texts.stream().map(Storable::text).toArray());
    }

    /// `text` without meaning to `like`.
    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private static Page<Person> page(ResultSet rows, int limit, Reading<String> cursor) throws SQLException {
        var people = new ArrayList<Person>();
        String next = null;
        var last = "";
        while (rows.next()) {
            if (people.size() == limit) {
                next = last;
                break;
            }
            people.add(new Person(rows.getString("name"), time(rows, "first_seen"), time(rows, "last_seen"), rows.getLong("sessions"),
                    rows.getLong("events"), rows.getString("mode"), rows.getString("client_version")));
            last = cursor.read(rows);
        }
        return new Page<>(people, next);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, java.time.OffsetDateTime.class).toInstant();
    }

    private <T> T ask(String what, String sql, Binding binding, Reading<T> reading) {
        try (var connection = database.getConnection(); var statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            try (var rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        } catch (SQLException e) {
            throw new TrailUnavailable("cannot " + what, e);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
