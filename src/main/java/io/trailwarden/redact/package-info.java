/// Secrets and personal data out of an observation, by policy, before anything is written to any disk.
///
/// Idempotent, and never fails. Start at [io.trailwarden.redact.Redactor].
@NullMarked
package io.trailwarden.redact;

import org.jspecify.annotations.NullMarked;
