package io.trailwarden.alert;

import static io.trailwarden.alert.Findings.finding;
import static io.trailwarden.alert.Findings.record;
import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.database.TestDatabase;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What became of the alerts of rules, and which steps were done for one.
class RuleAlertsIT {

    private final TestDatabase database = TestDatabase.fresh();
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), () -> NOON, new SimpleMeterRegistry());
    private final RuleAlerts ruleAlerts = new RuleAlerts(database.dataSource());
    private final Checklist checklist = new Checklist(database.dataSource(), () -> NOON.plusSeconds(5));

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    private AlertKey raise(String rule, long seconds) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            return alerts.raise(connection, List.of(finding(record(seconds)).rule(rule).build())).getFirst().key();
        }
    }

    private void close(AlertKey key, CloseReason reason) throws SQLException {
        try (var connection = database.dataSource().getConnection(); var statement = connection.prepareStatement("""
                update alert set status = 'closed', handled_by = 'ana', handled_at = raised_at, close_reason = ?, close_justification = 'x'
                where id = ?
                """)) {
            statement.setString(1, reason.wireName());
            statement.setObject(2, key.value());
            statement.executeUpdate();
        }
    }

    @Test
    void alertsAreCountedByRuleAndByHowTheyEnded() throws SQLException {
        raise("one", 1);
        close(raise("one", 2), CloseReason.INCIDENT);
        close(raise("one", 3), CloseReason.FALSE_ALARM);
        close(raise("two", 4), CloseReason.FALSE_ALARM);

        var counts = ruleAlerts.byRule(NOON.minusSeconds(60));

        assertThat(counts.get("one")).isEqualTo(new RuleAlerts.Counts(1, 0,
                Map.of(CloseReason.INCIDENT, 1L, CloseReason.FALSE_ALARM, 1L), NOON));
        assertThat(counts.values()).extracting(RuleAlerts.Counts::all).containsExactlyInAnyOrder(3L, 1L);
        assertThat(counts.values()).extracting(RuleAlerts.Counts::ended).containsExactlyInAnyOrder(2L, 1L);
        assertThat(ruleAlerts.byRule(NOON.plusSeconds(1))).isEmpty();
    }

    @Test
    void daysAreThoseOfWhoeverLooks() throws SQLException {
        raise("one", 1);

        assertThat(ruleAlerts.byDay("one", NOON.minusSeconds(60), ZoneOffset.UTC)).containsOnlyKeys(LocalDate.of(2026, 11, 2));
        assertThat(ruleAlerts.byDay("one", NOON.minusSeconds(60), ZoneId.of("Pacific/Kiritimati"))).containsOnlyKeys(LocalDate.of(2026, 11, 3));
        assertThat(ruleAlerts.byDay("none", NOON.minusSeconds(60), ZoneOffset.UTC)).isEmpty();
    }

    @Test
    void aStepIsDoneBySomebodyUntilItIsTakenBackAndBothAreKept() throws SQLException {
        var key = raise("one", 1);
        checklist.tick(key, "Rotate the key", true, "ana");
        checklist.tick(key, "Ask them", true, "bo");
        checklist.tick(key, "Rotate the key", false, "bo");

        var ticks = checklist.ticks(key);

        assertThat(ticks).extracting(Checklist.Tick::by).containsExactly("ana", "bo", "bo");
        assertThat(Checklist.done(ticks)).containsOnlyKeys("Ask them");
        assertThat(checklist.ticks(raise("one", 9))).isEmpty();
    }
}
