package io.trailwarden.rules;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Finding;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.TrailUnavailable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Follows the trail, record by record in its order, and raises the alerts that rules find, for as long as the process
/// lives.
///
/// Findings are written in the transaction that moves the cursor over their records. What rules remember is written now
/// and then, with the position it is of. Whatever breaks, rules begin again from there, and find the same alerts by the
/// same keys; so nothing is missed and nothing raised twice. Trouble with the database is waited out.
@ApplicationScoped
class DetectionLoop {

    private static final Logger LOG = Logger.getLogger(DetectionLoop.class);

    /// Longest wait for a record: also how often files and time are looked at.
    private static final Duration WAIT = Duration.ofMillis(500);
    /// How old what others may know gets.
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    private final Trail trail;
    private final Alerts alerts;
    private final DataSource database;
    private final InstantSource clock;
    private final RulesConfig config;
    private final RulesMetrics metrics;
    private final RunningRules running;
    private final RuleWatch watch;
    private final DetectorSnapshots snapshots = new DetectorSnapshots();
    private final CountDownLatch stop = new CountDownLatch(1);

    private @Nullable Thread thread;
    private @Nullable RuleSet rules;
    private long written;
    private long snapshotAt;
    private Instant snapshotTime = Instant.EPOCH;
    private Instant told = Instant.EPOCH;
    private long attempts;

    @Inject
    DetectionLoop(Trail trail, Alerts alerts, DataSource database, InstantSource clock, RulesConfig config, RulesMetrics metrics,
            RunningRules running, Approved approved, @ConfigProperty(name = "trailwarden.data-dir", defaultValue = "./data") Path dataDir) {
        this(trail, alerts, database, clock, config, metrics, running, new RuleWatch(RuleFolder.packaged(), config.directory().orElse(null),
                dataDir.resolve(RuleFolder.POLICY), config.checkEvery(), approved));
    }

    DetectionLoop(Trail trail, Alerts alerts, DataSource database, InstantSource clock, RulesConfig config, RulesMetrics metrics,
            RunningRules running, RuleWatch watch) {
        this.trail = trail;
        this.alerts = alerts;
        this.database = database;
        this.clock = clock;
        this.config = config;
        this.metrics = metrics;
        this.running = running;
        this.watch = watch;
    }

    void onStart(@Observes @Priority(2500) StartupEvent event) {
        start();
    }

    void onStop(@Observes @Priority(2500) ShutdownEvent event) throws InterruptedException {
        stop();
    }

    /// Loads the rules, and begins to follow on a thread of its own.
    ///
    /// A platform thread: interrupting a virtual one would close the connection under a commit.
    void start() {
        use(watch.load());
        thread = Thread.ofPlatform().name("detection").daemon().start(this::run);
    }

    /// Ends after the batch under way, and writes down what rules remember.
    void stop() throws InterruptedException {
        stop.countDown();
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    private void use(RuleSet loaded) {
        rules = loaded;
        running.loaded(loaded);
        running.filed(watch.filed());
        metrics.rules(loaded);
    }

    private void run() {
        while (!stopping()) {
            try (var connection = database.getConnection()) {
                connection.setAutoCommit(false);
                followUntilTrouble(connection, resume(connection));
            } catch (SQLException trouble) {
                pause(trouble, "sql state " + trouble.getSQLState());
            } catch (TrailUnavailable trouble) {
                pause(trouble, String.valueOf(trouble.getMessage()));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error defect) {
                LOG.error("Detection failed in a way nobody foresaw; beginning again from the last snapshot", defect);
                pause(defect, defect.getClass().getSimpleName());
            }
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void pause(Throwable trouble, String reason) {
        running.stopped();
        metrics.outage();
        if (attempts == 0) {
            LOG.warnf("Detection held up, it goes on where it was: reason=%s", reason);
        }
        LOG.debug("Detection held up", trouble);
        double wait = config.retryShortest().toMillis() * Math.pow(2, Math.min(attempts++, 20));
        try {
            stop.await((long) Math.min(wait, config.retryLongest().toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// Rules with their memory, as of the last snapshot.
    private Evaluator resume(Connection connection) throws SQLException {
        var stand = snapshots.read(connection, clock.instant());
        connection.commit();
        written = stand.position();
        snapshotAt = stand.from();
        snapshotTime = clock.instant();
        var evaluator = new Evaluator(java.util.Objects.requireNonNull(rules, "rules are loaded before anything is followed"));
        evaluator.restore(stand.from(), stand.states());
        return evaluator;
    }

    private void followUntilTrouble(Connection connection, Evaluator resumed) throws SQLException, InterruptedException {
        var evaluator = resumed;
        while (!stopping()) {
            evaluator = withCurrentRules(evaluator);
            var events = trail.follow(evaluator.position(), config.batchRecords(), WAIT);
            var findings = evaluate(evaluator, events);
            write(connection, evaluator, findings, false);
            tell(evaluator, events.isEmpty() ? null : events.getLast().event());
            recovered();
        }
        write(connection, evaluator, new Found(List.of(), Map.of()), true);
    }

    private void recovered() {
        if (attempts > 0) {
            LOG.infof("Detection goes on: attempts=%d", attempts);
            attempts = 0;
        }
    }

    private Evaluator withCurrentRules(Evaluator evaluator) {
        var changed = watch.changed(clock.instant());
        if (changed == null) {
            return evaluator;
        }
        use(changed);
        var next = new Evaluator(changed);
        next.restore(evaluator.position(), evaluator.save());
        return next;
    }

    /// Findings, and when the record that raised each alert was received.
    private record Found(List<Finding> findings, Map<AlertKey, Instant> receipts) {
    }

    private Found evaluate(Evaluator evaluator, List<StoredEvent> events) {
        var findings = new ArrayList<Finding>();
        var receipts = new HashMap<AlertKey, Instant>();
        for (var event : events) {
            for (var finding : evaluator.observe(event)) {
                findings.add(finding);
                receipts.putIfAbsent(finding.key(), event.event().receivedAt());
            }
        }
        if (events.isEmpty()) {
            findings.addAll(evaluator.tick(clock.instant().minus(config.quiet())));
        }
        metrics.evaluated(events.size(), findings.size(), evaluator);
        return new Found(findings, receipts);
    }

    /// Commits findings with the cursor, and the memory when it is time. Records without findings move the cursor only
    /// together with the memory: reading them again costs less than a commit for each.
    private void write(Connection connection, Evaluator evaluator, Found found, boolean last) throws SQLException {
        var now = clock.instant();
        long position = Math.max(evaluator.position(), written);
        boolean remember = evaluator.position() > snapshotAt && (last || !snapshotTime.plus(config.snapshotEvery()).isAfter(now))
                && evaluator.position() >= written;
        if (found.findings().isEmpty() && !remember) {
            return;
        }
        var raised = alerts.raise(connection, found.findings());
        if (!snapshots.move(connection, written, position, now)) {
            connection.rollback();
            throw new SQLException("another process follows the trail with rules; beginning again from its snapshot", "40001");
        }
        var states = remember ? evaluator.save() : Map.<String, Evaluator.Saved>of();
        if (remember) {
            snapshots.write(connection, evaluator.position(), states);
        }
        connection.commit();
        written = position;
        if (remember) {
            snapshots.committed(states);
            snapshotAt = evaluator.position();
            snapshotTime = now;
        }
        announce(raised, found);
    }

    private void announce(List<Alert> raised, Found found) {
        alerts.announce(raised);
        var now = clock.instant();
        for (var alert : raised) {
            var receipt = found.receipts().get(alert.key());
            if (receipt != null) {
                metrics.alerted(Duration.between(receipt, now));
            }
        }
    }

    private void tell(Evaluator evaluator, @Nullable AuditEvent last) {
        var now = clock.instant();
        running.seen(last, now);
        if (!told.plus(TELL_EVERY).isAfter(now)) {
            told = now;
            long head = trail.head();
            running.stands(evaluator, head, true);
            metrics.behind(head - evaluator.position());
        }
    }
}
