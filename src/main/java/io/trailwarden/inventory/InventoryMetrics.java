package io.trailwarden.inventory;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What is counted about the counting.
@Startup
@ApplicationScoped
class InventoryMetrics {

    private final Counter records;
    private final Counter outages;
    private final AtomicLong behind = new AtomicLong();
    private final AtomicLong lagMillis = new AtomicLong();

    @Inject
    InventoryMetrics(MeterRegistry registry) {
        records = Counter.builder("trailwarden.inventory.counted.records").description("Records of the trail that the inventory has counted").register(registry);
        outages = Counter.builder("trailwarden.inventory.outages").description("Times that counting stopped for trouble with the database").register(registry);
        Gauge.builder("trailwarden.inventory.behind.records", behind, AtomicLong::get)
                .description("Records of the trail that the inventory has not counted yet").register(registry);
        Gauge.builder("trailwarden.inventory.lag", lagMillis, millis -> millis.get() / 1000.0).baseUnit("seconds")
                .description("How long ago the record counted last was received; 0 while nothing waits").register(registry);
    }

    void counted(int count) {
        records.increment(count);
    }

    void stands(long notCounted, Duration lag) {
        behind.set(Math.max(0, notCounted));
        lagMillis.set(Math.max(0, lag.toMillis()));
    }

    void outage() {
        outages.increment();
    }
}
