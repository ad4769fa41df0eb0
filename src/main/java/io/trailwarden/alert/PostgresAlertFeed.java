package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/// The feed of alerts as PostgreSQL keeps it.
@ApplicationScoped
public class PostgresAlertFeed implements AlertFeed {

    private static final String AFTER = """
            select position, alert_id, change, at, by, status, assignee, reason, note
            from alert_feed
            where position > ?
            order by position
            limit ?
            """;

    private final DataSource dataSource;

    /// The feed of the database behind `dataSource`.
    @Inject
    public PostgresAlertFeed(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<AlertChange> after(long position, int max) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(AFTER)) {
            statement.setLong(1, position);
            statement.setInt(2, max);
            try (var rows = statement.executeQuery()) {
                return changes(connection, rows);
            }
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot follow the alerts", e);
        }
    }

    @Override
    public long head() {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement("select position from alert_feed_head");
                var rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot read how far the alerts are", e);
        }
    }

    private static List<AlertChange> changes(Connection connection, ResultSet rows) throws SQLException {
        var bare = new ArrayList<Function<Map<UUID, Alert>, AlertChange>>();
        var ids = new LinkedHashSet<UUID>();
        while (rows.next()) {
            ids.add(rows.getObject("alert_id", UUID.class));
            bare.add(change(rows));
        }
        var alerts = new AlertReader(connection).byId(List.copyOf(ids)).stream()
                .collect(Collectors.toMap(alert -> alert.key().value(), Function.identity()));
        return bare.stream().map(change -> change.apply(alerts)).toList();
    }

    /// Rows of the feed go with their alert, so an alert that is missing here was removed between the two reads, and its
    /// change with it: the read fails, and the next one does not find it.
    private static Function<Map<UUID, Alert>, AlertChange> change(ResultSet row) throws SQLException {
        var id = row.getObject("alert_id", UUID.class);
        long position = row.getLong("position");
        var kind = AlertChange.Kind.valueOf(row.getString("change").toUpperCase(Locale.ROOT));
        var at = row.getObject("at", OffsetDateTime.class).toInstant();
        var by = row.getString("by");
        var status = Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
        var assignee = row.getString("assignee");
        var reason = row.getString("reason");
        var note = row.getString("note");
        return alerts -> {
            var alert = alerts.get(id);
            if (alert == null) {
                throw new AlertsUnavailable("cannot follow the alerts: alert " + id + " was just removed", new SQLException("removed", "02000"));
            }
            return new AlertChange(position, kind, at, by, status, assignee, reason, note, alert);
        };
    }
}
