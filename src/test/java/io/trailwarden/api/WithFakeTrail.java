package io.trailwarden.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Identity, alerts and the interface for programs as they ship, with [FakeTrail] and [FakeRules] in place of the stations before them:
/// what is asked for is there at once, and nothing opens a door.
public final class WithFakeTrail implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FakeTrail.class, FakeRules.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("quarkus.arc.exclude-types", "io.trailwarden.store.*,io.trailwarden.spool.*,io.trailwarden.otlp.*,"
                + "io.trailwarden.rules.*,io.trailwarden.ops.FirstRunFile,io.trailwarden.ops.StartupReport");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(DatabaseResource.class));
    }
}
