package io.trailwarden.ops;

/// The program cannot start, for a reason that its operator can mend. The message says which and how.
final class CannotStart extends RuntimeException {

    CannotStart(String message) {
        super(message);
    }

    CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
