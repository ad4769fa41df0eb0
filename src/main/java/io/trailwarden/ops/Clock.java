package io.trailwarden.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;

/// The one place where the time of day comes from.
final class Clock {

    private Clock() {
    }

    @Produces
    @ApplicationScoped
    static InstantSource now() {
        return InstantSource.system();
    }
}
