/// What happened on a developer's machine, as its agent reported it.
///
/// Knows nothing of how records arrive, are kept or judged; every other feature builds on it. An
/// [io.trailwarden.event.Observation] is what was said, an [io.trailwarden.event.AuditEvent] is that plus an id
/// and our time of receipt. [io.trailwarden.event.FieldCatalogue] names every field that rules and people may use.
/// Start reading at [io.trailwarden.event.AuditEvent].
@NullMarked
package io.trailwarden.event;

import org.jspecify.annotations.NullMarked;
