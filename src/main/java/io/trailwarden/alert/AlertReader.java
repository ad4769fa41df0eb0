package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Alerts.AlertQuery;
import io.trailwarden.event.EventId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads alerts with their evidence over one connection.
final class AlertReader {

    private static final String FIND = """
            select id, rule, rule_version, title, severity, attempt, status, person, session, raised_at, at, last_seen, occurrences
            from alert
            where (?::text is null or status = ?::text)
              and (?::text is null or rule = ?::text)
              and (?::text is null or left(person, 200) = left(?::text, 200) and person = ?::text)
              and (?::uuid is null or (raised_at, at, id) < (select raised_at, at, id from alert where id = ?::uuid))
            order by raised_at desc, at desc, id desc
            limit ?
            """;

    private static final String COUNT = """
            select count(*)
            from alert
            where (?::text is null or status = ?::text)
              and (?::text is null or rule = ?::text)
              and (?::text is null or left(person, 200) = left(?::text, 200) and person = ?::text)
              and (?::uuid is null or (raised_at, at, id) < (select raised_at, at, id from alert where id = ?::uuid))
            """;

    private static final String BY_ID = """
            select id, rule, rule_version, title, severity, attempt, status, person, session, raised_at, at, last_seen, occurrences
            from alert join unnest(?::uuid[]) with ordinality as wanted (id, place) using (id)
            order by place
            """;

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

    List<Alert> find(AlertQuery query) throws SQLException {
        try (var statement = connection.prepareStatement(FIND)) {
            bind(statement, query);
            statement.setInt(10, query.limit());
            return withEvidence(statement);
        }
    }

    long count(AlertQuery query) throws SQLException {
        try (var statement = connection.prepareStatement(COUNT)) {
            bind(statement, query);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
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

    private static void bind(PreparedStatement statement, AlertQuery query) throws SQLException {
        var status = query.status() == null ? null : query.status().wireName();
        var after = query.after() == null ? null : query.after().toString();
        bind(statement, status, 1, 2);
        bind(statement, query.rule(), 3, 4);
        bind(statement, query.person(), 5, 6, 7);
        bind(statement, after, 8, 9);
    }

    /// A filter appears once to ask whether it is set, and again to apply it.
    private static void bind(PreparedStatement statement, @Nullable String value, int... parameters) throws SQLException {
        var storable = value == null ? null : Storable.text(value);
        for (int parameter : parameters) {
            statement.setString(parameter, storable);
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
                row.getLong("occurrences"), List.of());
    }

    private static Alert with(Alert alert, List<Finding.Evidence> evidence) {
        return new Alert(alert.key(), alert.rule(), alert.ruleVersion(), alert.title(), alert.severity(), alert.attempt(),
                alert.status(), alert.person(), alert.session(), alert.raisedAt(), alert.at(), alert.lastSeen(),
                alert.occurrences(), evidence);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
