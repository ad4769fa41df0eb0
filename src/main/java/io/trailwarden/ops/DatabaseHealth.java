package io.trailwarden.ops;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/// Whether the database answers. Says nothing about readiness: the door goes on without it.
@Wellness
@ApplicationScoped
class DatabaseHealth implements HealthCheck {

    private static final int SECONDS = 3;

    private final DataSource database;
    private final Since since;

    @Inject
    DatabaseHealth(DataSource database, InstantSource clock) {
        this.database = database;
        this.since = new Since(clock);
    }

    @Override
    public HealthCheckResponse call() {
        return since.answer("database", answers() ? null : "the database does not answer: telemetry is taken and waits in the spool, nothing is detected or "
                + "shown until it is back", "the database answers").build();
    }

    private boolean answers() {
        try (var connection = database.getConnection()) {
            return connection.isValid(SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }
}
