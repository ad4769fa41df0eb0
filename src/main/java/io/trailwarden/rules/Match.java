package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import java.util.List;
import java.util.Map;

/// A rule matched.
///
/// @param rule which
/// @param subject the record that completed it
/// @param evidence all records that show it, oldest first
/// @param facts what the rule worked out, for its title
/// @param weak whether it rests on an estimate, which makes it one severity milder
record Match(Rule rule, Subject subject, List<Evidence> evidence, Map<String, String> facts, boolean weak) {

    Match {
        evidence = List.copyOf(evidence);
        facts = Map.copyOf(facts);
    }
}
