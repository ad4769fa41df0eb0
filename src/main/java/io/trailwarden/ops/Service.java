package io.trailwarden.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/// Keeps the service up until the process is told to end.
public final class Service implements QuarkusApplication {

    @Override
    public int run(String... arguments) {
        Quarkus.waitForExit();
        return 0;
    }
}
