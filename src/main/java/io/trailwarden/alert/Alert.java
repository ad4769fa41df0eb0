package io.trailwarden.alert;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An alert as it stands.
///
/// @param raisedAt our clock, when it was written
/// @param at client time of the record that raised it
/// @param occurrences how often it was found, this first time included
/// @param owner account that works on it, null while nobody does
/// @param handling who last acknowledged or closed it, null while it is open
public record Alert(AlertKey key, String rule, String ruleVersion, String title, Severity severity, boolean attempt,
        Status status, String person, @Nullable String session, Instant raisedAt, Instant at, Instant lastSeen,
        long occurrences, @Nullable String owner, @Nullable Handling handling, List<Finding.Evidence> evidence) {

    public Alert {
        evidence = List.copyOf(evidence);
    }

    /// Where in its life it is.
    public enum Status {
        /// Nobody has said that they saw it.
        OPEN,
        /// Somebody is at it.
        ACKNOWLEDGED,
        /// Ended, with a reason; see [Triage#close].
        CLOSED;

        /// `open`, `acknowledged` or `closed`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What was last done about it.
    ///
    /// @param by an account, or `token <name>` for a program
    /// @param at our clock
    /// @param reason why it was closed, null while it is not
    /// @param justification what they wrote when closing it, null while it is not closed
    public record Handling(String by, Instant at, Triage.@Nullable CloseReason reason, @Nullable String justification) {
    }

    /// Whether it waits for somebody longer than its severity allows, see [Due].
    public boolean late(Instant now) {
        return Due.late(status, severity, raisedAt, now);
    }
}
