package io.trailwarden.ops;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/// Answers how something is, and since when: as far as somebody asked, so to the moment between two questions.
final class Since {

    private final InstantSource clock;
    private @Nullable String before;
    private Instant from = Instant.EPOCH;

    Since(InstantSource clock) {
        this.clock = clock;
    }

    /// The beginning of an answer.
    ///
    /// @param reason what is wrong, and what that means, in words; null when all is well. Read by anybody, so without names
    /// @param well what it means when all is well
    synchronized HealthCheckResponseBuilder answer(String check, @Nullable String reason, String well) {
        var now = reason == null ? well : reason;
        if (!now.equals(before)) {
            before = now;
            from = clock.instant();
        }
        return HealthCheckResponse.named(check).status(reason == null).withData("since", from.truncatedTo(ChronoUnit.SECONDS).toString()).withData("means", now);
    }
}
