package io.trailwarden.redact;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what was taken out of telemetry.
final class RedactMetrics {

    private final Counter secrets;
    private final Counter masked;
    private final Counter dropped;

    RedactMetrics(MeterRegistry registry) {
        secrets = Counter.builder("trailwarden.redact.secrets")
                .description("Secrets replaced by a marker before anything was written").register(registry);
        masked = content(registry, "mask");
        dropped = content(registry, "drop");
    }

    private static Counter content(MeterRegistry registry, String policy) {
        return Counter.builder("trailwarden.redact.contents").tag("policy", policy)
                .description("Prompts, answers and tool outputs that policy kept out of the trail").register(registry);
    }

    void secret() {
        secrets.increment();
    }

    void masked() {
        masked.increment();
    }

    void dropped() {
        dropped.increment();
    }
}
