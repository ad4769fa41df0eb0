package io.trailwarden.alert;

import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Due.Age;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DueTest {

    @ParameterizedTest
    @CsvSource({"CRITICAL,PT1H", "HIGH,PT8H", "MEDIUM,PT24H", "LOW,PT72H"})
    void anOpenAlertIsLateOnceItsTimeIsOver(Severity severity, Duration due) {
        assertThat(Due.late(Status.OPEN, severity, NOON, NOON.plus(due))).isFalse();
        assertThat(Due.late(Status.OPEN, severity, NOON, NOON.plus(due).plusMillis(1))).isTrue();
        assertThat(Due.late(Status.ACKNOWLEDGED, severity, NOON, NOON.plus(due).plusMillis(1))).isFalse();
        assertThat(Due.late(Status.CLOSED, severity, NOON, NOON.plus(due).plusMillis(1))).isFalse();
    }

    @Test
    void whatOnlyInformsIsNeverLate() {
        assertThat(Due.late(Status.OPEN, Severity.INFORMATIONAL, NOON, NOON.plus(Duration.ofDays(1000)))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Severity.class)
    void aBandOfAgesIsLateAsAWhole(Severity severity) {
        Stream.of("PT0S", "PT59M", "PT1H", "PT1H0.001S", "PT7H", "PT8H", "PT8H1S", "PT24H", "PT24H1S", "PT72H", "PT72H1S", "PT9000H")
                .map(Duration::parse).forEach(ago -> assertThat(Age.of(NOON.minus(ago), NOON).late(severity)).as("%s, %s", severity, ago)
                        .isEqualTo(Due.late(Status.OPEN, severity, NOON.minus(ago), NOON)));
    }
}
