package io.trailwarden.alert;

import static io.trailwarden.alert.Findings.finding;
import static io.trailwarden.alert.Findings.record;
import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.database.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RiskIT {

    private final TestDatabase database = TestDatabase.fresh();
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), () -> NOON, new SimpleMeterRegistry());
    private Instant now = NOON;
    private final Risk risk = new Risk(database.dataSource(), () -> now);

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void halfIsGoneAfterADayAndAllOfItInTheEnd() throws SQLException {
        raise("ana@example.com", "a");
        now = NOON.plusSeconds(1);
        assertThat(risk.everybody()).containsExactly(java.util.Map.entry("ana@example.com", 20));

        now = NOON.plus(Duration.ofHours(24));
        assertThat(risk.everybody()).containsEntry("ana@example.com", 10);
        now = NOON.plus(Duration.ofDays(9));
        assertThat(risk.everybody()).isEmpty();
    }

    @Test
    void alertsAddUpAndTheGravestIsFirst() throws SQLException {
        raise("ana@example.com", "a");
        raise("bo@example.com", "a");
        raise("bo@example.com", "b");
        now = NOON.plusSeconds(1);

        assertThat(risk.everybody().entrySet()).extracting(Object::toString).containsExactly("bo@example.com=40", "ana@example.com=20");
    }

    @Test
    void oneThatWasClosedCountsOnlyAsAnIncident() throws SQLException {
        raise("ana@example.com", "a");
        raise("ana@example.com", "b");
        now = NOON.plusSeconds(1);
        close("a", "false_alarm");
        assertThat(risk.history("ana@example.com", 1)).containsExactly(20);
        close("b", "incident");
        assertThat(risk.history("ana@example.com", 1)).containsExactly(20);
    }

    @Test
    void aPersonsHistoryEndsNow() throws SQLException {
        raise("ana@example.com", "a");
        now = NOON.plus(Duration.ofDays(2)).plusSeconds(1);

        assertThat(risk.history("ana@example.com", 4)).containsExactly(0, 20, 10, 5);
        assertThat(risk.history("nobody", 2)).containsExactly(0, 0);
    }

    private void raise(String person, String rule) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            alerts.raise(connection, List.of(finding(record(0)).rule(rule).of(person).build()));
        }
    }

    private void close(String rule, String reason) throws SQLException {
        try (var connection = database.dataSource().getConnection(); var statement = connection.prepareStatement("""
                update alert set status = 'closed', close_reason = ?, close_justification = 'looked at it', handled_by = 'bo', handled_at = now()
                where rule = ?
                """)) {
            statement.setString(1, reason);
            statement.setString(2, rule);
            statement.executeUpdate();
        }
    }
}
