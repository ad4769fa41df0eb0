package io.trailwarden.alert;

import static io.trailwarden.alert.Findings.finding;
import static io.trailwarden.alert.Findings.record;
import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.alert.Triage.Outcome;
import io.trailwarden.alert.Triage.Step;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.Events;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TriageIT {

    private final TestDatabase database = TestDatabase.fresh();
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), () -> NOON, new SimpleMeterRegistry());
    private final Triage triage = new Triage(database.dataSource(), () -> NOON.plusSeconds(5));
    private AlertKey key = AlertKey.of("none", "none", Events.event("user_prompt", 0).build().id());

    @BeforeEach
    void oneOpenAlert() throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            key = alerts.raise(connection, List.of(finding(record(1)).build())).getFirst().key();
        }
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void anAlertIsAcknowledgedThenClosedAndRemembersWho() {
        assertThat(triage.acknowledge(key, "ana", "")).isEqualTo(new Outcome.Done());
        assertThat(status()).isEqualTo(Status.ACKNOWLEDGED);

        assertThat(triage.close(key, CloseReason.AUTHORISED, " agreed with the team \u0000", "bo")).isEqualTo(new Outcome.Done());

        assertThat(status()).isEqualTo(Status.CLOSED);
        assertThat(triage.history(key)).containsExactly(new Step(NOON.plusSeconds(5), "ana", Status.ACKNOWLEDGED, null, ""),
                new Step(NOON.plusSeconds(5), "bo", Status.CLOSED, CloseReason.AUTHORISED, "agreed with the team \u2400"));
    }

    @Test
    void anOpenAlertCanBeClosedAtOnce() {
        assertThat(triage.close(key, CloseReason.FALSE_ALARM, "the rule reads a comment", "bo")).isEqualTo(new Outcome.Done());
    }

    @Test
    void theSecondToActIsToldThatTheyAreLate() {
        triage.close(key, CloseReason.DUPLICATE, "same as another", "ana");

        assertThat(triage.close(key, CloseReason.INCIDENT, "no, it is real", "bo")).isEqualTo(new Outcome.TooLate(Status.CLOSED));
        assertThat(triage.acknowledge(key, "bo", "")).isEqualTo(new Outcome.TooLate(Status.CLOSED));
        assertThat(triage.history(key)).hasSize(1);
    }

    @Test
    void anAlertThatIsNotThereCannotBeTouched() {
        var none = AlertKey.of("none", "none", record(9).id());

        assertThat(triage.acknowledge(none, "ana", "")).isEqualTo(new Outcome.NoSuchAlert());
    }

    @Test
    void closingWithoutSayingWhyIsNotPossible() {
        assertThatThrownBy(() -> triage.close(key, CloseReason.INCIDENT, "  ", "ana"))
                .hasMessage("justification must say why the alert is closed, got a blank one");
        assertThat(status()).isEqualTo(Status.OPEN);
    }

    private Status status() {
        return alerts.get(key).orElseThrow().status();
    }
}
