package io.trailwarden.api;

import io.trailwarden.alert.Severity;
import io.trailwarden.rules.BlindSpot;
import io.trailwarden.rules.PolicyLists;
import io.trailwarden.rules.Problem;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.rules.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Two rules, of which one is broken and one is blind, and a file that is none. Only where a test profile asks for it.
@Alternative
@ApplicationScoped
class FakeRules implements Rules, PolicyLists {

    @Override
    public List<String> values(String list) {
        return List.of();
    }

    @Override
    public List<RuleInfo> loaded() {
        return List.of(rule("force_push", List.of()), rule("secret_read", List.of("OTEL_LOG_TOOL_DETAILS=1")));
    }

    private static RuleInfo rule(String id, List<String> needs) {
        return new RuleInfo(id, "v1", "Title of " + id, Severity.HIGH, "rules/test/" + id + ".yaml", "", List.of(), needs, "", "", List.of(), List.of());
    }

    @Override
    public Optional<RuleInfo> find(String id) {
        return loaded().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    @Override
    public List<Problem> problems() {
        return List.of(new Problem("rules/test/none.yaml", 7, 12, "unknown field 'tool_nam'; did you mean 'tool_name'?"));
    }

    @Override
    public Map<String, Long> hits() {
        return Map.of("force_push", 3L, "secret_read", 0L);
    }

    @Override
    public Map<String, String> failing() {
        return Map.of("force_push", "stopped after 10 ms");
    }

    @Override
    public List<BlindSpot> blindSpots() {
        return List.of(new BlindSpot("secret_read", 2, "OTEL_LOG_TOOL_DETAILS=1"));
    }

    @Override
    public Progress progress() {
        return new Progress(0, 0, Duration.ZERO, true);
    }
}
