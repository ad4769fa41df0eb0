package io.trailwarden.inventory;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.inventory.Activity.Progress;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.TrailUnavailable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Follows the trail in its order and counts each record, for as long as the process lives.
///
/// Sums are written in the transaction that moves the cursor over their records, so whatever breaks, each record counts
/// exactly once. Trouble with the database is waited out. A process that finds the cursor moved by another one gives up
/// its batch and goes on from there.
@ApplicationScoped
class InventoryLoop {

    private static final Logger LOG = Logger.getLogger(InventoryLoop.class);

    private static final Duration WAIT = Duration.ofMillis(500);

    private final Trail trail;
    private final DataSource database;
    private final InstantSource clock;
    private final InventoryConfig config;
    private final InventoryMetrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);

    private @Nullable Thread thread;
    private long attempts;
    private volatile Progress progress = new Progress(0, 0, false);

    @Inject
    InventoryLoop(Trail trail, DataSource database, InstantSource clock, InventoryConfig config, InventoryMetrics metrics) {
        this.trail = trail;
        this.database = database;
        this.clock = clock;
        this.config = config;
        this.metrics = metrics;
    }

    Progress progress() {
        return progress;
    }

    void onStart(@Observes @Priority(2600) StartupEvent event) {
        start();
    }

    void onStop(@Observes @Priority(2600) ShutdownEvent event) throws InterruptedException {
        stop();
    }

    /// A platform thread: interrupting a virtual one would close the connection under a commit.
    void start() {
        thread = Thread.ofPlatform().name("inventory").daemon().start(this::run);
    }

    /// Ends after the batch under way.
    void stop() throws InterruptedException {
        stop.countDown();
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        while (!stopping()) {
            try (var connection = database.getConnection()) {
                connection.setAutoCommit(false);
                followUntilTrouble(connection);
            } catch (SQLException trouble) {
                pause(trouble, "sql state " + trouble.getSQLState());
            } catch (TrailUnavailable trouble) {
                pause(trouble, String.valueOf(trouble.getMessage()));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error defect) {
                LOG.error("Counting failed in a way nobody foresaw; beginning again from the cursor", defect);
                pause(defect, defect.getClass().getSimpleName());
            }
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private void pause(Throwable trouble, String reason) {
        progress = new Progress(progress.position(), progress.behind(), false);
        metrics.outage();
        if (attempts == 0) {
            LOG.warnf("Counting held up, it goes on where it was: reason=%s", reason);
        }
        LOG.debug("Counting held up", trouble);
        double wait = config.retryShortest().toMillis() * Math.pow(2, Math.min(attempts++, 20));
        try {
            stop.await((long) Math.min(wait, config.retryLongest().toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void followUntilTrouble(Connection connection) throws SQLException, InterruptedException {
        var cursor = new InventoryCursor(connection);
        long position = cursor.read(clock.instant());
        connection.commit();
        while (!stopping()) {
            var events = trail.follow(position, config.batchRecords(), WAIT);
            if (events.isEmpty()) {
                // Put back by an operator, to count again, or moved on by another process.
                position = cursor.position();
                connection.commit();
            } else {
                count(connection, cursor, position, events);
                position = events.getLast().position();
                metrics.counted(events.size());
            }
            tell(position, events);
            recovered();
            if (!events.isEmpty() && events.size() < config.batchRecords()) {
                stop.await(config.gather().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void count(Connection connection, InventoryCursor cursor, long position, List<StoredEvent> events) throws SQLException {
        boolean done = false;
        try {
            if (!cursor.move(position, events.getLast().position(), clock.instant())) {
                throw new SQLException("another process counts the trail; going on from its cursor", "40001");
            }
            new Batch(events).write(connection);
            connection.commit();
            done = true;
        } finally {
            if (!done) {
                connection.rollback();
            }
        }
    }

    private void recovered() {
        if (attempts > 0) {
            LOG.infof("Counting goes on: attempts=%d", attempts);
            attempts = 0;
        }
    }

    private void tell(long position, List<StoredEvent> events) {
        long behind = Math.max(0, trail.head() - position);
        progress = new Progress(position, behind, true);
        metrics.stands(behind, events.isEmpty() ? Duration.ZERO : Duration.between(events.getLast().event().receivedAt(), clock.instant()));
    }
}
