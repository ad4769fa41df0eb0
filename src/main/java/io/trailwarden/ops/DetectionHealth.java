package io.trailwarden.ops;

import io.smallrye.health.api.Wellness;
import io.trailwarden.rules.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;

/// Whether rules see what happens, soon after it happened.
@Wellness
@ApplicationScoped
class DetectionHealth implements HealthCheck {

    /// Records that were received this long ago should have been seen.
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Rules rules;
    private final Since since;

    @Inject
    DetectionHealth(Rules rules, InstantSource clock) {
        this.rules = rules;
        this.since = new Since(clock);
    }

    @Override
    public HealthCheckResponse call() {
        var progress = rules.progress();
        return since.answer("detection", trouble(progress), "rules follow the trail")
                .withData("behindRecords", progress.behind()).withData("rules", rules.loaded().size()).withData("problemsOfFiles", rules.problems().size())
                .withData("failingRules", rules.failing().size()).build();
    }

    private @Nullable String trouble(Rules.Progress progress) {
        if (!progress.running()) {
            return "rules stand still until the database answers: alerts come late, and none is lost";
        }
        if (progress.behind() > 0 && progress.lag().compareTo(LATE) > 0) {
            return "rules are more than a minute behind the trail: alerts come late, and none is lost";
        }
        return rules.loaded().isEmpty() ? "no rule is loaded: nothing raises an alert" : null;
    }
}
