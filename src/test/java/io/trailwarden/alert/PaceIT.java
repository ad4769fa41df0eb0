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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaceIT {

    private final TestDatabase database = TestDatabase.fresh();
    private Instant now = NOON;
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), () -> now, new SimpleMeterRegistry());
    private final Pace pace = new Pace(database.dataSource(), () -> now);
    private final Burden burden = new Burden(database.dataSource());

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void nothingRaisedHasNoPace() {
        var recent = pace.recent(14, ZoneOffset.UTC);

        assertThat(recent.days()).hasSize(14).allSatisfy(day -> assertThat(day.raised() + day.closed()).isZero());
        assertThat(recent.toAnswer()).isNull();
        assertThat(recent.toClose()).isNull();
    }

    @Test
    void daysAreThoseOfTheViewer() throws SQLException {
        now = Instant.parse("2026-11-20T23:30:00Z");
        raise("ana@example.com", "a");
        now = Instant.parse("2026-11-21T12:00:00Z");

        assertThat(pace.recent(2, ZoneOffset.UTC).days()).extracting(Pace.Day::raised).containsExactly(1L, 0L);
        assertThat(pace.recent(2, ZoneId.of("Europe/Berlin")).days()).extracting(Pace.Day::raised).containsExactly(0L, 1L);
    }

    @Test
    void theMedianIsOfTheFirstAnswerAndOfTheEnd() throws SQLException {
        for (var each : List.of("a", "b", "c")) {
            raise("ana@example.com", each);
        }
        act("a", "acknowledged", Duration.ofMinutes(10));
        act("a", "closed", Duration.ofHours(4));
        act("b", "closed", Duration.ofMinutes(20));
        now = NOON.plus(Duration.ofHours(5));

        var recent = pace.recent(1, ZoneOffset.UTC);

        assertThat(recent.toAnswer()).isEqualTo(Duration.ofMinutes(15));
        assertThat(recent.toClose()).isEqualTo(Duration.ofMinutes(130));
        assertThat(List.of(recent.raised(), recent.closed())).containsExactly(3L, 2L);
    }

    @Test
    void whatIsStillToDoIsCountedByPersonAndSeverity() throws SQLException {
        raise("ana@example.com", "a");
        raise("ana@example.com", "b");
        raise("bo@example.com", "c");
        act("b", "closed", Duration.ofMinutes(1));

        assertThat(burden.of(List.of("ana@example.com", "cy@example.com"))).isEqualTo(Map.of("ana@example.com", Map.of(Severity.HIGH, 1L)));
    }

    private void raise(String person, String rule) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            alerts.raise(connection, List.of(finding(record(0)).rule(rule).of(person).build()));
        }
    }

    private void act(String rule, String action, Duration after) throws SQLException {
        var at = NOON.plus(after).atOffset(ZoneOffset.UTC);
        try (var connection = database.dataSource().getConnection();
                var history = connection.prepareStatement("insert into alert_history (alert_id, at, by, action, reason)"
                        + " select id, ?, 'bo', ?, case when ? = 'closed' then 'incident' end from alert where rule = ?");
                var alert = connection.prepareStatement("update alert set status = ?, handled_by = 'bo', handled_at = ?,"
                        + " close_reason = case when ? = 'closed' then 'incident' end, close_justification = case when ? = 'closed' then 'seen' end"
                        + " where rule = ?")) {
            history.setObject(1, at);
            history.setString(2, action);
            history.setString(3, action);
            history.setString(4, rule);
            history.executeUpdate();
            alert.setString(1, action);
            alert.setObject(2, at);
            alert.setString(3, action);
            alert.setString(4, action);
            alert.setString(5, rule);
            alert.executeUpdate();
        }
    }
}
