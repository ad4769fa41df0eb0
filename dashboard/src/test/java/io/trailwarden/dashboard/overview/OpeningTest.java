package io.trailwarden.dashboard.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Due.Age;
import io.trailwarden.alert.Severity;
import io.trailwarden.alert.Tally;
import io.trailwarden.alert.Tally.Count;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class OpeningTest {

    @Test
    void whatIsGravestIsSaidFirstAndWhoseItIs() {
        var tally = new Tally(List.of(open(Severity.CRITICAL, Age.UNDER_1_HOUR, null, 1), open(Severity.CRITICAL, Age.UNDER_8_HOURS, "mara", 1),
                open(Severity.LOW, Age.OLDER, null, 31)));

        var opening = Opening.of(tally, 3, true);

        assertThat(opening.text()).isEqualTo("Two critical alerts are open, one has no owner. Three people are in bypassPermissions.");
        assertThat(opening.calm()).isFalse();
        assertThat(opening.pieces()).filteredOn(piece -> piece.link() != null).extracting(Opening.Piece::link).containsExactly(
                "alerts?severity=critical", "alerts?severity=critical&owner=nobody", "people?mode=bypassPermissions&seen=1h");
    }

    @Test
    void oneIsSingularAndNeitherIsTwo() {
        assertThat(Opening.of(new Tally(List.of(open(Severity.HIGH, Age.UNDER_1_HOUR, null, 1))), 1, true).text())
                .isEqualTo("One high alert is open, without an owner. One person is in bypassPermissions.");
        assertThat(Opening.of(new Tally(List.of(open(Severity.HIGH, Age.UNDER_1_HOUR, null, 2))), 0, true).text())
                .isEqualTo("Two high alerts are open, neither has an owner. Nobody is in bypassPermissions.");
        assertThat(Opening.of(new Tally(List.of(open(Severity.HIGH, Age.UNDER_1_HOUR, "mara", 1_200))), 0, true).text())
                .startsWith("1,200 high alerts are open. ");
    }

    @Test
    void mildOnesAreCountedAndLateOnesNamed() {
        var tally = new Tally(List.of(open(Severity.MEDIUM, Age.OLDER, null, 2), open(Severity.LOW, Age.UNDER_1_HOUR, null, 10)));

        assertThat(Opening.of(tally, 0, true).text())
                .isEqualTo("12 alerts are open, none of them critical or high; two are late. Nobody is in bypassPermissions.");
    }

    @Test
    void allBeingWellIsSaidCalmly() {
        var well = Opening.of(new Tally(List.of()), 0, true);

        assertThat(well.text()).isEqualTo("Nothing is open. Nobody is in bypassPermissions.");
        assertThat(well.calm()).isTrue();
    }

    @Test
    void nothingIsWellWhileRulesDoNotRun() {
        var blind = Opening.of(new Tally(List.of()), 0, false);

        assertThat(blind.text()).endsWith("Rules do not run: nothing new is found until they do.");
        assertThat(blind.calm()).isFalse();
    }

    private static Count open(Severity severity, Age age, @Nullable String owner, long alerts) {
        return new Count(severity, age, Status.OPEN, owner, alerts);
    }
}
