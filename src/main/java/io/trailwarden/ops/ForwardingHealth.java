package io.trailwarden.ops;

import io.smallrye.health.api.Wellness;
import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.forward.Forwarding;
import io.trailwarden.forward.Forwarding.Standing;
import io.trailwarden.forward.Forwarding.State;
import io.trailwarden.forward.ForwardingUnavailable;
import io.trailwarden.store.TrailUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Whether destinations take what is for them.
@Wellness
@ApplicationScoped
class ForwardingHealth implements HealthCheck {

    /// A receiver that restarts is nobody's worry.
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Forwarding forwarding;
    private final InstantSource clock;
    private final Since since;

    @Inject
    ForwardingHealth(Forwarding forwarding, InstantSource clock) {
        this.forwarding = forwarding;
        this.clock = clock;
        this.since = new Since(clock);
    }

    @Override
    public HealthCheckResponse call() {
        try {
            return answer(forwarding.destinations().stream().filter(each -> !(each.state() instanceof State.Removed)).toList());
        } catch (ForwardingUnavailable | AlertsUnavailable | TrailUnavailable away) {
            return since.answer("forwarding", "nothing is forwarded until the database answers; what comes waits", "").build();
        }
    }

    private HealthCheckResponse answer(List<Standing> destinations) {
        long stopped = destinations.stream().filter(each -> each.state() instanceof State.Misconfigured).count();
        long away = destinations.stream().filter(each -> each.state() instanceof State.HeldBack held && held.since().isBefore(clock.instant().minus(LONG))).count();
        var reason = stopped > 0 ? "a destination gets nothing until somebody mends its settings, and what is for it waits; the page Forwarding says which"
                : away > 0 ? "a destination could not be reached for five minutes, and what is for it waits; the page Forwarding says which" : null;
        return since.answer("forwarding", reason, destinations.isEmpty() ? "no destination is configured" : "destinations take what is for them")
                .withData("destinations", destinations.size()).withData("misconfigured", stopped).withData("unreachable", away).build();
    }
}
