package io.trailwarden.store;

import io.trailwarden.event.EventId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// Commands as PostgreSQL keeps them: within the newest records, through the index on position of the days that hold them.
@ApplicationScoped
class PostgresCommands implements Commands {

    /// Commands may be as long as clients like; whoever types must not keep the database busy with the longest.
    private static final int SECONDS = 2;

    /// The first position that is looked at, and the days that may hold it or later ones: with them as constants, no other
    /// day is opened.
    private static final String NEWEST = """
            select h.position - ? as after, array(select day from event_day where last_position > h.position - ?) as days from trail_head h
            """;

    private static final String FIND = """
            with matching as (
              select distinct on (derived ->> 'command.text') left(derived ->> 'command.text', 300) as command,
                     derived ->> 'command.text' ilike ? as begins, position, id, event_time, person_key, session_key
                from event
               where position > ? and (day = any(?) or day is null)
                 and kind_key = any(array(select kind_key from kind where signal = 'log' and name in ('tool_decision', 'tool_result')))
                 and derived ->> 'command.text' ilike ?
               order by derived ->> 'command.text', position desc
            ), shown as (
              select * from matching order by begins desc, position desc limit ?
            )
            select s.command, (select name from person p where p.person_key = s.person_key) as person,
                   (select id from session where session_key = s.session_key) as session, s.id, s.event_time
              from shown s
             order by s.begins desc, s.position desc
            """;

    private final DataSource database;

    @Inject
    PostgresCommands(DataSource database) {
        this.database = database;
    }

    @Override
    public List<Command> with(String text, int limit) {
        try (var connection = database.getConnection(); var newest = connection.prepareStatement(NEWEST)) {
            newest.setInt(1, RECORDS);
            newest.setInt(2, RECORDS);
            try (var row = newest.executeQuery()) {
                return row.next() ? find(connection, row.getLong("after"), row.getArray("days"), text, limit) : List.of();
            }
        } catch (SQLException e) {
            throw new TrailUnavailable("cannot look through commands", e);
        }
    }

    private static List<Command> find(Connection connection, long after, Array days, String text, int limit) throws SQLException {
        var literal = Storable.text(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        try (var statement = connection.prepareStatement(FIND)) {
            statement.setQueryTimeout(SECONDS);
            statement.setString(1, literal + "%");
            statement.setLong(2, after);
            statement.setArray(3, days);
            statement.setString(4, "%" + literal + "%");
            statement.setInt(5, limit);
            try (var rows = statement.executeQuery()) {
                var commands = new ArrayList<Command>();
                while (rows.next()) {
                    commands.add(command(rows));
                }
                return List.copyOf(commands);
            }
        }
    }

    private static Command command(ResultSet row) throws SQLException {
        return new Command(row.getString("command"), row.getString("person"), row.getString("session"),
                new EventId(row.getObject("id", UUID.class)), row.getObject("event_time", OffsetDateTime.class).toInstant());
    }
}
