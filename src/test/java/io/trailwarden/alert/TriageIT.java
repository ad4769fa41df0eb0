package io.trailwarden.alert;

import static io.trailwarden.alert.Findings.finding;
import static io.trailwarden.alert.Findings.record;
import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.Alert.Handling;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Triage.Action;
import io.trailwarden.alert.Triage.Change;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.alert.Triage.Outcome;
import io.trailwarden.alert.Triage.Step;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.identity.DatabaseAccounts;
import io.trailwarden.identity.Roles;
import io.trailwarden.identity.Secret;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TriageIT {

    private static final Instant THEN = NOON.plusSeconds(5);
    private static final Actor ANA = Actor.person("ana");
    private static final Actor BO = Actor.person("bo");
    private static final String WHY = "agreed with the team beforehand";
    private static final Outcome DONE = new Outcome.Done();

    private final TestDatabase database = TestDatabase.fresh();
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), () -> NOON, new SimpleMeterRegistry());
    private final DatabaseAccounts accounts = new DatabaseAccounts(database.dataSource(), () -> NOON, new SimpleMeterRegistry());
    private final Triage triage = new Triage(database.dataSource(), () -> THEN, accounts);
    private List<AlertKey> keys = List.of();
    private AlertKey key = AlertKey.of("none", "none", record(9).id());

    @BeforeEach
    void threeOpenAlerts() throws SQLException {
        keys = raise(finding(record(1)).build(), finding(record(2)).build(), finding(record(3)).rule("force_push").build());
        key = keys.getFirst();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void anAlertIsAcknowledgedThenClosedAndRemembersWho() {
        assertThat(triage.acknowledge(List.of(key), ANA, "")).isEqualTo(Map.of(key, DONE));
        assertThat(alert().status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(alert().handling()).isEqualTo(new Handling("ana", THEN, null, null));

        assertThat(triage.close(List.of(key), CloseReason.AUTHORISED, " " + WHY + " \u0000", BO)).isEqualTo(Map.of(key, DONE));

        assertThat(alert().status()).isEqualTo(Status.CLOSED);
        assertThat(alert().handling()).isEqualTo(new Handling("bo", THEN, CloseReason.AUTHORISED, WHY + " \u2400"));
        assertThat(triage.history(key)).containsExactly(step("ana", Action.ACKNOWLEDGED, ""),
                new Step(THEN, "ana", Action.ASSIGNED, "ana", null, ""),
                new Step(THEN, "bo", Action.CLOSED, null, CloseReason.AUTHORISED, WHY + " \u2400"));
    }

    @Test
    void whoFollowsAlertsIsToldOfEveryAct() {
        triage.acknowledge(keys, ANA, "");
        triage.close(List.of(key), CloseReason.AUTHORISED, WHY, BO);
        triage.reopen(List.of(key), "closed by mistake", BO);

        var told = new PostgresAlertFeed(database.dataSource()).after(3, 100);

        assertThat(told).extracting(AlertChange::position).containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(told.subList(0, 3)).extracting(AlertChange::kind).containsOnly(AlertChange.Kind.ACKNOWLEDGED);
        assertThat(told.subList(3, 6)).extracting(AlertChange::kind).containsOnly(AlertChange.Kind.ASSIGNED);
        assertThat(told.get(6)).satisfies(change -> {
            assertThat(change.kind()).isEqualTo(AlertChange.Kind.CLOSED);
            assertThat(change.status()).isEqualTo(Status.CLOSED);
            assertThat(change.by()).isEqualTo("bo");
            assertThat(change.assignee()).isEqualTo("ana");
            assertThat(change.reason()).isEqualTo("authorised");
            assertThat(change.note()).isEqualTo(WHY);
        });
        assertThat(told.get(7).kind()).isEqualTo(AlertChange.Kind.REOPENED);
        assertThat(told.get(7).status()).isEqualTo(Status.OPEN);
    }

    @Test
    void whoAcknowledgesWhatSomebodyOwnsDoesNotTakeIt() {
        account("mara", Roles.ANALYST);
        triage.assign(List.of(key), "mara", ANA);

        triage.acknowledge(List.of(key), ANA, "");

        assertThat(alert().owner()).isEqualTo("mara");
    }

    @Test
    void aProgramAcknowledgesAndOwnsNothing() {
        triage.acknowledge(List.of(key), Actor.program("soar"), "playbook 7 runs");

        assertThat(alert().owner()).isNull();
        assertThat(triage.history(key)).containsExactly(step("token soar", Action.ACKNOWLEDGED, "playbook 7 runs"));
    }

    @Test
    void anOpenAlertCanBeClosedAtOnce() {
        assertThat(triage.close(List.of(key), CloseReason.FALSE_ALARM, "the rule reads a comment", BO)).containsValue(DONE);
    }

    @Test
    void theSecondToActIsToldWhoWasFirst() {
        triage.close(List.of(key), CloseReason.DUPLICATE, "the same as another alert", ANA);
        var late = Map.of(key, new Outcome.Unchanged(Status.CLOSED, "ana", null));

        assertThat(triage.close(List.of(key), CloseReason.INCIDENT, "no, it is real, look again", BO)).isEqualTo(late);
        assertThat(triage.acknowledge(List.of(key), BO, "")).isEqualTo(late);
        assertThat(triage.unassign(List.of(key), BO)).isEqualTo(late);
        assertThat(triage.history(key)).hasSize(1);
    }

    @Test
    void manyAtOnceEachHaveTheirOutcome() {
        var none = AlertKey.of("none", "none", record(9).id());
        triage.close(List.of(keys.get(1)), CloseReason.DUPLICATE, "the same as another alert", ANA);

        var outcomes = triage.close(List.of(keys.get(2), keys.get(1), none, key, key), CloseReason.AUTHORISED, WHY, BO);

        assertThat(outcomes).containsExactly(Map.entry(keys.get(2), DONE),
                Map.entry(keys.get(1), new Outcome.Unchanged(Status.CLOSED, "ana", null)), Map.entry(none, new Outcome.NoSuchAlert()),
                Map.entry(key, DONE));
        assertThat(triage.history(key)).hasSize(1);
        assertThat(alerts.count(AlertQuery.unfinished())).isZero();
    }

    @Test
    void anAlertIsGivenToSomebodyAndTakenAway() {
        account("mara", Roles.ANALYST);

        assertThat(triage.assign(keys, "mara", ANA)).hasSize(3).containsValue(DONE);
        assertThat(alert().owner()).isEqualTo("mara");
        assertThat(alert().status()).isEqualTo(Status.OPEN);
        assertThat(triage.assign(List.of(key), "mara", BO)).containsEntry(key, new Outcome.Unchanged(Status.OPEN, null, "mara"));
        assertThat(triage.unassign(List.of(key), BO)).containsEntry(key, DONE);

        assertThat(alert().owner()).isNull();
        assertThat(triage.history(key)).containsExactly(new Step(THEN, "ana", Action.ASSIGNED, "mara", null, ""),
                step("bo", Action.UNASSIGNED, ""));
    }

    @Test
    void anAlertIsOnlyGivenToThoseWhoMayWorkOnIt() {
        account("mara", Roles.ANALYST);
        account("vic", Roles.VIEWER, Roles.AUDITOR);

        assertThatThrownBy(() -> triage.assign(keys, "vic", ANA)).hasMessageContaining("vic is not; give them the role analyst");
        assertThatThrownBy(() -> triage.assign(keys, "<nobody>", ANA)).hasMessage("owner must be the name of an account, got one that nobody has");
        assertThat(triage.assignable()).containsExactly("mara");
        assertThat(alert().owner()).isNull();
    }

    @Test
    void whatPeopleSayIsKeptInAnyState() {
        triage.comment(keys, ANA, " asked in the channel\n");
        triage.close(List.of(key), CloseReason.INCIDENT, "the key was turned over", ANA);

        assertThat(triage.comment(List.of(key), BO, "see INC-7")).containsEntry(key, DONE);

        assertThat(triage.history(key)).extracting(Step::note).containsExactly("asked in the channel", "the key was turned over", "see INC-7");
        assertThatThrownBy(() -> triage.comment(keys, ANA, " ")).hasMessage("comment must have 1 to 4000 characters, got 0");
        assertThatThrownBy(() -> triage.comment(keys, ANA, "x".repeat(4001))).hasMessageEndingWith("got 4001");
    }

    @Test
    void closingByMistakeIsMendedAndBothAreRemembered() {
        triage.acknowledge(List.of(key), ANA, "");
        triage.close(List.of(key), CloseReason.INCIDENT, "meant another one of them", ANA);

        assertThat(triage.reopen(List.of(key, keys.get(1)), "closed by mistake", BO))
                .containsEntry(key, DONE).containsEntry(keys.get(1), new Outcome.Unchanged(Status.OPEN, null, null));

        assertThat(alert().status()).isEqualTo(Status.OPEN);
        assertThat(alert().handling()).isNull();
        assertThat(alert().owner()).isEqualTo("ana");
        assertThat(triage.history(key)).extracting(Step::action)
                .containsExactly(Action.ACKNOWLEDGED, Action.ASSIGNED, Action.CLOSED, Action.REOPENED);
    }

    @Test
    void closingWithoutSayingWhyIsNotPossible() {
        assertThatThrownBy(() -> triage.close(keys, CloseReason.INCIDENT, "   because of that   ", ANA))
                .hasMessage("justification must have 20 to 4000 characters, got 15");
        assertThat(alert().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void ofManyWhoCloseTheSameAtOnceOneIsFirstForEach() throws Exception {
        var many = raise(IntStream.range(100, 150).mapToObj(second -> finding(record(second)).build()).toArray(Finding[]::new));
        var start = new CyclicBarrier(4);
        Callable<Map<AlertKey, Outcome>> forwards = () -> {
            start.await();
            return triage.close(many, CloseReason.AUTHORISED, WHY, ANA);
        };
        Callable<Map<AlertKey, Outcome>> backwards = () -> {
            start.await();
            return triage.close(many.reversed(), CloseReason.AUTHORISED, WHY, BO);
        };

        try (var threads = Executors.newFixedThreadPool(4)) {
            var outcomes = new ArrayList<Outcome>();
            for (var each : threads.invokeAll(List.of(forwards, backwards, forwards, backwards))) {
                outcomes.addAll(each.get().values());
            }

            assertThat(outcomes).hasSize(200);
            assertThat(outcomes.stream().filter(DONE::equals)).hasSize(50);
        }
        assertThat(many).allSatisfy(each -> assertThat(triage.history(each)).hasSize(1));
    }

    @Test
    void listenersHearOfWhatWasDoneAndOfNothingElse() {
        var heard = new ArrayList<Change>();
        var registration = triage.listen(heard::add);
        triage.acknowledge(List.of(key), ANA, "");
        triage.acknowledge(keys, BO, "");
        triage.acknowledge(keys, BO, "");

        registration.close();
        triage.close(keys, CloseReason.AUTHORISED, WHY, BO);

        assertThat(heard).containsExactly(new Change(List.of(key), Action.ACKNOWLEDGED, "ana"),
                new Change(List.of(keys.get(1), keys.get(2)), Action.ACKNOWLEDGED, "bo"));
    }

    @Test
    void howTheAlertsOfRulesEndedIsCounted() {
        triage.close(List.of(key), CloseReason.AUTHORISED, WHY, ANA);
        triage.close(List.of(keys.get(1)), CloseReason.FALSE_ALARM, WHY, ANA);
        triage.close(List.of(keys.get(2)), CloseReason.AUTHORISED, WHY, ANA);

        assertThat(triage.endings(Set.of("secret_read"))).isEqualTo(Map.of(CloseReason.AUTHORISED, 1L, CloseReason.FALSE_ALARM, 1L));
        assertThat(triage.endings(Set.of("secret_read", "force_push", "none"))).containsEntry(CloseReason.AUTHORISED, 2L);
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidAsSuch() {
        var nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/none?connectTimeout=1");
        var down = new Triage(nowhere, () -> NOON, accounts);

        assertThatThrownBy(() -> down.acknowledge(keys, ANA, "")).isInstanceOf(AlertsUnavailable.class).hasMessage("cannot acknowledge alerts");
    }

    private void account(String name, String... roles) {
        accounts.create(name, new Secret("a long enough password"), Set.of(roles), "test");
    }

    private static Step step(String by, Action action, String note) {
        return new Step(THEN, by, action, null, null, note);
    }

    private List<AlertKey> raise(Finding... findings) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            return alerts.raise(connection, Stream.of(findings).toList()).stream().map(Alert::key).toList();
        }
    }

    private Alert alert() {
        return alerts.get(key).orElseThrow();
    }
}
