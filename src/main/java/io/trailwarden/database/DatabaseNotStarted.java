package io.trailwarden.database;

import org.jspecify.annotations.Nullable;

/// The embedded PostgreSQL could not be brought up. The message is meant for the person who started the program: what
/// is wrong, and what to do.
public final class DatabaseNotStarted extends RuntimeException {

    /// How to do without the embedded server; the end of every message that nothing else can mend.
    static final String BRING_YOUR_OWN = "name a PostgreSQL of your own instead with trailwarden.database.url,"
            + " trailwarden.database.user and trailwarden.database.password";

    DatabaseNotStarted(String message) {
        super(message);
    }

    DatabaseNotStarted(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
