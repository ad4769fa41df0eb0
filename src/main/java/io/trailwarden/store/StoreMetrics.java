package io.trailwarden.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/// What the loader counts; from the start, so that series begin at zero.
@Startup
@ApplicationScoped
class StoreMetrics {

    private final Counter stored;
    private final Counter duplicate;
    private final Counter unloadable;
    private final Counter failures;
    private final Timer batches;

    @Inject
    StoreMetrics(MeterRegistry registry) {
        stored = records(registry, "stored");
        duplicate = records(registry, "duplicate");
        unloadable = records(registry, "unloadable");
        failures = Counter.builder("trailwarden.store.failures").description("Times that loading stopped for trouble with the database")
                .register(registry);
        batches = Timer.builder("trailwarden.store.load").description("Time to write and commit one batch").register(registry);
    }

    /// One batch is committed.
    void loaded(TrailWriter.Written written, Duration took) {
        stored.increment(written.stored().size());
        duplicate.increment(written.duplicates());
        unloadable.increment(written.refused());
        batches.record(took);
    }

    /// Loading stopped and will be tried again.
    void failed() {
        failures.increment();
    }

    private static Counter records(MeterRegistry registry, String outcome) {
        return Counter.builder("trailwarden.store.records").description("Records taken from the spool, by what became of them")
                .tag("outcome", outcome).register(registry);
    }
}
