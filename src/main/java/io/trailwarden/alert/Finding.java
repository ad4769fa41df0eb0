package io.trailwarden.alert;

import io.trailwarden.event.EventId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a rule found in the trail, on its way to becoming an alert or to joining one.
///
/// @param key the alert it belongs to: the same rule, group and first record always give the same key, so that finding
///     it again after a crash raises nothing twice. A finding that joins an open group carries that group's key
/// @param rule stable rule name, such as `shell_secret_to_network`
/// @param ruleVersion hash of what decides about the rule's findings
/// @param title what happened, in words, present or past tense; holds client text only where it is short and named
/// @param severity already lowered when `attempt`
/// @param attempt whether it was refused: the agent tried, and somebody or something said no
/// @param person whose agent
/// @param session its session, null when unknown
/// @param at client time of the record that completed the finding
/// @param evidence the records that show it, oldest first, at least one
public record Finding(AlertKey key, String rule, String ruleVersion, String title, Severity severity, boolean attempt,
        String person, @Nullable String session, Instant at, List<Evidence> evidence) {

    public Finding {
        evidence = List.copyOf(evidence);
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException("a finding needs at least one record of evidence, rule " + rule);
        }
    }

    /// One record and what it shows.
    ///
    /// @param says what this record contributes, such as `reads .env`
    public record Evidence(EventId event, Instant time, String says) {
    }
}
