package io.trailwarden.forward;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.alert.AlertFeed;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Alerts.Registration;
import io.trailwarden.alert.Triage;
import io.trailwarden.forward.ForwardSettings.Destination;
import io.trailwarden.store.Trail;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/// Works the [Lane]s, each on a thread of its own, for as long as the process lives: no destination waits for another, and
/// nothing waits for a destination.
@ApplicationScoped
class ForwardingLoop {

    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    /// How long a lane may wait for records before it looks at alerts again.
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /// A send may take half a minute; what is cut off here is sent again after the start.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final AlertFeed feed;
    private final Trail trail;
    private final Alerts alerts;
    private final Triage triage;
    private final InstantSource clock;
    private final ForwardMetrics metrics;
    private final Config config;
    private final ForwardTables tables;
    private final List<Worker> workers = new ArrayList<>();
    private final List<Registration> bells = new ArrayList<>();

    @Inject
    ForwardingLoop(AlertFeed feed, Trail trail, Alerts alerts, Triage triage, DataSource database, InstantSource clock, ForwardMetrics metrics, Config config) {
        this.feed = feed;
        this.trail = trail;
        this.alerts = alerts;
        this.triage = triage;
        this.clock = clock;
        this.metrics = metrics;
        this.config = config;
        this.tables = new ForwardTables(database);
    }

    void onStart(@Observes @Priority(2700) StartupEvent event) {
        start(ForwardSettings.read(config));
    }

    void onStop(@Observes @Priority(2400) ShutdownEvent event) throws InterruptedException {
        stop();
    }

    private void start(ForwardSettings settings) {
        settings.problems().forEach(problem -> LOG.errorf("Destination left out: reason=%s", problem));
        start(settings.destinations());
    }

    /// Begins to send, on platform threads: interrupting a virtual one would close the connection under a commit.
    void start(List<Destination> destinations) {
        for (var destination : destinations) {
            workers.add(new Worker(new Lane(destination, sources(destination), tables, clock, new Backoff(new SecureRandom()), metrics, PATIENCE)));
        }
        bells.add(alerts.listen(_ -> ring()));
        bells.add(triage.listen(_ -> ring()));
        workers.forEach(Worker::start);
    }

    private List<Source> sources(Destination destination) {
        var selection = new Selection(destination.settings());
        var sources = new ArrayList<Source>();
        // Alerts first: they are few, and somebody waits for them.
        if (selection.alerts()) {
            sources.add(new Source.OfAlerts(feed, selection));
        }
        if (selection.events()) {
            sources.add(new Source.OfEvents(trail, selection));
        }
        return sources;
    }

    /// Ends after the batches under way, all within the same few seconds.
    void stop() throws InterruptedException {
        bells.forEach(Registration::close);
        workers.forEach(Worker::end);
        long deadline = System.nanoTime() + GRACE.toNanos();
        for (var worker : workers) {
            worker.thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private void ring() {
        workers.forEach(Worker::ring);
    }

    /// Every lane, by the name of its destination.
    List<Lane> lanes() {
        return workers.stream().map(worker -> worker.lane).toList();
    }

    /// The lane to `destination`, if it is configured.
    Optional<Lane> lane(String destination) {
        return lanes().stream().filter(lane -> lane.name().equals(destination)).findFirst();
    }

    /// Wakes the lane to `destination`.
    void ring(String destination) {
        workers.stream().filter(worker -> worker.lane.name().equals(destination)).forEach(Worker::ring);
    }

    ForwardTables tables() {
        return tables;
    }

    /// One lane and its thread.
    private static final class Worker {

        private final Lane lane;
        private final Semaphore bell = new Semaphore(0);
        private final Thread thread;
        private volatile boolean ending;

        Worker(Lane lane) {
            this.lane = lane;
            this.thread = Thread.ofPlatform().name("forward-" + lane.name()).daemon().unstarted(this::run);
        }

        void start() {
            thread.start();
        }

        void ring() {
            bell.release();
        }

        void end() {
            ending = true;
            lane.end();
            ring();
        }

        private void run() {
            try (lane) {
                while (!ending) {
                    var wait = lane.step();
                    if (!wait.isZero() && bell.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                        bell.drainPermits();
                    }
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
