package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Handling;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Due.Age;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.event.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads alerts with their evidence over one connection.
final class AlertReader {

    private static final String TALLY = """
            select severity, width_bucket(extract(epoch from ?::timestamptz - raised_at)::float8, ?::float8[]) as age, status, assigned_to,
              count(*) as alerts
            from alert
            where status <> 'closed'
            group by 1, 2, 3, 4
            """;

    private static final String BY_ID = """
            select %s
            from alert join unnest(?::uuid[]) with ordinality as wanted (id, place) using (id)
            order by place
            """.formatted(AlertSearch.COLUMNS);

    private static final String EVIDENCE = """
            select alert_id, event_id, time, says
            from alert_evidence
            where alert_id = any (?::uuid[])
            order by alert_id, time, place
            """;

    private final Connection connection;

    AlertReader(Connection connection) {
        this.connection = connection;
    }

    List<Alert> find(AlertQuery query, Instant now) throws SQLException {
        try (var statement = new AlertSearch(query, now).page(connection)) {
            return withEvidence(statement);
        }
    }

    long count(AlertQuery query, Instant now) throws SQLException {
        try (var statement = new AlertSearch(query, now).count(connection); var rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    Tally tally(Instant now) throws SQLException {
        try (var statement = connection.prepareStatement(TALLY)) {
            statement.setObject(1, now.atOffset(ZoneOffset.UTC));
            statement.setArray(2, connection.createArrayOf("float8", Age.beyond()));
            try (var rows = statement.executeQuery()) {
                var counts = new ArrayList<Tally.Count>();
                while (rows.next()) {
                    counts.add(new Tally.Count(Severity.of(rows.getString("severity")), Age.values()[rows.getInt("age")],
                            Status.valueOf(rows.getString("status").toUpperCase(Locale.ROOT)), rows.getString("assigned_to"),
                            rows.getLong("alerts")));
                }
                return new Tally(counts);
            }
        }
    }

    /// The alerts called `ids`, in that order; unknown ids are left out.
    List<Alert> byId(List<UUID> ids) throws SQLException {
        try (var statement = connection.prepareStatement(BY_ID)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            return withEvidence(statement);
        }
    }

    private List<Alert> withEvidence(PreparedStatement statement) throws SQLException {
        var bare = new ArrayList<Alert>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                bare.add(bare(rows));
            }
        }
        var evidence = evidence(bare);
        return bare.stream().map(alert -> with(alert, evidence.getOrDefault(alert.key(), List.of()))).toList();
    }

    private Map<AlertKey, List<Finding.Evidence>> evidence(List<Alert> alerts) throws SQLException {
        var byAlert = new HashMap<AlertKey, List<Finding.Evidence>>();
        try (var statement = connection.prepareStatement(EVIDENCE)) {
            statement.setArray(1, connection.createArrayOf("uuid", alerts.stream().map(alert -> alert.key().value()).toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var key = new AlertKey(rows.getObject("alert_id", UUID.class));
                    var shown = new Finding.Evidence(new EventId(rows.getObject("event_id", UUID.class)),
                            instant(rows, "time"), rows.getString("says"));
                    byAlert.computeIfAbsent(key, _ -> new ArrayList<>()).add(shown);
                }
            }
        }
        return byAlert;
    }

    private static Alert bare(ResultSet row) throws SQLException {
        return new Alert(new AlertKey(row.getObject("id", UUID.class)), row.getString("rule"), row.getString("rule_version"),
                row.getString("title"), Severity.of(row.getString("severity")), row.getBoolean("attempt"),
                Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)), row.getString("person"),
                row.getString("session"), instant(row, "raised_at"), instant(row, "at"), instant(row, "last_seen"),
                row.getLong("occurrences"), row.getString("assigned_to"), handling(row), List.of());
    }

    private static @Nullable Handling handling(ResultSet row) throws SQLException {
        var by = row.getString("handled_by");
        return by == null ? null : new Handling(by, instant(row, "handled_at"), CloseReason.of(row.getString("close_reason")),
                row.getString("close_justification"));
    }

    private static Alert with(Alert alert, List<Finding.Evidence> evidence) {
        return new Alert(alert.key(), alert.rule(), alert.ruleVersion(), alert.title(), alert.severity(), alert.attempt(),
                alert.status(), alert.person(), alert.session(), alert.raisedAt(), alert.at(), alert.lastSeen(),
                alert.occurrences(), alert.owner(), alert.handling(), evidence);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
