package io.trailwarden.rules;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Signal;
import java.time.Duration;
import java.time.Instant;

/// A record as a rule's test describes it: what a client would send.
///
/// @param attributes all of them, `session.id` and `user.email` included
/// @param spanId 16 hexadecimal digits, empty for none
/// @param parentSpanId 16 hexadecimal digits, empty for none
/// @param duration length of a span
/// @param principal who the door would have authenticated
public record TestRecord(Signal signal, String name, Instant time, Attributes attributes, String spanId, String parentSpanId,
        Duration duration, String principal) {

    /// Reads records of tests the way those of real clients are read.
    @FunctionalInterface
    public interface Reader {

        /// What the dialect of Claude Code makes of `sent`.
        Observation read(TestRecord sent);
    }
}
