package io.trailwarden.store;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.spool.Spool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Takes frames from the spool and puts them into the trail, each exactly once, for as long as the process lives.
///
/// One transaction holds a batch's rows, its books and how far the spool is loaded. So whatever breaks, the next
/// connection reads how far we came and goes on from there; a commit whose answer was lost is settled the same way.
/// Trouble with the database is waited out, and the door goes on. A record that no row can hold is found by halving and
/// put aside; it never holds up the others.
@ApplicationScoped
class Loader {

    private static final Logger LOG = Logger.getLogger(Loader.class);

    /// Longest wait for a frame: also how often the door's books and the day are looked at.
    private static final Duration TICK = Duration.ofMillis(500);

    private final Spool spool;
    private final DataSource database;
    private final InstantSource clock;
    private final StoreConfig config;
    private final StoreMetrics metrics;
    private final Tail tail;
    private final Bookkeeper bookkeeper;
    private final TrailWriter writer;
    private final CountDownLatch opened = new CountDownLatch(1);

    private volatile boolean stopping;
    private @Nullable Thread thread;
    private Spool.Position position = Spool.Position.START;
    private TrailWriter.@Nullable Written attempted;
    private @Nullable LocalDate partitionsFor;
    private long lastCommit = System.nanoTime();

    @Inject
    Loader(Spool spool, DataSource database, InstantSource clock, StoreConfig config, StoreMetrics metrics, Tail tail, Bookkeeper bookkeeper) {
        this.spool = spool;
        this.database = database;
        this.clock = clock;
        this.config = config;
        this.metrics = metrics;
        this.tail = tail;
        this.bookkeeper = bookkeeper;
        writer = new TrailWriter(spool.id(), config.rememberedOrigins(), config.rememberedIds());
    }

    /// Before the door opens, so that the books begin with what was there.
    void onStart(@Observes @Priority(2000) StartupEvent event) throws InterruptedException {
        start();
        if (!opened.await(10, TimeUnit.SECONDS)) {
            LOG.warn("The trail is not open yet and will be as soon as the database answers; telemetry is taken meanwhile");
        }
    }

    /// After the door closed, before the connections go.
    void onStop(@Observes @Priority(3000) ShutdownEvent event) throws InterruptedException {
        stop();
    }

    /// Begins to load, on a thread of its own.
    ///
    /// A platform thread: interrupting a virtual one would close the connection under a commit.
    void start() {
        thread = Thread.ofPlatform().name("trail-loader").daemon().start(this::run);
    }

    /// Ends after the batch under way. What waits stays in the spool.
    void stop() throws InterruptedException {
        stopping = true;
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    private void run() {
        var outage = new Outage();
        while (!stopping) {
            try (var connection = database.getConnection()) {
                open(connection);
                loadUntilTrouble(connection, outage);
            } catch (SQLException trouble) {
                writer.forget();
                metrics.failed();
                pause(outage.goesOn(reason(trouble)));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error defect) {
                writer.forget();
                metrics.failed();
                LOG.error("Loading failed in a way nobody foresaw; trying again", defect);
                pause(outage.goesOn(defect.getClass().getSimpleName()));
            }
        }
    }

    /// Reads how far the spool is loaded, which also tells what became of a commit without an answer.
    private void open(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(config.patience().toMillis()));
        position = loadedTo(connection);
        var unsettled = attempted;
        attempted = null;
        spool.release(position);
        if (unsettled != null && position.compareTo(unsettled.end()) >= 0) {
            tail.publish(unsettled.stored(), unsettled.bytes());
        }
        bookkeeper.open(connection);
        connection.commit();
        ensurePartitions(connection);
        opened.countDown();
    }

    private Spool.Position loadedTo(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select segment, byte_offset from spool_position where spool = ?")) {
            query.setObject(1, spool.id());
            try (var found = query.executeQuery()) {
                return found.next() ? new Spool.Position(found.getLong("segment"), found.getLong("byte_offset")) : Spool.Position.START;
            }
        }
    }

    private void loadUntilTrouble(Connection connection, Outage outage) throws SQLException, InterruptedException {
        while (!stopping) {
            foldBooks(connection);
            ensurePartitions(connection);
            var frames = gather();
            if (!frames.isEmpty()) {
                load(connection, new Batch(position, frames));
            }
            outage.ends();
        }
        foldBooks(connection);
    }

    private void foldBooks(Connection connection) throws SQLException {
        if (bookkeeper.hasNews()) {
            bookkeeper.fold(connection);
            connection.commit();
        }
    }

    /// Yesterday, today and tomorrow, made ahead at start and when the day changes.
    private void ensurePartitions(Connection connection) throws SQLException {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(partitionsFor)) {
            int day = Math.toIntExact(today.toEpochDay());
            writer.ensurePartitions(connection, List.of(day - 1, day, day + 1));
            connection.commit();
            writer.partitionsReady();
            partitionsFor = today;
        }
    }

    /// What waits, up to a batch. Under a steady trickle it waits a little for more, counted from the last commit.
    private List<Spool.Placed> gather() throws InterruptedException {
        var frames = new ArrayList<>(spool.read(position, config.batchRecords(), TICK));
        long deadline = lastCommit + config.gather().toNanos();
        int records = records(frames);
        while (!frames.isEmpty() && records < config.batchRecords()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            var more = spool.read(frames.getLast().position(), config.batchRecords() - records, Duration.ofNanos(left));
            frames.addAll(more);
            records += records(more);
        }
        return frames;
    }

    private static int records(List<Spool.Placed> frames) {
        return frames.stream().mapToInt(placed -> placed.frame().records()).sum();
    }

    private void load(Connection connection, Batch batch) throws SQLException {
        long began = System.nanoTime();
        TrailWriter.Written written;
        try {
            written = writer.write(connection, batch, Set.of(), clock.instant());
        } catch (SQLException | RuntimeException trouble) {
            throwUnlessAboutTheData(trouble);
            halve(connection, batch, trouble);
            return;
        }
        commit(connection, written, began);
    }

    private void commit(Connection connection, TrailWriter.Written written, long began) throws SQLException {
        attempted = written;
        connection.commit();
        attempted = null;
        writer.committed(written);
        position = written.end();
        spool.release(position);
        tail.publish(written.stored(), written.bytes());
        lastCommit = System.nanoTime();
        metrics.loaded(written, Duration.ofNanos(lastCommit - began));
    }

    /// Something in `batch` cannot be stored: loads its halves, down to one frame, and that less its bad records.
    private void halve(Connection connection, Batch batch, Exception why) throws SQLException {
        giveUp(connection);
        if (batch.frames().size() > 1) {
            load(connection, batch.older());
            load(connection, batch.newer());
            return;
        }
        var all = new HashSet<>(batch.events());
        var refused = unloadable(connection, batch, all, batch.events());
        LOG.errorf("Records put aside because no row can hold them: count=%d reason=%s", refused.size(), reason(why));
        long began = System.nanoTime();
        TrailWriter.Written written;
        try {
            written = writer.write(connection, batch, refused, clock.instant());
        } catch (SQLException | RuntimeException together) {
            // Each can be stored alone, and all of them cannot: none of them may hold up the others.
            throwUnlessAboutTheData(together);
            giveUp(connection);
            written = writer.write(connection, batch, all, clock.instant());
        }
        commit(connection, written, began);
    }

    /// Those of `suspects` that cannot be stored even alone.
    private Set<AuditEvent> unloadable(Connection connection, Batch frame, Set<AuditEvent> all, List<AuditEvent> suspects) throws SQLException {
        if (suspects.isEmpty() || loadable(connection, frame, all, suspects)) {
            return Set.of();
        }
        if (suspects.size() == 1) {
            return Set.copyOf(suspects);
        }
        int half = suspects.size() / 2;
        var found = new HashSet<>(unloadable(connection, frame, all, suspects.subList(0, half)));
        found.addAll(unloadable(connection, frame, all, suspects.subList(half, suspects.size())));
        return found;
    }

    /// Tries, and takes it back either way.
    private boolean loadable(Connection connection, Batch frame, Set<AuditEvent> all, List<AuditEvent> some) throws SQLException {
        var others = new HashSet<>(all);
        some.forEach(others::remove);
        try {
            writer.write(connection, frame, others, clock.instant());
            return true;
        } catch (SQLException | RuntimeException trouble) {
            throwUnlessAboutTheData(trouble);
            return false;
        } finally {
            giveUp(connection);
        }
    }

    private void giveUp(Connection connection) throws SQLException {
        attempted = null;
        writer.forget();
        connection.rollback();
    }

    /// Classes 22 (data), 23 (constraint) and 54 (limit), and records that cannot even be written down: trying again
    /// cannot help. Everything else is the database's trouble.
    private static void throwUnlessAboutTheData(Exception trouble) throws SQLException {
        if (trouble instanceof SQLException sql) {
            var state = String.valueOf(sql.getSQLState());
            if (!state.startsWith("22") && !state.startsWith("23") && !state.startsWith("54")) {
                throw sql;
            }
        }
    }

    /// What may be logged: the server's words can quote a record, except when they are about the connection.
    private static String reason(Exception trouble) {
        if (!(trouble instanceof SQLException sql)) {
            return trouble.getClass().getSimpleName();
        }
        var state = String.valueOf(sql.getSQLState());
        return state.startsWith("08") || state.startsWith("57") || state.startsWith("53") ? state + " " + sql.getMessage() : state;
    }

    private void pause(Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        while (!stopping && System.nanoTime() < until) {
            java.util.concurrent.locks.LockSupport.parkNanos(Math.min(TICK.toNanos(), until - System.nanoTime()));
        }
    }

    /// A stretch of trouble: logged when it starts, when its reason changes, and when it ends.
    private final class Outage {

        private @Nullable String reason;
        private long began;
        private int attempts;

        /// @return how long to wait before the next attempt: doubling, with jitter
        Duration goesOn(String why) {
            if (reason == null) {
                began = System.nanoTime();
                LOG.warnf("Trail not loading, records wait in the spool: reason=%s", why);
            } else if (!reason.equals(why)) {
                LOG.warnf("Trail still not loading: reason=%s attempts=%d", why, attempts);
            }
            reason = why;
            double wait = config.retryShortest().toNanos() * Math.pow(2, Math.min(attempts++, 30));
            double bounded = Math.min(wait, config.retryLongest().toNanos());
            return Duration.ofNanos((long) (bounded * ThreadLocalRandom.current().nextDouble(0.5, 1)));
        }

        /// Whatever waited could be loaded.
        void ends() {
            if (reason != null) {
                LOG.infof("Trail loading again: after=%ds attempts=%d", Duration.ofNanos(System.nanoTime() - began).toSeconds(), attempts);
                reason = null;
                attempts = 0;
            }
        }
    }
}
