package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A record of the trail.
///
/// @param position place in the one order of the trail, from 1, without gaps
/// @param event the record
/// @param mode the session's effective permission mode once this record was taken into account; null when unknown
public record StoredEvent(long position, AuditEvent event, @Nullable String mode) {

    /// When it counts as seen: by the client's clock, to the microsecond; by ours where the client's cannot be believed.
    public Instant seenAt() {
        long micros = Seen.of(event).at();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
    }
}
