package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.AlertFeed;
import io.trailwarden.alert.Findings;
import io.trailwarden.alert.PostgresAlertFeed;
import io.trailwarden.alert.PostgresAlerts;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.Events;
import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.RetryLater;
import io.trailwarden.forward.ForwardSettings.Destination;
import io.trailwarden.forward.ForwardTables.Pause;
import io.trailwarden.forward.Forwarding.Books;
import io.trailwarden.forward.Forwarding.DeadLetter;
import io.trailwarden.forward.Forwarding.State;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.DatabaseAccessLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The way to one destination, step by step, with a real database and a clock that is moved by hand.
class LaneIT {

    private final TestDatabase database = TestDatabase.fresh();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), () -> Items.NOON, registry);
    private final AlertFeed feed = new PostgresAlertFeed(database.dataSource());
    private final FakeTrail trail = new FakeTrail();
    private final FakeForwarder destination = new FakeForwarder();
    private final ForwardTables tables = new ForwardTables(database.dataSource());
    private final Map<String, String> settings = new HashMap<>(Map.of("start", "beginning"));
    private Limits limits = new Limits(100, 1_000_000, 1000, 0);
    private Instant now = Items.NOON;
    private boolean databaseAway;
    /// Runs whenever the database has answered a lane.
    private Runnable whenRead = () -> { };

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void aThousandAlertsArriveInOrderAndTheBooksBalance() throws Exception {
        raise(1, 1000);

        work(lane());

        assertThat(destination.accepted).isEqualTo(ids());
        assertThat(destination.batches).containsOnly(100);
        assertThat(books()).isEqualTo(new Books("siem", "alerts", 1000, 1000, 0, 0, 0, now));
    }

    @Test
    void aNewDestinationBeginsWithWhatComes() throws Exception {
        settings.put("start", "now");
        raise(1, 3);
        var lane = lane();
        work(lane);
        raise(4, 5);

        work(lane);

        assertThat(destination.accepted).isEqualTo(ids().subList(3, 5));
        assertThat(books().accepted()).isEqualTo(2);
    }

    @Test
    void anOutageLosesNothing() throws Exception {
        raise(1, 3);
        destination.answers.add(new RetryLater("no connection"));
        destination.answers.add(new RetryLater("no connection"));
        var lane = lane();

        lane.step();
        assertThat(lane.state()).isInstanceOfSatisfying(State.HeldBack.class, held -> {
            assertThat(held.since()).isEqualTo(Items.NOON);
            assertThat(held.why()).isEqualTo("no connection");
            assertThat(held.attempts()).isEqualTo(1);
        });
        now = now.plusSeconds(1);
        lane.step();
        now = now.plusSeconds(2);
        work(lane);

        assertThat(destination.accepted).isEqualTo(ids());
        assertThat(destination.attempts).containsExactly(1, 2, 3);
        assertThat(lane.state()).isEqualTo(new State.UpToDate());
        assertThat(lane.hold().last()).isEqualTo(new Hold.Error("no connection", Items.NOON.plusSeconds(1)));
    }

    @Test
    void waitsGrowToFiveMinutesAndGoOnForEver() throws Exception {
        raise(1, 1);
        var lane = lane();
        var waits = new ArrayList<Long>();

        for (int attempt = 0; attempt < 12; attempt++) {
            destination.answers.add(new RetryLater("no connection"));
            lane.step();
            waits.add(lane.hold().left().toSeconds());
            now = now.plus(lane.hold().left());
        }

        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
    }

    @Test
    void aDestinationIsNotAskedBeforeTheTimeItNamed() throws Exception {
        raise(1, 1);
        destination.answers.add(new RetryLater(Duration.ofSeconds(77), "busy"));
        var lane = lane();

        lane.step();
        now = now.plusSeconds(76);
        lane.step();
        assertThat(destination.batches).hasSize(1);
        now = now.plusSeconds(1);
        work(lane);

        assertThat(destination.accepted).isEqualTo(ids());
    }

    @Test
    void whatWasSentButNotNotedIsSentAgainUnderTheSameId() throws Exception {
        raise(1, 2);
        destination.afterAccepting = () -> databaseAway = true;
        lane().step();
        assertThat(destination.accepted).isEqualTo(ids());
        assertThat(books().position()).isZero();

        destination.afterAccepting = () -> { };
        databaseAway = false;
        work(lane());

        var twice = new ArrayList<>(ids());
        twice.addAll(ids());
        assertThat(destination.accepted).isEqualTo(twice);
        assertThat(books().accepted()).isEqualTo(2);
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedFor() throws Exception {
        raise(1, 2);
        var lane = lane();
        databaseAway = true;
        lane.step();
        assertThat(lane.state()).isInstanceOfSatisfying(State.HeldBack.class, held -> assertThat(held.why()).isEqualTo("the database does not answer"));

        databaseAway = false;
        now = now.plusSeconds(1);
        work(lane);

        assertThat(destination.accepted).isEqualTo(ids());
        assertThat(lane.state()).isEqualTo(new State.UpToDate());
    }

    @Test
    void aRestartGoesOnWhereItWas() throws Exception {
        raise(1, 3);
        work(lane());
        raise(4, 6);

        settings.put("start", "now");
        work(lane());

        assertThat(destination.accepted).isEqualTo(ids());
    }

    @Test
    void aPoisonousItemIsFoundAndKeptAndTheOthersArrive() throws Exception {
        raise(1, 20);
        destination.poison.add(13L);

        work(lane());

        var healthy = new ArrayList<>(ids());
        var poison = healthy.remove(12);
        assertThat(destination.accepted).isEqualTo(healthy);
        assertThat(tables.dead(10)).singleElement().satisfies(letter -> {
            assertThat(letter.destination()).isEqualTo("siem");
            assertThat(letter.item()).isEqualTo(poison);
            assertThat(letter.name()).isEqualTo("alert.raised");
            assertThat(letter.reason()).isEqualTo("not in my schema");
        });
        assertThat(books()).isEqualTo(new Books("siem", "alerts", 20, 19, 1, 0, 0, now));
    }

    @Test
    void poisonThatTheDestinationPointsAtIsNotSearchedFor() throws Exception {
        raise(1, 20);
        destination.poison.addAll(List.of(1L, 7L, 8L, 20L));
        destination.saysWhich = true;

        work(lane());

        assertThat(destination.accepted).hasSize(16);
        assertThat(destination.batches).containsExactly(20, 5, 11);
        assertThat(tables.dead(10)).extracting(DeadLetter::position).containsExactlyInAnyOrder(1L, 7L, 8L, 20L);
    }

    @Test
    void whatIsTooLargeOrCannotBeWrittenIsKeptWithTheReason() throws Exception {
        raise(1, 3);
        destination.unwritable.add(2L);
        work(lane());
        limits = new Limits(100, 1_000_000, 20, 0);
        raise(4, 4);

        work(lane());

        assertThat(destination.accepted).isEqualTo(List.of(ids().get(0), ids().get(2)));
        assertThat(tables.dead(10)).extracting(DeadLetter::reason).containsExactlyInAnyOrder(
                "it could not be put into this format, a defect of Trailwarden: IllegalStateException",
                "it has 36 bytes in this format, and at most 20 can be sent");
    }

    @Test
    void aDestinationThatRefusesEverythingIsStoppedInsteadOfFillingTheDeadLetters() throws Exception {
        raise(1, 100);
        destination.refusesAll = true;
        var lane = lane();

        work(lane);

        assertThat(lane.state()).isInstanceOfSatisfying(State.Misconfigured.class,
                stopped -> assertThat(stopped.why()).isEqualTo("it refused 20 items in a row, the last because: not in my schema"));
        assertThat(tables.countDead()).isEqualTo(20);
        assertThat(books().position()).isEqualTo(20);
    }

    @Test
    void aWrongConfigurationStopsItUntilSomebodySaysGoOn() throws Exception {
        raise(1, 2);
        destination.answers.add(new Misconfigured("answers 401"));
        var lane = lane();
        lane.step();
        assertThat(lane.state()).isEqualTo(new State.Misconfigured(now, "answers 401", now.plus(Duration.ofMinutes(5))));
        now = now.plusSeconds(290);
        lane.step();
        assertThat(destination.batches).hasSize(1);

        lane.resumed();
        work(lane);

        assertThat(destination.accepted).isEqualTo(ids());
        assertThat(destination.opened).as("settings that name files are read again").isGreaterThan(1);
    }

    @Test
    void aWrongConfigurationIsTriedAgainSlowly() throws Exception {
        raise(1, 2);
        destination.answers.add(new Misconfigured("answers 401"));
        var lane = lane();
        lane.step();

        now = now.plusSeconds(300);
        work(lane);

        assertThat(destination.accepted).isEqualTo(ids());
    }

    @Test
    void whatSomebodyPausedGetsNothingAfterARestartToo() throws Exception {
        raise(1, 2);
        var lane = lane();
        lane.step();
        tables.pause("siem", "bo", now);
        lane.paused(new Pause("bo", now));
        raise(3, 4);
        work(lane);
        work(lane());
        assertThat(destination.accepted).hasSize(2);
        assertThat(lane.state()).isEqualTo(new State.Paused("bo", now));

        tables.resume("siem", "bo", now);
        work(lane());

        assertThat(destination.accepted).isEqualTo(ids());
    }

    @Test
    void aDeadLetterIsTriedAgainWhenSomebodyAsks() throws Exception {
        raise(1, 3);
        destination.poison.add(2L);
        var lane = lane();
        work(lane);
        destination.poison.clear();

        assertThat(tables.retry(List.of(tables.dead(1).getFirst().id()), "bo", now)).containsExactly("siem");
        lane.retry();
        work(lane);

        assertThat(destination.accepted).containsExactly(ids().get(0), ids().get(2), ids().get(1));
        assertThat(tables.dead(10)).isEmpty();
        assertThat(new DatabaseAccessLog(database.dataSource(), () -> now).find(new AccessLog.Query(List.of(), null, null, null, null, null, 10)))
                .extracting(line -> line.who() + " " + line.wire() + " " + line.detail()).containsExactly("bo forwarding_retried siem, 1 item");
    }

    @Test
    void aDeadLetterThatIsRefusedAgainIsKept() throws Exception {
        raise(1, 3);
        destination.poison.add(2L);
        var lane = lane();
        work(lane);

        tables.retry(List.of(tables.dead(1).getFirst().id()), "bo", now);
        lane.retry();
        work(lane);

        assertThat(tables.dead(10)).singleElement().satisfies(letter -> {
            assertThat(letter.again()).isFalse();
            assertThat(letter.retriedBy()).isEqualTo("bo");
        });
    }

    @Test
    void aRetryThatTheDatabaseInterruptsIsNotForgotten() throws Exception {
        raise(1, 3);
        destination.poison.add(2L);
        var lane = lane();
        work(lane);
        destination.poison.clear();
        tables.retry(List.of(tables.dead(1).getFirst().id()), "bo", now);

        lane.retry();
        databaseAway = true;
        lane.step();
        databaseAway = false;
        now = now.plusSeconds(2);
        work(lane);

        assertThat(destination.accepted).containsExactly(ids().get(0), ids().get(2), ids().get(1));
    }

    @Test
    void whatIsRefusedAgainAfterItWasDeliveredIsADeadLetterAgain() throws Exception {
        raise(1, 3);
        destination.poison.add(2L);
        var lane = lane();
        work(lane);
        destination.poison.clear();
        tables.retry(List.of(tables.dead(1).getFirst().id()), "bo", now);
        lane.retry();
        work(lane);
        assertThat(tables.dead(10)).isEmpty();

        // As an operator who wants everything sent once more.
        try (var connection = database.dataSource().getConnection(); var statement = connection.createStatement()) {
            statement.execute("delete from forward_cursor");
        }
        destination.poison.add(2L);
        work(lane());

        assertThat(tables.dead(10)).extracting(DeadLetter::position).containsExactly(2L);
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeItWaitLonger() throws Exception {
        raise(1, 1);
        destination.answers.add(new RetryLater("no connection"));
        var lane = lane();
        lane.step();

        now = now.minus(Duration.ofHours(1));
        work(lane);

        assertThat(destination.accepted).isEqualTo(ids());
    }

    @Test
    void aDestinationThatNamesEveryItemIsStoppedToo() throws Exception {
        raise(1, 100);
        destination.refusesAll = true;
        destination.saysWhich = true;
        var lane = lane();

        work(lane);

        assertThat(lane.state()).isInstanceOf(State.Misconfigured.class);
        assertThat(tables.countDead()).isEqualTo(20);
        assertThat(books().position()).isEqualTo(20);
    }

    @Test
    void aDestinationThatSpeaksOnlyOfTheFirstItemIsStoppedToo() throws Exception {
        raise(1, 100);
        for (int i = 0; i < 100; i++) {
            destination.answers.add(new Delivery.Refused(List.of(0), "not in my schema"));
        }
        var lane = lane();

        work(lane);

        assertThat(lane.state()).isInstanceOf(State.Misconfigured.class);
        assertThat(tables.countDead()).isEqualTo(20);
    }

    @Test
    void aDefectIsSaidAndTriedAgainWhateverItIs() throws Exception {
        raise(1, 2);
        var lane = lane();
        destination.afterAccepting = () -> {
            throw new StackOverflowError("very deep");
        };
        destination.whenClosed = () -> {
            throw new IllegalStateException("cannot close either");
        };

        lane.step();
        assertThat(lane.state()).isInstanceOfSatisfying(State.Misconfigured.class,
                stopped -> assertThat(stopped.why()).isEqualTo("a defect of Trailwarden: StackOverflowError, see the log"));
        destination.afterAccepting = () -> { };
        now = now.plusSeconds(300);
        work(lane);

        assertThat(books().accepted()).isEqualTo(2);
    }

    @Test
    void aPauseThatComesWhileALaneReadsWhetherItIsPausedCounts() throws Exception {
        raise(1, 2);
        var lane = lane();
        whenRead = () -> {
            whenRead = () -> { };
            tables.pause("siem", "bo", now);
            lane.paused(new Pause("bo", now));
        };
        work(lane);
        raise(3, 4);
        work(lane);
        assertThat(lane.state()).isEqualTo(new State.Paused("bo", now));
        assertThat(destination.accepted).hasSizeLessThan(4);

        whenRead = () -> {
            whenRead = () -> { };
            tables.resume("siem", "bo", now);
            lane.resumed();
        };
        lane.paused(new Pause("bo", now));
        work(lane);
        work(lane);

        assertThat(destination.accepted).isEqualTo(ids());
    }

    @Test
    void recordsAreChosenByNameAndMasked() throws Exception {
        settings.putAll(Map.of("send", "events", "event-names", "tool_*, user_prompt"));
        trail.add(Events.event("user_prompt", 1).with("prompt", "my words").build());
        trail.add(Events.event("api_request", 2).build());
        trail.add(Events.decision("Bash", "accept", 3).build());
        trail.add(Events.event("api_request", 4).build());
        var seen = new ArrayList<Item>();

        var lane = lane();
        work(lane);
        now = now.plusSeconds(5);
        work(lane);
        for (var read : sources().getFirst().after(0, 10, Duration.ZERO)) {
            if (read.item() != null) {
                seen.add(read.item());
            }
        }

        assertThat(destination.accepted).hasSize(2).isEqualTo(seen.stream().map(Item::id).toList());
        assertThat(((Item.OfEvent) seen.getFirst()).fields().text("prompt")).isEqualTo("[masked:8]");
        assertThat(tables.books("siem", "events").orElseThrow()).extracting(Books::position, Books::accepted, Books::leftOut).containsExactly(4L, 2L, 2L);
    }

    @Test
    void recordsThatRetentionTookFirstAreCounted() throws Exception {
        settings.put("send", "events");
        for (int i = 1; i <= 10; i++) {
            trail.add(Events.event("api_request", i).build());
        }
        trail.forget(4);

        work(lane());

        assertThat(tables.books("siem", "events").orElseThrow()).extracting(Books::position, Books::accepted, Books::gone).containsExactly(10L, 6L, 4L);
    }

    @Test
    void whoeverMovesOnFirstWinsAndTheOtherBeginsAgainFromThere() throws Exception {
        raise(1, 2);
        var lane = lane();
        lane.step();
        raise(3, 3);
        work(lane());
        raise(4, 4);

        work(lane);
        now = now.plusSeconds(2);
        work(lane);

        assertThat(new java.util.HashSet<>(destination.accepted)).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(books().accepted()).isEqualTo(4);
    }

    private Books books() {
        return tables.books("siem", "alerts").orElseThrow();
    }

    private Lane lane() {
        var configured = new DestinationSettings("siem", settings);
        RandomGenerator latest = new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public long nextLong(long bound) {
                return bound - 1;
            }
        };
        InstantSource clock = () -> now;
        return new Lane(new Destination(configured, destination.kind(limits)), sources(), new ForwardTables(faulty()), clock, new Backoff(latest),
                new ForwardMetrics(registry), Duration.ZERO);
    }

    private List<Source> sources() {
        var selection = new Selection(new DestinationSettings("siem", settings));
        return selection.alerts() ? List.of(new Source.OfAlerts(feed, selection)) : List.of(new Source.OfEvents(trail.asTrail(), selection));
    }

    /// The real one, until a test takes it away.
    private DataSource faulty() {
        var real = database.dataSource();
        return (DataSource) Proxy.newProxyInstance(DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, arguments) -> {
            if (databaseAway) {
                throw new SQLException("gone", "08006");
            }
            return method.getName().equals("getConnection") ? watched(real.getConnection()) : method.invoke(real, arguments);
        });
    }

    private Connection watched(Connection real) {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
            try {
                var result = method.invoke(real, arguments);
                if (method.getName().equals("close")) {
                    whenRead.run();
                }
                return result;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
    }

    /// Steps until it would wait.
    private static void work(Lane lane) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            if (!lane.step().isZero()) {
                return;
            }
        }
        throw new AssertionError("it never comes to an end");
    }

    private void raise(int from, int to) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            alerts.raise(connection, IntStream.rangeClosed(from, to).mapToObj(i -> Findings.finding(Findings.record(i)).build()).toList());
            connection.commit();
        }
    }

    private List<UUID> ids() {
        return feed.after(0, 10_000).stream().map(change -> ItemMaker.item(change).id()).toList();
    }
}
