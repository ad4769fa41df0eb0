package io.trailwarden.inventory;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.store.TrailUnderTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/// A trail on a database of its own, and somebody who counts it.
final class InventoryUnderTest implements AutoCloseable {

    /// How operators count everything again; docs/operate.md says the same.
    static final String[] EMPTY = {
        "truncate activity, activity_wait, person_state, counterpart, counterpart_person, counterpart_session, counterpart_use",
        "update inventory_cursor set position = 0"
    };

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final TestDatabase own = TestDatabase.fresh();
    final TrailUnderTest trail;
    private final Map<String, String> settings;
    private InventoryLoop loop;

    InventoryUnderTest(Map<String, String> settings) {
        this.settings = settings;
        trail = new TrailUnderTest(own.dataSource());
        loop = begun(own.dataSource());
    }

    private InventoryLoop begun(DataSource database) {
        var config = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(InventoryConfig.class)
                .withDefaultValues(Map.of("trailwarden.inventory.gather", "1ms", "trailwarden.inventory.retry-shortest", "20ms",
                        "trailwarden.inventory.retry-longest", "50ms"))
                .withDefaultValues(settings).build().getConfigMapping(InventoryConfig.class);
        var begun = new InventoryLoop(trail.trail(), database, () -> Events.NOON, config, new InventoryMetrics(registry));
        begun.start();
        return begun;
    }

    Activity activity() {
        return new PostgresActivity(own.dataSource(), loop);
    }

    /// Adds records to the trail and waits until they are counted.
    void take(List<AuditEvent> events) throws InterruptedException {
        trail.take(events);
        settle();
    }

    void take(AuditEvent... events) throws InterruptedException {
        take(List.of(events));
    }

    void settle() throws InterruptedException {
        trail.settle();
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (position() < trail.trail().head()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after two minutes records up to " + position() + " are counted, of " + trail.trail().head());
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    private long position() {
        try {
            var found = trail.column("select position from inventory_cursor");
            return found.isEmpty() ? 0 : Long.parseLong(found.getFirst());
        } catch (SQLException broken) {
            throw new AssertionError(broken);
        }
    }

    /// Ends the process, and begins another over `database`.
    void restart(DataSource database) throws InterruptedException {
        loop.stop();
        loop = begun(database);
    }

    /// A second process that counts the same trail.
    InventoryLoop another() {
        return begun(own.dataSource());
    }

    InventoryLoop loop() {
        return loop;
    }

    @Override
    public void close() throws InterruptedException {
        loop.stop();
        trail.close();
        own.close();
    }
}
