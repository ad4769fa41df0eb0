package io.trailwarden.forward;

import io.trailwarden.alert.Severity;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertChange;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that is sent onward, in no destination's own words: a record of the trail, or something that happened to an
/// alert. All text in it may be hostile.
sealed interface Item {

    /// The same whenever this item is sent, and no other item's, so that a receiver can drop what it has already.
    UUID id();

    /// Place in the one order of its source, from 1.
    long position();

    /// What happened: `tool_decision` and the like of a record, `alert.raised` and the like of an alert.
    String name();

    /// When it happened: the client's clock for a record, ours for an alert.
    Instant time();

    /// When we knew, our clock.
    Instant knownAt();

    /// How much it matters.
    Severity severity();

    /// Whose agent.
    String person();

    /// Its session, null when unknown.
    @Nullable String session();

    /// A record of the trail.
    ///
    /// @param principal who the door authenticated
    /// @param mode the session's effective permission mode, null when unknown
    /// @param fields everything else by the names that rules use (`tool_name`, `command.hosts`, `service.version`, ...); words
    ///     of prompts and answers are `[masked:<length>]` unless the destination is configured to get them
    record OfEvent(EventId event, long position, Signal signal, String name, Instant time, Instant knownAt, Severity severity,
            String principal, String person, @Nullable String session, @Nullable String mode, Attributes fields) implements Item {

        @Override
        public UUID id() {
            return event.value();
        }
    }

    /// Something that happened to an alert: it was raised, acknowledged, assigned, closed. Each has an id of its own; what they
    /// share is `change().alert().key()`.
    ///
    /// @param change what happened, with the alert; `change().status()` is where the alert went with it
    record OfAlert(UUID id, AlertChange change) implements Item {

        /// The alert as it stood when this was read: title, rule, evidence.
        public Alert alert() {
            return change.alert();
        }

        @Override
        public long position() {
            return change.position();
        }

        @Override
        public String name() {
            return "alert." + change.kind().wireName();
        }

        @Override
        public Instant time() {
            return change.at();
        }

        @Override
        public Instant knownAt() {
            return change.at();
        }

        @Override
        public Severity severity() {
            return alert().severity();
        }

        @Override
        public String person() {
            return alert().person();
        }

        @Override
        public @Nullable String session() {
            return alert().session();
        }
    }
}
