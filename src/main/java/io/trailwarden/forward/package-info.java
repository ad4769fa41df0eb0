/// Sends alerts and records of the trail onward to the systems that a company already has.
///
/// Promises: everything that a destination is configured to get is handed over at least once, in order, or is kept as a
/// dead letter with the reason; nothing is dropped in silence, and no destination waits for another. Start at
/// [io.trailwarden.forward.Forwarder]; what is sent is an [io.trailwarden.forward.Item].
@NullMarked
package io.trailwarden.forward;

import org.jspecify.annotations.NullMarked;
