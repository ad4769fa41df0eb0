/// How one record of the trail is told to a person: one dense line, and all of it on request.
///
/// The same words wherever a record is shown. Start at [io.trailwarden.dashboard.record.Telling].
@NullMarked
package io.trailwarden.dashboard.record;

import org.jspecify.annotations.NullMarked;
