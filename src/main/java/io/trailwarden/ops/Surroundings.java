package io.trailwarden.ops;

import io.quarkus.runtime.ShutdownEvent;
import io.trailwarden.database.DataDirLock;
import io.trailwarden.database.EmbeddedPostgres;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What the program holds around Quarkus: the lock on the data folder, and its own database.
///
/// Lives before and after the container, so it is kept in the one static place of the program.
record Surroundings(DataDirLock lock, @Nullable EmbeddedPostgres database) {

    private static final AtomicReference<@Nullable Surroundings> HELD = new AtomicReference<>();

    static void hold(Surroundings surroundings) {
        HELD.set(surroundings);
    }

    /// The embedded database, or null when the operator named one.
    static @Nullable EmbeddedPostgres embedded() {
        var held = HELD.get();
        return held == null ? null : held.database();
    }

    /// Stops what is held, once; called again it does nothing.
    static void release() {
        var held = HELD.getAndSet(null);
        if (held == null) {
            return;
        }
        if (held.database() != null) {
            held.database().close();
        }
        held.lock().close();
    }

    /// Ends the database after every feature had its turn to write.
    static final class Last {

        void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
            release();
        }
    }
}
