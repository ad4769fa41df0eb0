package io.trailwarden.ops;

import io.smallrye.health.api.Wellness;
import io.trailwarden.spool.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Whether the spool has room. Asked well before readiness ends, so that somebody can act.
@Wellness
@ApplicationScoped
class SpoolHealth implements HealthCheck {

    /// Share of the quota from which on a person should look; an outage of the database of some hours.
    private static final double FILLING = 0.5;

    private final Spool spool;
    private final Since since;

    @Inject
    SpoolHealth(Spool spool, InstantSource clock) {
        this.spool = spool;
        this.since = new Since(clock);
    }

    @Override
    public HealthCheckResponse call() {
        var fill = spool.fill();
        boolean filling = fill.bytes() >= fill.quota() * FILLING;
        return since.answer("spool", filling ? "half of the spool is taken: what is acknowledged does not get into the trail fast enough; "
                + "at its quota senders are asked to come again" : null, "telemetry is acknowledged from disk, and there is room")
                .withData("waitingRecords", fill.records()).withData("bytes", fill.bytes()).withData("quota", fill.quota()).build();
    }
}
