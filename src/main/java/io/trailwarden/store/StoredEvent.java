package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import org.jspecify.annotations.Nullable;

/// A record of the trail.
///
/// @param position place in the one order of the trail, from 1, without gaps
/// @param event the record
/// @param mode the session's effective permission mode once this record was taken into account; null when unknown
public record StoredEvent(long position, AuditEvent event, @Nullable String mode) {
}
