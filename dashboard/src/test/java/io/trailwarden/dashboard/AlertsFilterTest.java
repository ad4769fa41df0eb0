package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.AlertQuery.Order;
import io.trailwarden.alert.AlertQuery.Owner;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Due.Age;
import io.trailwarden.alert.Severity;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AlertsFilterTest {

    private static final Instant NOW = Instant.parse("2026-11-02T12:00:00Z");

    @Test
    void whatNothingIsAskedOfIsWhatIsNotClosedGravestFirst() {
        assertThat(AlertsFilter.of(_ -> Optional.empty())).isEqualTo(AlertsFilter.OPEN);
        assertThat(Navigation.alerts(AlertsFilter.OPEN)).isEqualTo("alerts");
        assertThat(AlertsFilter.OPEN.query("mara", NOW)).isEqualTo(AlertQuery.unfinished().ordered(Order.GRAVEST));
    }

    @Test
    void everyFilterSurvivesTheAddress() {
        var narrow = AlertsFilter.OPEN.in(Set.of(Status.OPEN, Status.CLOSED)).of(EnumSet.of(Severity.HIGH, Severity.CRITICAL)).ofRule("r")
                .about("a&b=c").inSession("s 1").ownedBy(AlertsFilter.ME).saying("rm -rf /").aged(Age.UNDER_8_HOURS).lateOnly(true).ordered(Order.OLDEST);

        assertThat(again(narrow)).isEqualTo(narrow);
        assertThat(again(AlertsFilter.OPEN.closedWithin(7))).isEqualTo(AlertsFilter.OPEN.closedWithin(7));
        assertThat(again(AlertsFilter.OPEN.in(Set.of()))).isEqualTo(AlertsFilter.OPEN.in(Set.of()));
        assertThat(Navigation.alerts(narrow)).startsWith("alerts?status=open,closed".replace(",", "%2C")).contains("person=a%26b%3Dc");
    }

    @Test
    void whatAnAddressSaysInVainIsNotSaid() {
        var typed = Map.of("status", "new", "severity", "grave,high", "closed", "-3d", "age", "old", "order", "random", "late", "yes", "rule", " ");

        assertThat(AlertsFilter.of(name -> Optional.ofNullable(typed.get(name)))).isEqualTo(AlertsFilter.OPEN.of(Set.of(Severity.HIGH)));
    }

    @Test
    void whoseAndWhenIsWorkedOutForWhoeverLooks() {
        assertThat(AlertsFilter.OPEN.ownedBy(AlertsFilter.ME).query("mara", NOW).owner()).isEqualTo(new Owner.Account("mara"));
        assertThat(AlertsFilter.OPEN.ownedBy(AlertsFilter.NOBODY).query("mara", NOW).owner()).isEqualTo(new Owner.Nobody());
        var aged = AlertsFilter.OPEN.aged(Age.UNDER_8_HOURS).query("mara", NOW);
        assertThat(aged.raisedFrom()).isEqualTo(NOW.minusSeconds(8 * 3600));
        assertThat(aged.raisedTo()).isEqualTo(NOW.minusSeconds(3600));
        assertThat(AlertsFilter.OPEN.aged(Age.OLDER).query("mara", NOW).raisedFrom()).isNull();
        var closed = AlertsFilter.OPEN.closedWithin(7).query("mara", NOW);
        assertThat(closed.order()).isEqualTo(Order.NEWEST);
        assertThat(closed.statuses()).containsExactly(Status.CLOSED).doesNotContainAnyElementsOf(Alerts.UNFINISHED);
    }

    private static AlertsFilter again(AlertsFilter filter) {
        var said = filter.parameters();
        return AlertsFilter.of(name -> Optional.ofNullable(said.get(name)));
    }
}
