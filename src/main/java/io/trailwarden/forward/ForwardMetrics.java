package io.trailwarden.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.trailwarden.forward.Delivery.Accepted;
import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.Refused;
import io.trailwarden.forward.Delivery.RetryLater;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What is counted about forwarding, by kind of destination: destinations are named by people, and names of people's making
/// are no tags.
@Startup
@ApplicationScoped
class ForwardMetrics {

    private final MeterRegistry registry;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong lagMillis = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong misconfigured = new AtomicLong();

    @Inject
    ForwardMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (var kind : Kinds.ALL) {
            items(kind, "accepted");
            items(kind, "refused");
            for (var outcome : new String[] {"accepted", "retry_later", "refused", "misconfigured"}) {
                deliveries(kind, outcome);
            }
        }
        gauge("trailwarden.forward.waiting", "Places of alerts and records that the destination furthest behind has not settled", "items", waiting, 1);
        gauge("trailwarden.forward.lag", "Age of the oldest item that waits anywhere", "seconds", lagMillis, 1000);
        gauge("trailwarden.forward.held.back", "Destinations that cannot be reached, or asked us to come later", "destinations", held, 1);
        gauge("trailwarden.forward.misconfigured", "Destinations that get nothing until somebody mends something", "destinations", misconfigured, 1);
    }

    private void gauge(String name, String description, String unit, AtomicLong value, double scale) {
        Gauge.builder(name, value, number -> number.get() / scale).description(description).baseUnit(unit).register(registry);
    }

    private Counter items(Kind kind, String outcome) {
        return Counter.builder("trailwarden.forward.items").description("Items that a destination settled, by what became of them").baseUnit("items")
                .tag("kind", kind.name()).tag("outcome", outcome).register(registry);
    }

    private Timer deliveries(Kind kind, String outcome) {
        return Timer.builder("trailwarden.forward.deliveries").description("Attempts to hand over a batch, by what became of them")
                .tag("kind", kind.name()).tag("outcome", outcome).register(registry);
    }

    void accepted(Kind kind, int count) {
        items(kind, "accepted").increment(count);
    }

    void refused(Kind kind) {
        items(kind, "refused").increment();
    }

    void attempted(Kind kind, Delivery delivery, Duration took) {
        deliveries(kind, outcome(delivery)).record(took);
    }

    private static String outcome(Delivery delivery) {
        return switch (delivery) {
            case Accepted _ -> "accepted";
            case RetryLater _ -> "retry_later";
            case Refused _ -> "refused";
            case Misconfigured _ -> "misconfigured";
        };
    }

    /// How all destinations stand.
    void stands(long mostWaiting, Duration longestLag, long heldBack, long stopped) {
        waiting.set(mostWaiting);
        lagMillis.set(longestLag.toMillis());
        held.set(heldBack);
        misconfigured.set(stopped);
    }
}
