package io.trailwarden.rules;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// What is counted about detection.
@Startup
@ApplicationScoped
class RulesMetrics {

    private final Counter records;
    private final Counter findings;
    private final Counter evicted;
    private final Counter failures;
    private final Counter outages;
    private final Timer receiptToAlert;
    private final AtomicLong loaded = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private final AtomicLong behind = new AtomicLong();
    private long evictedBefore;
    private long failedBefore;

    @Inject
    RulesMetrics(MeterRegistry registry) {
        records = counter(registry, "trailwarden.rules.evaluated.records", "Records of the trail that rules have seen, those read again after a restart included");
        findings = counter(registry, "trailwarden.rules.findings", "Findings that rules handed to alerts");
        evicted = counter(registry, "trailwarden.rules.evicted.groups", "Groups and values that rules forgot for want of room");
        failures = counter(registry, "trailwarden.rules.failures", "Times that a rule failed on a record");
        outages = counter(registry, "trailwarden.rules.outages", "Times that detection stopped for trouble with the database");
        receiptToAlert = Timer.builder("trailwarden.rules.receipt.to.alert")
                .description("From a record's receipt to the commit of the alert that it raised")
                .publishPercentileHistogram().minimumExpectedValue(Duration.ofMillis(1)).maximumExpectedValue(Duration.ofMinutes(10)).register(registry);
        gauge(registry, "trailwarden.rules.loaded.rules", "Rules that raise alerts", loaded);
        gauge(registry, "trailwarden.rules.broken.problems", "Problems of rule and policy files", broken);
        gauge(registry, "trailwarden.rules.behind.records", "Records of the trail that rules have not seen yet", behind);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(registry);
    }

    void rules(RuleSet rules) {
        loaded.set(rules.alerting().size());
        broken.set(rules.problems().size());
    }

    void evaluated(int count, int found, Evaluator evaluator) {
        records.increment(count);
        findings.increment(found);
        evicted.increment(Math.max(0, evaluator.evicted() - evictedBefore));
        failures.increment(Math.max(0, evaluator.failures() - failedBefore));
        evictedBefore = evaluator.evicted();
        failedBefore = evaluator.failures();
    }

    void behind(long count) {
        behind.set(Math.max(0, count));
    }

    void alerted(Duration sinceReceipt) {
        receiptToAlert.record(sinceReceipt.isNegative() ? Duration.ZERO : sinceReceipt);
    }

    void outage() {
        outages.increment();
    }
}
