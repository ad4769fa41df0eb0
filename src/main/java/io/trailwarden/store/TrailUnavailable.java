package io.trailwarden.store;

/// The database does not answer, or not as it should. What was acknowledged is safe in the spool meanwhile.
public final class TrailUnavailable extends RuntimeException {

    /// @param what what could not be done, without content
    public TrailUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
