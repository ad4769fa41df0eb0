package io.trailwarden.alert;

import static io.trailwarden.alert.Findings.finding;
import static io.trailwarden.alert.Findings.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertQuery.Order;
import io.trailwarden.alert.AlertQuery.Owner;
import io.trailwarden.alert.Due.Age;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.Events;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
    void everyFilterChooses() throws SQLException {
        var early = raise(finding(record(1)).graded(Severity.CRITICAL).in("s2").titled("Secrets of .env were PIPED away").build()).getFirst().key();
        now = NOW.plusSeconds(3600);
        var late = raise(finding(record(2)).graded(Severity.LOW).build()).getFirst().key();
        execute("update alert set assigned_to = 'mara' where id = '" + late + "'");
        execute("update alert set status = 'closed', handled_by = 'mara', handled_at = '" + NOW.plusSeconds(7200)
                + "', close_reason = 'incident', close_justification = 'dealt with it' where id = '" + late + "'");

        assertThat(keys(AlertQuery.any().atLeast(Severity.HIGH))).containsExactly(early);
        assertThat(keys(AlertQuery.any().of(Set.of(Severity.LOW, Severity.MEDIUM)))).containsExactly(late);
        assertThat(keys(AlertQuery.any().inSession("s2"))).containsExactly(early);
        assertThat(keys(AlertQuery.any().ownedBy(new Owner.Nobody()))).containsExactly(early);
        assertThat(keys(AlertQuery.any().ownedBy(new Owner.Account("mara")))).containsExactly(late);
        assertThat(keys(AlertQuery.any().saying(".ENV were piped"))).containsExactly(early);
        assertThat(keys(AlertQuery.any().saying("100% _ \\"))).isEmpty();
        assertThat(keys(AlertQuery.any().raised(NOW.plusSeconds(1), null))).containsExactly(late);
        assertThat(keys(AlertQuery.any().raised(null, NOW.plusSeconds(3600)))).containsExactly(early);
        assertThat(keys(AlertQuery.any().closedSince(NOW.plusSeconds(7200)))).containsExactly(late);
        assertThat(keys(AlertQuery.any().closedSince(NOW.plusSeconds(7201)))).isEmpty();
        assertThat(keys(AlertQuery.unfinished())).containsExactly(early);
        assertThat(keys(AlertQuery.any().in(Status.OPEN, Status.CLOSED))).containsExactly(late, early);
        assertThat(keys(AlertQuery.unfinished().lateOnly(true))).isEmpty();
        now = NOW.plusSeconds(3601);
        assertThat(keys(AlertQuery.any().lateOnly(true))).containsExactly(early);
        assertThat(alerts.count(AlertQuery.unfinished().lateOnly(true))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void pagesOfEveryOrderFollowOneAnotherWhilePeopleWork(Order order) throws SQLException {
        for (int second = 0; second < 9; second++) {
            now = NOW.plusSeconds(second / 3);
            raise(finding(record(second)).graded(Severity.values()[second % 3 + 2]).build());
        }
        var all = keys(AlertQuery.unfinished().ordered(order));
        var seen = new ArrayList<AlertKey>();
        AlertKey after = null;
        List<AlertKey> page;
        do {
            page = keys(AlertQuery.unfinished().ordered(order).after(after).limit(2));
            seen.addAll(page);
            after = page.isEmpty() ? after : page.getLast();
            // What was read is closed at once, so that every cursor names an alert that no longer matches.
            execute("update alert set status = 'closed', handled_by = 'mara', handled_at = now(), close_reason = 'incident', "
                    + "close_justification = 'dealt with it' where id = '" + after + "'");
        } while (!page.isEmpty());

        assertThat(seen).hasSize(9).isEqualTo(all);
    }

    @Test
    void whatIsToDoIsCountedByAgeSeverityAndOwner() throws SQLException {
        var critical = raise(finding(record(1)).graded(Severity.CRITICAL).build()).getFirst().key();
        raise(finding(record(2)).graded(Severity.CRITICAL).build(), finding(record(3)).graded(Severity.INFORMATIONAL).build());
        execute("update alert set assigned_to = 'mara', status = 'acknowledged', handled_by = 'mara', handled_at = now() where id = '"
                + critical + "'");
        now = NOW.plusSeconds(3600);
        assertThat(alerts.tally().late()).isZero();
        assertThat(alerts.tally().of(Severity.CRITICAL, Age.UNDER_1_HOUR)).isEqualTo(2);
        now = NOW.plusSeconds(3600).plusNanos(1000);

        var tally = alerts.tally();

        assertThat(tally.counts()).containsExactlyInAnyOrder(
                new Tally.Count(Severity.CRITICAL, Age.UNDER_8_HOURS, Status.ACKNOWLEDGED, "mara", 1),
                new Tally.Count(Severity.CRITICAL, Age.UNDER_8_HOURS, Status.OPEN, null, 1),
                new Tally.Count(Severity.INFORMATIONAL, Age.UNDER_8_HOURS, Status.OPEN, null, 1));
        assertThat(tally.unfinished()).isEqualTo(3);
        assertThat(tally.withoutOwner()).isEqualTo(2);
        assertThat(tally.ownedBy("mara")).isEqualTo(1);
        assertThat(tally.late()).isEqualTo(1).isEqualTo(alerts.count(AlertQuery.any().lateOnly(true)));
        now = NOW.plus(Duration.ofDays(400));
        assertThat(alerts.tally().of(Severity.CRITICAL, Age.OLDER)).isEqualTo(2);
        assertThat(alerts.tally().late()).isEqualTo(alerts.count(AlertQuery.any().lateOnly(true)));
    }

    @Test
    void theQueueIsReadFromItsIndex() throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("""
                    insert into alert (id, rule, rule_version, title, severity, attempt, person, raised_at, at, last_seen, status, handled_by,
                      handled_at, close_reason, close_justification)
                    select gen_random_uuid(), 'r', 'v', 't', 'low', false, 'p' || n % 50, now() - n * interval '1 minute', now(), now(),
                      case when n % 10 > 0 then 'closed' else 'open' end, case when n % 10 > 0 then 'mara' end,
                      case when n % 10 > 0 then now() end, case when n % 10 > 0 then 'incident' end, case when n % 10 > 0 then 'dealt with' end
                    from generate_series(1, 20000) as n
                    """);
            statement.execute("analyze alert");
            try (var page = new AlertSearch(AlertQuery.unfinished().ordered(Order.GRAVEST).limit(50), NOW).page(connection);
                    var plan = connection.createStatement().executeQuery("explain " + page)) {
                var lines = new StringBuilder();
                while (plan.next()) {
                    lines.append(plan.getString(1)).append('\n');
                }
                assertThat(lines.toString()).contains("alert_queue_idx").doesNotContain("Sort");
            }
        }
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
        assertThat(registry.get("trailwarden.alert.raised.alerts").tag("severity", "high").counter().count()).isEqualTo(2);
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

    private List<AlertKey> keys(AlertQuery query) {
        return alerts.find(query).stream().map(Alert::key).toList();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
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
