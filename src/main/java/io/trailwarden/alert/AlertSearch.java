package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertQuery.Order;
import io.trailwarden.alert.AlertQuery.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The statement that answers an [AlertQuery]: only the conditions that were asked for, so that the planner sees which
/// index serves them. Fixed pieces only; every value is a parameter.
final class AlertSearch {

    static final String COLUMNS = """
            id, rule, rule_version, title, severity, attempt, status, person, session, raised_at, at, last_seen, occurrences,
            assigned_to, handled_by, handled_at, close_reason, close_justification
            """;

    private static final String LATE = """
            status = 'open' and (severity = 'critical' and raised_at < ? or severity = 'high' and raised_at < ?
              or severity = 'medium' and raised_at < ? or severity = 'low' and raised_at < ?)""";

    private final AlertQuery query;
    private final StringBuilder where = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    AlertSearch(AlertQuery query, Instant now) {
        this.query = query;
        states();
        if (!query.severities().isEmpty()) {
            and("severity = any (?)", (Object) query.severities().stream().map(Severity::wireName).toArray(String[]::new));
        }
        exactly("rule = ?", query.rule());
        if (query.person() != null) {
            var person = Storable.text(query.person());
            and("left(person, 200) = left(?, 200) and person = ?", person, person);
        }
        exactly("session = ?", query.session());
        owner();
        if (query.text() != null) {
            and("position(lower(?) in lower(title)) > 0", Storable.text(query.text()));
        }
        since("raised_at >= ?", query.raisedFrom());
        since("raised_at < ?", query.raisedTo());
        since("status = 'closed' and handled_at >= ?", query.closedFrom());
        if (query.late()) {
            and(LATE, due(Severity.CRITICAL, now), due(Severity.HIGH, now), due(Severity.MEDIUM, now), due(Severity.LOW, now));
        }
    }

    /// Literally, because an index of what is not closed is only used when the statement says so.
    private void states() {
        if (query.statuses().isEmpty() || query.statuses().size() == Status.values().length) {
            return;
        }
        if (!query.statuses().contains(Status.CLOSED)) {
            and("status <> 'closed'");
        }
        if (query.statuses().equals(Set.of(Status.CLOSED))) {
            and("status = 'closed'");
        } else if (!query.statuses().equals(Alerts.UNFINISHED)) {
            and("status = any (?)", (Object) query.statuses().stream().map(Status::wireName).toArray(String[]::new));
        }
    }

    private void owner() {
        switch (query.owner()) {
            case Owner.Any() -> {
            }
            case Owner.Nobody() -> and("assigned_to is null");
            case Owner.Account(var name) -> and("assigned_to = ?", Storable.text(name));
        }
    }

    private static OffsetDateTime due(Severity severity, Instant now) {
        var after = Due.after(severity);
        return at(after == null ? Instant.EPOCH : now.minus(after));
    }

    private void exactly(String condition, @Nullable String value) {
        if (value != null) {
            and(condition, Storable.text(value));
        }
    }

    private void since(String condition, @Nullable Instant time) {
        if (time != null) {
            and(condition, at(time));
        }
    }

    private void and(String condition, Object... bound) {
        where.append(where.isEmpty() ? "where " : "  and ").append('(').append(condition).append(")\n");
        values.addAll(List.of(bound));
    }

    /// Reads a page, in order.
    PreparedStatement page(Connection connection) throws SQLException {
        if (query.after() != null) {
            and(switch (query.order()) {
                case NEWEST -> "(raised_at, at, id) < (select raised_at, at, id from alert where id = ?)";
                case OLDEST -> "(raised_at, at, id) > (select raised_at, at, id from alert where id = ?)";
                case GRAVEST -> "(severity_rank, raised_at, at, id) < (select severity_rank, raised_at, at, id from alert where id = ?)";
            }, query.after().value());
        }
        values.add(query.limit());
        return bound(connection, "select " + COLUMNS + "from alert\n" + where + order() + "limit ?");
    }

    private String order() {
        return switch (query.order()) {
            case Order.NEWEST -> "order by raised_at desc, at desc, id desc\n";
            case Order.OLDEST -> "order by raised_at, at, id\n";
            case Order.GRAVEST -> "order by severity_rank desc, raised_at desc, at desc, id desc\n";
        };
    }

    /// Counts all of them.
    PreparedStatement count(Connection connection) throws SQLException {
        return bound(connection, "select count(*) from alert\n" + where);
    }

    private PreparedStatement bound(Connection connection, String sql) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.size(); i++) {
                var value = values.get(i);
                statement.setObject(i + 1, value instanceof String[] texts ? connection.createArrayOf("text", texts) : value);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static OffsetDateTime at(Instant time) {
        return Storable.time(time).atOffset(ZoneOffset.UTC);
    }
}
