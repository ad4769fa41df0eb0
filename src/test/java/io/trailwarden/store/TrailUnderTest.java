package io.trailwarden.store;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.spool.Frame;
import io.trailwarden.spool.ReceiptBook;
import io.trailwarden.spool.Spool;
import io.trailwarden.store.Trail.EventQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/// A loader and a trail on one database, with a spool in memory that outlives restarts of both.
public final class TrailUnderTest implements AutoCloseable {

    final Spool spool;
    private final DataSource database;
    private final StoreConfig config;
    private Instant now = Events.NOON;
    private ReceiptBook door = new ReceiptBook();
    private Loader loader;
    private PostgresTrail trail;

    public TrailUnderTest(DataSource database, Map<String, String> settings) {
        this(database, new MemorySpool(), settings);
    }

    TrailUnderTest(DataSource database, Spool spool, Map<String, String> settings) {
        this.database = database;
        this.spool = spool;
        config = settings(settings);
        begin();
    }

    public TrailUnderTest(DataSource database) {
        this(database, Map.of());
    }

    /// The defaults, and `settings` over them.
    static StoreConfig settings(Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(StoreConfig.class).withDefaultValues(settings).build()
                .getConfigMapping(StoreConfig.class);
    }

    public Trail trail() {
        return trail;
    }

    /// The clock of the loader.
    void setNow(Instant now) {
        this.now = now;
    }

    /// A request came in at the door and was acknowledged.
    void take(AuditEvent... events) {
        take(List.of(events));
    }

    public void take(List<AuditEvent> events) {
        door.received(events.size());
        append(new Frame.Records(events));
    }

    /// A request came in that could not be read.
    void takeUnreadable(String reason) {
        door.received(1);
        door.rejected(ReceiptBook.Rejection.MALFORMED, 1);
        append(new Frame.Unreadable(reason, "tag 7 at byte 12", "00ff", 99, "test", "application/x-protobuf", "", Events.NOON));
    }

    ReceiptBook door() {
        return door;
    }

    void append(Frame frame) {
        if (!(spool.append(frame, Duration.ofSeconds(10)) instanceof Spool.Appended.Durable)) {
            throw new AssertionError("the spool did not take a frame");
        }
    }

    /// Waits until everything that was taken is loaded.
    public void settle() throws InterruptedException {
        if (spool instanceof MemorySpool memory) {
            memory.awaitEmpty();
            return;
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (spool.fill().records() > 0) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after 120 s there still wait " + spool.fill().records() + " records");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Ends the process and begins another; what it only had in memory is gone.
    void restart() throws InterruptedException {
        loader.stop();
        begin();
    }

    /// Another process on the same database, with the same spool opened again.
    TrailUnderTest continuedWith(Spool reopened) {
        return new TrailUnderTest(database, reopened, Map.of());
    }

    private void begin() {
        door = new ReceiptBook();
        var bookkeeper = new Bookkeeper(door, spool);
        var tail = new Tail(config);
        loader = new Loader(spool, database, () -> now, config, new StoreMetrics(new SimpleMeterRegistry()), tail, bookkeeper);
        trail = new PostgresTrail(database, tail, bookkeeper);
        openLoader();
    }

    private void openLoader() {
        try {
            loader.onStart(new StartupEvent());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything in the order of the trail, read from the database.
    List<StoredEvent> inOrder() {
        var all = new ArrayList<StoredEvent>();
        String cursor = null;
        do {
            var page = trail.events(new EventQuery(null, null, null, null, null, Set.of(), 1000, cursor));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        all.sort(Comparator.comparingLong(StoredEvent::position));
        return all;
    }

    List<AuditEvent> events() {
        return inOrder().stream().map(StoredEvent::event).toList();
    }

    public void execute(String... statements) throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public List<String> column(String query) throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement(); var found = statement.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (found.next()) {
                values.add(found.getString(1));
            }
            return values;
        }
    }


    @Override
    public void close() throws InterruptedException {
        loader.stop();
    }
}
