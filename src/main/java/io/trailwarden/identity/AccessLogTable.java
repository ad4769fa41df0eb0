package io.trailwarden.identity;

import io.trailwarden.event.EventId;
import io.trailwarden.identity.AccessLog.Line;
import io.trailwarden.identity.AccessLog.Query;
import io.trailwarden.identity.AccessLog.Read;
import io.trailwarden.identity.AccessLog.What;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The table of the access log, over one connection; see its migrations.
final class AccessLogTable {

    private static final String INSERT = """
            insert into access_log (at, who, what, address, detail, person, event_id, attribute, reason)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SELECT = """
            select id, at, who, what, address, detail, person, event_id, attribute, reason from access_log
            """;

    private static final String COUNT = "select count(*) from access_log";

    private static final String NAMES = """
            with recursive name as (
              (select left(who, 200) as who from access_log order by left(who, 200) limit 1)
              union all
              select (select left(l.who, 200) from access_log l where left(l.who, 200) > name.who order by left(l.who, 200) limit 1)
              from name where name.who is not null)
            select who from name where who is not null limit 200
            """;

    private final Connection connection;

    AccessLogTable(Connection connection) {
        this.connection = connection;
    }

    /// Writes one line in the transaction of `connection`.
    ///
    /// @param address of the client, empty for what the program did itself
    static void write(Connection connection, Instant at, String who, What what, String address, String detail)
            throws SQLException {
        new AccessLogTable(connection).insert(at, who, what, address, detail, null, null);
    }

    void insert(Instant at, String who, What what, String address, String detail, @Nullable String reason, @Nullable Read read)
            throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            statement.setString(2, who);
            statement.setString(3, what.wireName());
            statement.setString(4, address);
            statement.setString(5, storable(detail));
            statement.setString(6, read == null ? null : storable(read.person()));
            statement.setObject(7, read == null ? null : read.event().value());
            statement.setString(8, read == null ? null : storable(read.attribute()));
            statement.setString(9, reason == null ? null : storable(reason));
            statement.executeUpdate();
        }
    }

    List<Line> find(Query query) throws SQLException {
        try (var statement = connection.prepareStatement(SELECT + where(query)
                + (query.after() == null ? "" : " and (at, id) < (?, ?)") + " order by at desc, id desc limit ?")) {
            int next = bind(statement, query);
            if (query.after() != null) {
                statement.setObject(next++, query.after().at().atOffset(ZoneOffset.UTC));
                statement.setLong(next++, query.after().id());
            }
            statement.setInt(next, query.limit());
            try (var rows = statement.executeQuery()) {
                var lines = new ArrayList<Line>();
                while (rows.next()) {
                    lines.add(line(rows));
                }
                return lines;
            }
        }
    }

    long count(Query query) throws SQLException {
        try (var statement = connection.prepareStatement(COUNT + where(query))) {
            bind(statement, query);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    List<String> names() throws SQLException {
        try (var statement = connection.prepareStatement(NAMES); var rows = statement.executeQuery()) {
            var names = new ArrayList<String>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /// Fixed pieces only: every value is a parameter, bound by [#bind] in the same order.
    private static String where(Query query) {
        return " where true" + (query.what().isEmpty() ? "" : " and what = any(?)")
                + (query.who() == null ? "" : " and left(who, 200) = left(?, 200) and who = ?")
                + (query.whose() == null ? "" : " and left(person, 200) = left(?, 200) and person = ?")
                + (query.from() == null ? "" : " and at >= ?")
                + (query.to() == null ? "" : " and at < ?");
    }

    private int bind(PreparedStatement statement, Query query) throws SQLException {
        int next = 1;
        if (!query.what().isEmpty()) {
            statement.setArray(next++, connection.createArrayOf("text", query.what().stream().map(What::wireName).toArray()));
        }
        next = bindTwice(statement, next, query.who());
        next = bindTwice(statement, next, query.whose());
        if (query.from() != null) {
            statement.setObject(next++, query.from().atOffset(ZoneOffset.UTC));
        }
        if (query.to() != null) {
            statement.setObject(next++, query.to().atOffset(ZoneOffset.UTC));
        }
        return next;
    }

    private static int bindTwice(PreparedStatement statement, int next, @Nullable String name) throws SQLException {
        if (name == null) {
            return next;
        }
        statement.setString(next, storable(name));
        statement.setString(next + 1, storable(name));
        return next + 2;
    }

    private static Line line(ResultSet row) throws SQLException {
        var wire = row.getString("what");
        var event = row.getObject("event_id", UUID.class);
        var read = event == null ? null
                : new Read(row.getString("person"), new EventId(event), row.getString("attribute"));
        return new Line(row.getLong("id"), row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("who"),
                known(wire), wire, row.getString("address"), row.getString("detail"), row.getString("reason"), read);
    }

    private static @Nullable What known(String wire) {
        return Stream.of(What.values()).filter(what -> what.wireName().equals(wire)).findFirst().orElse(null);
    }

    /// PostgreSQL holds neither NUL nor half a character; the trail writes both the same way.
    private static String storable(String text) {
        var storable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> storable.appendCodePoint(c == 0 ? 0x2400 : c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return storable.toString();
    }
}
