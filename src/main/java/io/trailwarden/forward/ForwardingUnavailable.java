package io.trailwarden.forward;

/// The database did not answer; what was asked did not happen.
public final class ForwardingUnavailable extends RuntimeException {

    ForwardingUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
