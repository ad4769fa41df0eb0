package io.trailwarden.inventory;

/// The database does not answer, or not as it should. Nothing is lost: what follows from the trail is counted later.
public final class InventoryUnavailable extends RuntimeException {

    /// @param what what could not be done, without content
    InventoryUnavailable(String what, Throwable cause) {
        super(what, cause);
    }
}
