package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What people do to alerts, and what they did: who, when and why are kept for good.
///
/// An open alert can be acknowledged or closed, an acknowledged one can be closed, and a closed one stays as it is. Of
/// two people who do the same at once, one is told that the other was first. Throws [AlertsUnavailable] when the
/// database does not answer.
@ApplicationScoped
public class Triage {

    private static final String ACKNOWLEDGE = """
            with changed as (
              update alert set status = 'acknowledged', handled_by = ?, handled_at = ?
              where id = ? and status = 'open'
              returning id, handled_by, handled_at
            )
            insert into alert_history (alert_id, at, by, action, note)
            select id, handled_at, handled_by, 'acknowledged', ? from changed
            """;

    private static final String CLOSE = """
            with changed as (
              update alert set status = 'closed', handled_by = ?, handled_at = ?, close_reason = ?, close_justification = ?
              where id = ? and status <> 'closed'
              returning id, handled_by, handled_at, close_reason, close_justification
            )
            insert into alert_history (alert_id, at, by, action, reason, note)
            select id, handled_at, handled_by, 'closed', close_reason, close_justification from changed
            """;

    private static final String HISTORY = """
            select at, by, action, reason, note from alert_history where alert_id = ? order by id
            """;

    private final DataSource dataSource;
    private final InstantSource clock;

    /// Works on the alerts of the database behind `dataSource`.
    @Inject
    public Triage(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// Why an alert was closed. The name in lower case is what the database says.
    public enum CloseReason {
        /// It happened, and was dealt with.
        INCIDENT,
        /// It happened, and was allowed to.
        AUTHORISED,
        /// The rule was wrong.
        FALSE_ALARM,
        /// Another alert tells the same.
        DUPLICATE;

        /// `incident`, `authorised`, `false_alarm` or `duplicate`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What became of it.
    public sealed interface Outcome {

        /// It was done, and is in the history.
        record Done() implements Outcome {
        }

        /// Nothing changed: somebody was quicker.
        ///
        /// @param status where the alert is
        record TooLate(Status status) implements Outcome {
        }

        /// There is no such alert.
        record NoSuchAlert() implements Outcome {
        }
    }

    /// One thing somebody did.
    ///
    /// @param to where the alert went
    /// @param reason null unless it was closed
    /// @param note what they wrote, may be empty
    public record Step(Instant at, String by, Status to, @Nullable CloseReason reason, String note) {
    }

    /// `by` takes it on.
    public Outcome acknowledge(AlertKey key, String by, String note) {
        return change(key, "acknowledge alert " + key, ACKNOWLEDGE, statement -> {
            statement.setString(1, by);
            statement.setObject(2, now());
            statement.setObject(3, key.value());
            statement.setString(4, Storable.text(note));
        });
    }

    /// `by` ends it.
    ///
    /// @throws IllegalArgumentException when `justification` is blank
    public Outcome close(AlertKey key, CloseReason reason, String justification, String by) {
        if (justification.isBlank()) {
            throw new IllegalArgumentException("justification must say why the alert is closed, got a blank one");
        }
        return change(key, "close alert " + key, CLOSE, statement -> {
            statement.setString(1, by);
            statement.setObject(2, now());
            statement.setString(3, reason.wireName());
            statement.setString(4, Storable.text(justification.strip()));
            statement.setObject(5, key.value());
        });
    }

    /// What was done to the alert, oldest first.
    public List<Step> history(AlertKey key) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(HISTORY)) {
            statement.setObject(1, key.value());
            return steps(statement);
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot read the history of alert " + key, e);
        }
    }

    private Outcome change(AlertKey key, String what, String sql, Binding binding) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            return statement.executeUpdate() == 1 ? new Outcome.Done() : unchanged(connection, key);
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot " + what, e);
        }
    }

    private static Outcome unchanged(Connection connection, AlertKey key) throws SQLException {
        Optional<Alert> alert = new AlertReader(connection).byId(List.of(key.value())).stream().findFirst();
        return alert.<Outcome>map(found -> new Outcome.TooLate(found.status())).orElseGet(Outcome.NoSuchAlert::new);
    }

    private static List<Step> steps(PreparedStatement statement) throws SQLException {
        var steps = new ArrayList<Step>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                var reason = rows.getString("reason");
                steps.add(new Step(rows.getObject("at", OffsetDateTime.class).toInstant(), rows.getString("by"),
                        Status.valueOf(rows.getString("action").toUpperCase(Locale.ROOT)),
                        reason == null ? null : CloseReason.valueOf(reason.toUpperCase(Locale.ROOT)), rows.getString("note")));
            }
        }
        return steps;
    }

    private OffsetDateTime now() {
        return Storable.time(clock.instant()).atOffset(ZoneOffset.UTC);
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }
}
