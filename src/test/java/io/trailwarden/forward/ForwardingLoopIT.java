package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.trailwarden.alert.Findings;
import io.trailwarden.alert.PostgresAlertFeed;
import io.trailwarden.alert.PostgresAlerts;
import io.trailwarden.alert.Triage;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.forward.ForwardSettings.Destination;
import io.trailwarden.forward.Forwarding.State;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.DatabaseAccessLog;
import io.trailwarden.identity.DatabaseAccounts;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The lanes on their threads, and the desk in front of them.
class ForwardingLoopIT {

    private final TestDatabase database = TestDatabase.fresh();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InstantSource clock = InstantSource.system();
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), clock, registry);
    private final ForwardMetrics metrics = new ForwardMetrics(registry);
    private final ForwardingLoop loop = new ForwardingLoop(new PostgresAlertFeed(database.dataSource()), new FakeTrail().asTrail(), alerts,
            new Triage(database.dataSource(), clock, new DatabaseAccounts(database.dataSource(), clock, registry)), database.dataSource(), clock, metrics,
            new SmallRyeConfigBuilder().build());
    private final ForwardingDesk desk = new ForwardingDesk(loop, metrics, clock);
    private final FakeForwarder quick = new FakeForwarder();
    private final FakeForwarder stuck = new FakeForwarder();
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void stop() throws InterruptedException {
        answer.countDown();
        loop.stop();
        database.close();
    }

    @Test
    void aDestinationThatHangsDelaysNoOther() throws Exception {
        stuck.afterAccepting = this::hang;
        loop.start(List.of(destination("quick", quick), destination("stuck", stuck)));

        raise(1, 50);
        await(() -> stuck.accepted.size() == 50);
        raise(51, 100);

        await(() -> quick.accepted.size() == 100);
        assertThat(stuck.accepted).hasSize(50);
        assertThat(standing("stuck").waiting()).isEqualTo(100);
        answer.countDown();
        await(() -> stuck.accepted.size() == 100);
    }

    @Test
    void theDeskPausesAndResumes() throws Exception {
        loop.start(List.of(destination("quick", quick)));
        desk.pause("quick", "bo");
        raise(1, 3);

        // Nothing waits for a destination until it has looked up its place.
        await(() -> standing("quick").waiting() == 3);
        assertThat(standing("quick").state()).isInstanceOfSatisfying(State.Paused.class, paused -> assertThat(paused.by()).isEqualTo("bo"));
        desk.tell();
        assertThat(registry.get("trailwarden.forward.waiting").gauge().value()).isEqualTo(3);
        desk.resume("quick", "bo");

        await(() -> quick.accepted.size() == 3);
        await(() -> standing("quick").state() instanceof State.UpToDate);
        assertThat(standing("quick").accepted()).isEqualTo(3);
        assertThat(standing("quick").waiting()).isZero();
    }

    @Test
    void whoPausesAndResumesIsInTheAccessLog() throws Exception {
        loop.start(List.of(destination("quick", quick)));
        desk.pause("quick", "bo");
        desk.pause("quick", "ana");
        desk.resume("quick", "ana");

        var log = new DatabaseAccessLog(database.dataSource(), clock).find(new AccessLog.Query(List.of(), null, null, null, null, null, 10));

        assertThat(log).extracting(line -> line.who() + " " + line.wire() + " " + line.detail())
                .containsExactly("ana forwarding_resumed quick", "bo forwarding_paused quick");
    }

    @Test
    void aDestinationThatWasTakenOutKeepsItsPlace() throws Exception {
        loop.tables().begin("old", "alerts", 0, clock.instant());
        loop.start(List.of());

        assertThat(standing("old").state()).isEqualTo(new State.Removed());
    }

    private Forwarding.Standing standing(String name) {
        return desk.destinations().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private void hang() {
        try {
            answer.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Destination destination(String name, FakeForwarder forwarder) {
        return new Destination(new DestinationSettings(name, Map.of("start", "beginning")), forwarder.kind(new Limits(100, 100_000, 1000, 0)));
    }

    private void raise(int from, int to) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            var raised = alerts.raise(connection, IntStream.rangeClosed(from, to).mapToObj(i -> Findings.finding(Findings.record(i)).build()).toList());
            connection.commit();
            alerts.announce(raised);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited a minute in vain").isLessThan(deadline);
            Thread.sleep(10);
        }
    }
}
