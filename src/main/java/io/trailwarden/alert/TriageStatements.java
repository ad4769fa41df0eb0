package io.trailwarden.alert;

import io.trailwarden.alert.Triage.Action;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.alert.Triage.Step;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The statements of [Triage], over one connection.
final class TriageStatements {

    // In the order of ids, so that two who work on the same alerts wait for one another and not in a circle.
    private static final String LOCK = """
            select id, status, assigned_to, handled_by, handled_at from alert where id = any (?) order by id for no key update
            """;

    private static final String ACKNOWLEDGE = """
            update alert set status = 'acknowledged', handled_by = ?, handled_at = ? where id = any (?)
            """;

    private static final String CLOSE = """
            update alert set status = 'closed', handled_by = ?, handled_at = ?, close_reason = ?, close_justification = ? where id = any (?)
            """;

    private static final String REOPEN = """
            update alert set status = 'open', handled_by = null, handled_at = null, close_reason = null, close_justification = null
            where id = any (?)
            """;

    private static final String ASSIGN = """
            update alert set assigned_to = ? where id = any (?)
            """;

    private static final String REMEMBER = """
            insert into alert_history (alert_id, at, by, action, assignee, reason, note)
            select id, ?, ?, ?, ?, ?, ? from unnest(?::uuid[]) with ordinality as done (id, place) order by place
            """;

    private static final String HISTORY = """
            select at, by, action, assignee, reason, note from alert_history where alert_id = ? order by id
            """;

    private static final String ENDINGS = """
            select close_reason, count(*) as alerts
            from (select close_reason from alert where rule = any (?) and status = 'closed' order by handled_at desc limit ?) as latest
            group by close_reason
            """;

    private final Connection connection;
    private final List<FeedWriter.Entry> remembered = new ArrayList<>();

    TriageStatements(Connection connection) {
        this.connection = connection;
    }

    /// An alert as far as triage needs it.
    record State(Alert.Status status, @Nullable String owner, @Nullable String handledBy, @Nullable Instant handledAt) {
    }

    /// Keeps everybody else from changing `alerts` until the transaction ends.
    ///
    /// @return those that exist
    Map<UUID, State> lock(Collection<UUID> alerts) throws SQLException {
        var states = new HashMap<UUID, State>();
        try (var statement = connection.prepareStatement(LOCK)) {
            statement.setArray(1, ids(alerts));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getObject("id", UUID.class), state(rows));
                }
            }
        }
        return states;
    }

    private static State state(ResultSet row) throws SQLException {
        var handledAt = row.getObject("handled_at", OffsetDateTime.class);
        return new State(Alert.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getString("assigned_to"),
                row.getString("handled_by"), handledAt == null ? null : handledAt.toInstant());
    }

    void acknowledge(Collection<UUID> alerts, String by, Instant at) throws SQLException {
        try (var statement = connection.prepareStatement(ACKNOWLEDGE)) {
            statement.setString(1, by);
            statement.setObject(2, at.atOffset(ZoneOffset.UTC));
            statement.setArray(3, ids(alerts));
            statement.executeUpdate();
        }
    }

    void close(Collection<UUID> alerts, String by, Instant at, CloseReason reason, String justification) throws SQLException {
        try (var statement = connection.prepareStatement(CLOSE)) {
            statement.setString(1, by);
            statement.setObject(2, at.atOffset(ZoneOffset.UTC));
            statement.setString(3, reason.wireName());
            statement.setString(4, justification);
            statement.setArray(5, ids(alerts));
            statement.executeUpdate();
        }
    }

    void reopen(Collection<UUID> alerts) throws SQLException {
        try (var statement = connection.prepareStatement(REOPEN)) {
            statement.setArray(1, ids(alerts));
            statement.executeUpdate();
        }
    }

    void assign(Collection<UUID> alerts, @Nullable String owner) throws SQLException {
        try (var statement = connection.prepareStatement(ASSIGN)) {
            statement.setString(1, owner);
            statement.setArray(2, ids(alerts));
            statement.executeUpdate();
        }
    }

    /// Adds the same step to the history of each of `alerts`.
    void remember(Collection<UUID> alerts, Step step) throws SQLException {
        try (var statement = connection.prepareStatement(REMEMBER)) {
            statement.setObject(1, step.at().atOffset(ZoneOffset.UTC));
            statement.setString(2, step.by());
            statement.setString(3, step.action().wireName());
            statement.setString(4, step.assignee());
            statement.setString(5, step.reason() == null ? null : step.reason().wireName());
            statement.setString(6, step.note());
            statement.setArray(7, ids(alerts));
            statement.executeUpdate();
        }
        alerts.forEach(alert -> remembered.add(FeedWriter.Entry.of(alert, step)));
    }

    /// Tells those who follow alerts what was remembered. Last in the transaction.
    void feed() throws SQLException {
        FeedWriter.append(connection, remembered);
    }

    List<Step> history(UUID alert) throws SQLException {
        try (var statement = connection.prepareStatement(HISTORY)) {
            statement.setObject(1, alert);
            return steps(statement);
        }
    }

    private static List<Step> steps(PreparedStatement statement) throws SQLException {
        var steps = new ArrayList<Step>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                steps.add(new Step(rows.getObject("at", OffsetDateTime.class).toInstant(), rows.getString("by"),
                        Action.valueOf(rows.getString("action").toUpperCase(Locale.ROOT)), rows.getString("assignee"),
                        CloseReason.of(rows.getString("reason")), rows.getString("note")));
            }
        }
        return steps;
    }

    /// How the latest `most` closed alerts of `rules` ended.
    Map<CloseReason, Long> endings(Collection<String> rules, int most) throws SQLException {
        try (var statement = connection.prepareStatement(ENDINGS)) {
            statement.setArray(1, connection.createArrayOf("text", rules.toArray()));
            statement.setInt(2, most);
            try (var rows = statement.executeQuery()) {
                var endings = new EnumMap<CloseReason, Long>(CloseReason.class);
                while (rows.next()) {
                    endings.put(CloseReason.valueOf(rows.getString("close_reason").toUpperCase(Locale.ROOT)), rows.getLong("alerts"));
                }
                return endings;
            }
        }
    }

    private Array ids(Collection<UUID> alerts) throws SQLException {
        return connection.createArrayOf("uuid", alerts.toArray());
    }
}
