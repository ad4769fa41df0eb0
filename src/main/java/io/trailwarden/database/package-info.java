/// A PostgreSQL of our own for those who bring none: unpacked, initialised, started, adopted or stopped.
///
/// Start at [io.trailwarden.database.EmbeddedPostgres].
@NullMarked
package io.trailwarden.database;

import org.jspecify.annotations.NullMarked;
