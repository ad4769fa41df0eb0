package io.trailwarden.api;

import io.trailwarden.alert.Alert.Status;
import org.jspecify.annotations.Nullable;

/// What was asked for does not go with where the alert is.
final class Conflict extends RuntimeException {

    Conflict(Status status, @Nullable String by, @Nullable String owner) {
        super("nothing changed: the alert is %s%s, and its owner is %s".formatted(status.wireName(), by == null ? "" : ", by " + by,
                owner == null ? "nobody" : owner));
    }

    Problem problem() {
        return Problem.of("Nothing changed", 409, String.valueOf(getMessage()));
    }
}
