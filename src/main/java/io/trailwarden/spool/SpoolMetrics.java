package io.trailwarden.spool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What the spool tells about itself.
final class SpoolMetrics {

    private final MeterRegistry registry;
    private final Counter[] appends;
    private final Counter records;
    private final Counter bytes;
    private final Counter damaged;
    private final Timer syncs;
    private final DistributionSummary groups;

    /// What became of an append.
    enum Outcome {
        /// On stable storage and acknowledged.
        DURABLE,
        /// Not taken within the caller's patience.
        BUSY
    }

    SpoolMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.appends = Stream.of(Outcome.values()).map(outcome -> Counter.builder("trailwarden.spool.appends")
                .description("Requests handed to the spool, by what became of them").tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)).toArray(Counter[]::new);
        this.records = Counter.builder("trailwarden.spool.records").description("Records put on stable storage").register(registry);
        this.bytes = Counter.builder("trailwarden.spool.written.bytes").description("Bytes of frames put on stable storage").register(registry);
        this.damaged = Counter.builder("trailwarden.spool.damaged.bytes").description("Bytes of segments that did not pass their checksums").register(registry);
        this.syncs = Timer.builder("trailwarden.spool.sync").description("Time one write and fdatasync of a group of requests took").register(registry);
        this.groups = DistributionSummary.builder("trailwarden.spool.group.requests").description("Requests that shared one fdatasync").register(registry);
    }

    void watch(Supplier<Spool.Fill> fill) {
        Gauge.builder("trailwarden.spool.waiting.records", () -> fill.get().records()).description("Records acknowledged and not yet loaded").register(registry);
        Gauge.builder("trailwarden.spool.used.bytes", () -> fill.get().bytes()).description("Bytes of segment files on disk").register(registry);
        Gauge.builder("trailwarden.spool.quota.bytes", () -> fill.get().quota()).description("Most bytes that segment files may take").register(registry);
    }

    void appended(Outcome outcome) {
        appends[outcome.ordinal()].increment();
    }

    void synced(int requests, long recordsInThem, long bytesInThem, Duration took) {
        groups.record(requests);
        records.increment(recordsInThem);
        bytes.increment(bytesInThem);
        syncs.record(took);
    }

    void damaged(long bytesPassedOver) {
        damaged.increment(bytesPassedOver);
    }
}
