package io.trailwarden.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Stream;

/// What is counted about alerts.
final class AlertMetrics {

    private final List<Counter> raised;

    AlertMetrics(MeterRegistry registry) {
        raised = Stream.of(Severity.values()).map(severity -> counter(registry, severity)).toList();
    }

    void raised(List<Alert> alerts) {
        alerts.forEach(alert -> raised.get(alert.severity().ordinal()).increment());
    }

    private static Counter counter(MeterRegistry registry, Severity severity) {
        return Counter.builder("trailwarden.alert.raised.alerts")
                .description("Alerts raised and committed, by severity")
                .tag("severity", severity.wireName())
                .register(registry);
    }
}
