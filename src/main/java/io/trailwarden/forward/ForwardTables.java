package io.trailwarden.forward;

import io.trailwarden.forward.Forwarding.Books;
import io.trailwarden.forward.Forwarding.DeadLetter;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.AccessLog.Deed;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What is kept about destinations: how far each is, what it refused, who paused it.
final class ForwardTables {

    private static final int MOST_PERSON = 200;

    private static final String BEGIN = """
            insert into forward_cursor (destination, source, start_position, position, begun_at, moved_at)
            values (?, ?, ?, ?, ?, ?)
            on conflict on constraint forward_cursor_pk do nothing
            """;

    private static final String BOOKS = """
            select destination, source, position, accepted, refused, left_out, gone, accepted_at
            from forward_cursor
            where ?::text is null or destination = ? and source = ?
            order by destination, source
            """;

    private static final String MOVE = """
            update forward_cursor
               set position = ?, accepted = ?, refused = ?, left_out = ?, gone = ?, accepted_at = ?, moved_at = ?
             where destination = ? and source = ? and position = ?
            """;

    private static final String KEEP = """
            insert into forward_dead_letter (destination, source, position, item, name, person, reason, at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict on constraint forward_dead_letter_item_key do update set reason = excluded.reason, at = excluded.at, state = 'kept'
            """;

    private static final String DEAD = """
            select id, destination, source, position, item, name, person, reason, at, state, retried_by, retried_at
            from forward_dead_letter
            where state <> 'delivered'
            order by at desc, id desc
            limit ?
            """;

    private static final String AGAIN = """
            select id, destination, source, position, item, name, person, reason, at, state, retried_by, retried_at
            from forward_dead_letter
            where state = 'again' and destination = ?
            order by source, position
            limit ?
            """;

    private static final String COUNT_DEAD = "select count(*) from forward_dead_letter where state <> 'delivered'";

    private static final String RETRY = """
            update forward_dead_letter set state = 'again', retried_by = ?, retried_at = ?
            where state = 'kept' and id = any (?)
            returning destination
            """;

    private static final String SETTLE = "update forward_dead_letter set state = ?, reason = ?, at = ? where id = ?";

    private static final String PAUSE = """
            insert into forward_pause (destination, by, at) values (?, ?, ?)
            on conflict on constraint forward_pause_pk do nothing
            """;

    private final DataSource database;

    ForwardTables(DataSource database) {
        this.database = database;
    }

    /// How far `destination` is in `source`; it begins after `start` when it never did.
    Books begin(String destination, String source, long start, Instant now) {
        return work("begin forwarding", connection -> {
            try (var insert = connection.prepareStatement(BEGIN)) {
                insert.setString(1, destination);
                insert.setString(2, source);
                insert.setLong(3, start);
                insert.setLong(4, start);
                insert.setObject(5, utc(now));
                insert.setObject(6, utc(now));
                insert.executeUpdate();
            }
            return books(connection, destination, source).getFirst();
        });
    }

    /// How far `destination` is in `source`, if it ever began.
    Optional<Books> books(String destination, String source) {
        return work("read how far forwarding is", connection -> books(connection, destination, source).stream().findFirst());
    }

    /// How far everybody is, those included who are no longer configured.
    List<Books> books() {
        return work("read how far forwarding is", connection -> books(connection, null, null));
    }

    private static List<Books> books(Connection connection, @Nullable String destination, @Nullable String source) throws SQLException {
        try (var query = connection.prepareStatement(BOOKS)) {
            query.setString(1, destination);
            query.setString(2, destination);
            query.setString(3, source);
            try (var rows = query.executeQuery()) {
                var books = new ArrayList<Books>();
                while (rows.next()) {
                    books.add(new Books(rows.getString("destination"), rows.getString("source"), rows.getLong("position"), rows.getLong("accepted"),
                            rows.getLong("refused"), rows.getLong("left_out"), rows.getLong("gone"), instant(rows, "accepted_at")));
                }
                return books;
            }
        }
    }

    /// Moves on from `before` to `after`.
    ///
    /// @param dead what was refused at the place that `after` ends at; null when nothing was
    /// @throws ForwardingUnavailable also when another process moved on meanwhile; nothing is changed then
    void move(Books before, Books after, @Nullable Refusal dead, Instant now) {
        whole("note how far forwarding is", connection -> {
            if (dead != null) {
                keep(connection, after, dead, now);
            }
            move(connection, before, after, now);
            return after;
        });
    }

    private static void move(Connection connection, Books before, Books after, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(MOVE)) {
            update.setLong(1, after.position());
            update.setLong(2, after.accepted());
            update.setLong(3, after.refused());
            update.setLong(4, after.leftOut());
            update.setLong(5, after.gone());
            update.setObject(6, after.acceptedAt() == null ? null : utc(after.acceptedAt()));
            update.setObject(7, utc(now));
            update.setString(8, after.destination());
            update.setString(9, after.source());
            update.setLong(10, before.position());
            if (update.executeUpdate() != 1) {
                throw new SQLException("another process forwards to " + after.destination() + "; beginning again from where it is", "40001");
            }
        }
    }

    /// An item that was refused.
    record Refusal(Item item, String reason) {
    }

    private static void keep(Connection connection, Books at, Refusal dead, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(KEEP)) {
            insert.setString(1, at.destination());
            insert.setString(2, at.source());
            insert.setLong(3, dead.item().position());
            insert.setObject(4, dead.item().id());
            insert.setString(5, dead.item().name());
            insert.setString(6, storable(dead.item().person()));
            insert.setString(7, dead.reason());
            insert.setObject(8, utc(now));
            insert.executeUpdate();
        }
    }

    /// Persons come from the database, but a name that is cut may end in half a character.
    private static String storable(String person) {
        int end = Math.min(person.length(), MOST_PERSON);
        return person.substring(0, end > 0 && Character.isHighSurrogate(person.charAt(end - 1)) ? end - 1 : end);
    }

    /// What is still refused, newest first.
    List<DeadLetter> dead(int limit) {
        return work("list dead letters", connection -> {
            try (var query = connection.prepareStatement(DEAD)) {
                query.setInt(1, limit);
                return letters(query);
            }
        });
    }

    long countDead() {
        return work("count dead letters", connection -> {
            try (var query = connection.prepareStatement(COUNT_DEAD); var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    /// What somebody asked to try once more, in order.
    List<DeadLetter> again(String destination, int limit) {
        return work("list dead letters", connection -> {
            try (var query = connection.prepareStatement(AGAIN)) {
                query.setString(1, destination);
                query.setInt(2, limit);
                return letters(query);
            }
        });
    }

    private static List<DeadLetter> letters(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            var letters = new ArrayList<DeadLetter>();
            while (rows.next()) {
                letters.add(new DeadLetter(rows.getLong("id"), rows.getString("destination"), rows.getString("source"), rows.getLong("position"),
                        rows.getObject("item", UUID.class), rows.getString("name"), rows.getString("person"), rows.getString("reason"),
                        time(rows, "at"), rows.getString("state").equals("again"), rows.getString("retried_by")));
            }
            return letters;
        }
    }

    /// Marks dead letters to be tried once more, and says so in the access log.
    ///
    /// @return the destinations that they are for
    Set<String> retry(List<Long> letters, String by, Instant now) {
        return whole("retry dead letters", connection -> {
            var marked = new TreeMap<String, Integer>();
            mark(connection, letters, by, now).forEach(destination -> marked.merge(destination, 1, Integer::sum));
            for (var each : marked.entrySet()) {
                var items = each.getValue() == 1 ? "1 item" : each.getValue() + " items";
                AccessLog.write(connection, new Deed(now, by, What.FORWARDING_RETRIED, each.getKey() + ", " + items, null));
            }
            return marked.keySet();
        });
    }

    private static List<String> mark(Connection connection, List<Long> letters, String by, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(RETRY)) {
            update.setString(1, by);
            update.setObject(2, utc(now));
            update.setArray(3, connection.createArrayOf("bigint", letters.toArray()));
            try (var rows = update.executeQuery()) {
                var destinations = new ArrayList<String>();
                while (rows.next()) {
                    destinations.add(rows.getString(1));
                }
                return destinations;
            }
        }
    }

    /// What became of trying once more.
    void settle(long letter, boolean delivered, String reason, Instant now) {
        work("note what became of a dead letter", connection -> {
            try (var update = connection.prepareStatement(SETTLE)) {
                update.setString(1, delivered ? "delivered" : "kept");
                update.setString(2, reason);
                update.setObject(3, utc(now));
                update.setLong(4, letter);
                return update.executeUpdate();
            }
        });
    }

    /// Who paused `destination`; null when nobody did.
    @Nullable Pause paused(String destination) {
        return work("read who paused forwarding", connection -> {
            try (var query = connection.prepareStatement("select by, at from forward_pause where destination = ?")) {
                query.setString(1, destination);
                try (var rows = query.executeQuery()) {
                    return Optional.ofNullable(rows.next() ? new Pause(rows.getString("by"), time(rows, "at")) : null);
                }
            }
        }).orElse(null);
    }

    /// Who stopped it, and when.
    record Pause(String by, Instant at) {
    }

    /// Keeps who paused `destination`, here and in the access log; nothing when somebody did before.
    void pause(String destination, String by, Instant now) {
        whole("pause forwarding", connection -> {
            try (var insert = connection.prepareStatement(PAUSE)) {
                insert.setString(1, destination);
                insert.setString(2, by);
                insert.setObject(3, utc(now));
                if (insert.executeUpdate() == 1) {
                    AccessLog.write(connection, new Deed(now, by, What.FORWARDING_PAUSED, destination, null));
                }
                return destination;
            }
        });
    }

    /// Forgets who paused `destination`, and says in the access log who wants it to go on, paused or not.
    void resume(String destination, String by, Instant now) {
        whole("resume forwarding", connection -> {
            try (var delete = connection.prepareStatement("delete from forward_pause where destination = ?")) {
                delete.setString(1, destination);
                delete.executeUpdate();
                AccessLog.write(connection, new Deed(now, by, What.FORWARDING_RESUMED, destination, null));
                return destination;
            }
        });
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private <T> T work(String what, Work<T> work) {
        try (var connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException trouble) {
            throw new ForwardingUnavailable("cannot " + what + ": the database answers " + trouble.getSQLState(), trouble);
        }
    }

    /// As [#work], in one transaction: all of it is done, or nothing.
    private <T> T whole(String what, Work<T> work) {
        return work(what, connection -> {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                var result = work.on(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        });
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
