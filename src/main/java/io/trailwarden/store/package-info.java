/// The trail in PostgreSQL: loading it from the spool once and in one order, and reading it.
///
/// Promises: every record of the spool ends up in the trail exactly once, with a position in one total order; a record
/// seen before is counted, not kept twice. Start at [io.trailwarden.store.Trail] to read.
@NullMarked
package io.trailwarden.store;

import org.jspecify.annotations.NullMarked;
