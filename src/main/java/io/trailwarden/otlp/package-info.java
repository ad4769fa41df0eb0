/// The door: OTLP over gRPC and HTTP, decoded, authenticated, limited, and acknowledged from the spool.
///
/// Promises: an answer of success means that every record of the request is on stable storage; a client is never
/// told "no" because of our own trouble before it was held as long as it can wait.
@NullMarked
package io.trailwarden.otlp;

import org.jspecify.annotations.NullMarked;
