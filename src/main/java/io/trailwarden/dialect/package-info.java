/// One file per agent product: its OTLP records become our observations.
///
/// The door hands over what it decoded ([io.trailwarden.dialect.Envelope] and an
/// [io.trailwarden.dialect.OtlpRecord]); [io.trailwarden.dialect.Dialects] picks who reads it. Senders and records that
/// nobody knows are kept as they are, never refused. Shell commands are read in [io.trailwarden.dialect.shell].
@NullMarked
package io.trailwarden.dialect;

import org.jspecify.annotations.NullMarked;
