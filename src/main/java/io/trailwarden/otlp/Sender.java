package io.trailwarden.otlp;

import java.time.Duration;
import java.time.Instant;

/// Who sends a request, and how long they can wait.
///
/// @param principal the name of the ingest token
/// @param contentType as sent
/// @param until when, by our clock, the sender must have an answer: what we wait for, memory or the spool, ends by then
record Sender(String principal, String contentType, Instant until) {

    /// How long the sender can still wait at `now`; not negative.
    Duration patience(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
}
