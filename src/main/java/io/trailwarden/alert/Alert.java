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
public record Alert(AlertKey key, String rule, String ruleVersion, String title, Severity severity, boolean attempt,
        Status status, String person, @Nullable String session, Instant raisedAt, Instant at, Instant lastSeen,
        long occurrences, List<Finding.Evidence> evidence) {

    public Alert {
        evidence = List.copyOf(evidence);
    }

    /// Where in its life it is. Closing asks for a reason, which is the alert page's business.
    public enum Status {
        OPEN,
        ACKNOWLEDGED,
        CLOSED;

        /// `open`, `acknowledged` or `closed`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
