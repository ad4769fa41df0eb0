package io.trailwarden.otlp;

import io.trailwarden.spool.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means: telemetry can be taken. The door is open and the spool has room; the database is not asked, because the
/// door goes on without it.
@Readiness
@ApplicationScoped
class DoorReadiness implements HealthCheck {

    /// Share of the spool's quota from which on senders are sent elsewhere, while there is still room for those who come.
    private static final double FULL = 0.95;

    private final Door door;
    private final Spool spool;

    @Inject
    DoorReadiness(Door door, Spool spool) {
        this.door = door;
        this.spool = spool;
    }

    @Override
    public HealthCheckResponse call() {
        var fill = spool.fill();
        boolean room = fill.bytes() < fill.quota() * FULL;
        return HealthCheckResponse.named("door").status(door.isOpen() && room).withData("open", door.isOpen())
                .withData("spoolBytes", fill.bytes()).withData("spoolQuota", fill.quota()).withData("waitingRecords", fill.records()).build();
    }
}
