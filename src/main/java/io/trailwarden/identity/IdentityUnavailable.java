package io.trailwarden.identity;

/// The database of tokens and accounts does not answer, or not as it should. Nothing was changed.
public final class IdentityUnavailable extends RuntimeException {

    /// @param what what could not be done, without secrets
    public IdentityUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
