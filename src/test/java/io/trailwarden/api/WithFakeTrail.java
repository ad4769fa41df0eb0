package io.trailwarden.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Identity, alerts and the interface for programs as they ship, with [FakeTrail] and [FakeRules] in place of the stations before them:
/// what is asked for is there at once, and nothing opens a door.
public final class WithFakeTrail implements QuarkusTestProfile {

    /// What would open a door, write files or follow the trail. What only reads the database stays.
    private static final List<String> LEFT_OUT = List.of("store.Bookkeeper", "store.Loader", "store.PostgresTrail", "store.StoreMetrics",
            "store.Tail", "spool.*", "otlp.*", "rules.DetectionLoop", "rules.RulesMetrics", "ops.SpoolHealth",
            "ops.FirstRunFile", "ops.StartupReport");

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeTrail.class, FakeRules.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.arc.exclude-types", String.join(",", LEFT_OUT.stream().map("io.trailwarden."::concat).toList()));
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DatabaseResource.class));
    }
}
