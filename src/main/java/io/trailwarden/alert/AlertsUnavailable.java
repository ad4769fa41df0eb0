package io.trailwarden.alert;

/// The database of the alerts does not answer, or not as it should. Nothing was changed.
public final class AlertsUnavailable extends RuntimeException {

    /// @param what what could not be done, without content
    public AlertsUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
