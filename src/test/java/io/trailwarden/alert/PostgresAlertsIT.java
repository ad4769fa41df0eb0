package io.trailwarden.alert;

import static io.trailwarden.alert.Findings.finding;
import static io.trailwarden.alert.Findings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.Events;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresAlertsIT {

    private static final Instant NOW = Events.NOON.plusSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestDatabase own;
    private DataSource database;
    private PostgresAlerts alerts;
    private Instant now = NOW;

    @BeforeEach
    void freshDatabase() {
        own = TestDatabase.fresh();
        database = own.dataSource();
        alerts = new PostgresAlerts(database, () -> now, registry);
    }

    @AfterEach
    void dropDatabase() {
        own.close();
    }

    @Test
    void aFindingBecomesAnAlertWithItsEvidence() throws SQLException {
        var event = record(1);

        var raised = raise(finding(event).build());

        assertThat(raised).hasSize(1);
        assertThat(alerts.get(raised.getFirst().key())).contains(raised.getFirst());
        var alert = raised.getFirst();
        assertThat(alert.rule()).isEqualTo("secret_read");
        assertThat(alert.title()).isEqualTo("Secret file read");
        assertThat(alert.severity()).isEqualTo(Severity.HIGH);
        assertThat(alert.status()).isEqualTo(Status.OPEN);
        assertThat(alert.person()).isEqualTo("user@example.com");
        assertThat(alert.session()).isEqualTo("s1");
        assertThat(alert.raisedAt()).isEqualTo(NOW);
        assertThat(alert.at()).isEqualTo(event.time());
        assertThat(alert.occurrences()).isEqualTo(1);
        assertThat(alert.evidence()).containsExactly(new Finding.Evidence(event.id(), event.time(), "reads .env"));
    }

    @Test
    void theSameFindingsAgainChangeNothing() throws SQLException {
        var findings = new Finding[] {finding(record(1)).build(), finding(record(1)).shownBy(record(1), record(5)).build()};
        raise(findings);
        var before = newest();

        var again = raise(findings);

        assertThat(again).isEmpty();
        assertThat(newest()).isEqualTo(before);
        assertThat(before.getFirst().occurrences()).isEqualTo(2);
    }

    @Test
    void aLaterFindingJoinsItsAlert() throws SQLException {
        var first = raise(finding(record(1)).build()).getFirst();
        now = NOW.plusSeconds(100);

        var raised = raise(finding(record(1)).shownBy(record(7)).titled("another title").build());

        assertThat(raised).isEmpty();
        var joined = alerts.get(first.key()).orElseThrow();
        assertThat(joined.occurrences()).isEqualTo(2);
        assertThat(joined.lastSeen()).isEqualTo(record(7).time());
        assertThat(joined.title()).isEqualTo("Secret file read");
        assertThat(joined.raisedAt()).isEqualTo(NOW);
        assertThat(joined.evidence()).extracting(Finding.Evidence::event).containsExactly(record(1).id(), record(7).id());
    }

    @Test
    void findingsOfOneAlertInOneBatchGiveOneAlert() throws SQLException {
        var raised = raise(finding(record(1)).build(), finding(record(1)).shownBy(record(2)).titled("second").build());

        assertThat(raised).singleElement().satisfies(alert -> {
            assertThat(alert.title()).isEqualTo("Secret file read");
            assertThat(alert.occurrences()).isEqualTo(2);
            assertThat(alert.evidence()).hasSize(2);
        });
    }

    @Test
    void evidenceIsKeptUpToItsBoundAndCountedBeyond() throws SQLException {
        var findings = LongStream.range(1, 251).mapToObj(second -> finding(record(1)).shownBy(record(second)).build())
                .toArray(Finding[]::new);
        raise(findings);

        raise(finding(record(1)).shownBy(record(251)).build());

        var alert = newest().getFirst();
        assertThat(alert.occurrences()).isEqualTo(251);
        assertThat(alert.evidence()).hasSize(RaiseStatements.MAX_EVIDENCE);
        assertThat(alert.evidence().getLast().event()).isEqualTo(record(200).id());
    }

    @Test
    void nothingIsLeftOfATransactionThatRollsBack() throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            alerts.raise(connection, List.of(finding(record(1)).build()));
            connection.rollback();
        }

        assertThat(newest()).isEmpty();
    }

    @Test
    void hostileTextAndTimesAreKept() throws SQLException {
        var raised = raise(finding(record(1)).of("a\u0000b\uD800").titled("\u0000'; drop table alert; --").in(null)
                .at(Instant.MAX).build());

        assertThat(raised).singleElement().satisfies(alert -> {
            assertThat(alert.person()).isEqualTo("a\u2400b\uFFFD");
            assertThat(alert.title()).isEqualTo("\u2400'; drop table alert; --");
            assertThat(alert.session()).isNull();
            assertThat(alert.at()).isEqualTo("9999-12-31T23:59:59.999999Z");
        });
        assertThat(alerts.find(AlertQuery.any().about("a\u0000b\uD800"))).hasSize(1);
    }

    @Test
    void aPersonWhoseNameIsTooLongForAnIndexIsKeptAndFound() throws SQLException {
        var random = new Random(7);
        var name = random.ints(100_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        raise(finding(record(1)).of(name).build(), finding(record(2)).of(name + "x").build());

        var found = alerts.find(AlertQuery.any().about(name));

        assertThat(found).singleElement().extracting(Alert::person).isEqualTo(name);
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepeat() throws SQLException {
        for (int second = 0; second < 7; second++) {
            now = NOW.plusSeconds(second / 3);
            raise(finding(record(second)).build());
        }

        var seen = new ArrayList<Alert>();
        AlertKey after = null;
        List<Alert> page;
        do {
            page = alerts.find(AlertQuery.any().after(after).limit(2));
            seen.addAll(page);
            after = page.isEmpty() ? after : page.getLast().key();
        } while (!page.isEmpty());

        assertThat(seen).hasSize(7).doesNotHaveDuplicates().isEqualTo(newest());
        assertThat(seen.getFirst().at()).isEqualTo(record(6).time());
    }

    @Test
    void filtersChooseAndCountIgnoresTheLimit() throws SQLException {
        raise(finding(record(1)).build(), finding(record(2)).rule("force_push").build(),
                finding(record(3)).of("User@example.com").build());

        assertThat(alerts.find(AlertQuery.any().ofRule("force_push"))).extracting(Alert::rule).containsExactly("force_push");
        assertThat(alerts.find(AlertQuery.any().about("user@example.com"))).hasSize(2);
        assertThat(alerts.find(AlertQuery.any().in(Status.CLOSED))).isEmpty();
        assertThat(alerts.count(AlertQuery.any().in(Status.OPEN).limit(1))).isEqualTo(3);
    }

    @Test
    void listenersHearOfWhatIsAnnouncedUntilTheyLeave() throws SQLException {
        var heard = new ArrayList<Alert>();
        var raised = raise(finding(record(1)).build());
        var registration = alerts.listen(heard::add);
        alerts.announce(raised);

        registration.close();
        alerts.announce(raised);

        assertThat(heard).isEqualTo(raised);
        assertThat(registry.get("trailwarden_alert_raised_alerts_total").tag("severity", "high").counter().count()).isEqualTo(2);
    }

    @Test
    void aListenerThatFailsDoesNotKeepOthersFromHearing() throws SQLException {
        var heard = new ArrayList<Alert>();
        var raised = raise(finding(record(1)).build());
        alerts.listen(_ -> {
            throw new IllegalStateException("a page that is gone");
        });
        alerts.listen(heard::add);

        alerts.announce(raised);

        assertThat(heard).isEqualTo(raised);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidAsSuch() {
        var nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1");
        var down = new PostgresAlerts(nowhere, () -> now, new SimpleMeterRegistry());

        assertThatThrownBy(() -> down.count(AlertQuery.any())).isInstanceOf(AlertsUnavailable.class)
                .hasMessage("cannot count alerts");
    }

    private List<Alert> newest() {
        return alerts.find(AlertQuery.any().limit(AlertQuery.MOST));
    }

    private List<Alert> raise(Finding... findings) throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            var raised = alerts.raise(connection, List.of(findings));
            connection.commit();
            return raised;
        }
    }
}
