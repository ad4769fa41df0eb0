package io.trailwarden.rules;

/// A rule that cannot see some people, because their clients keep back what it reads.
///
/// @param rule the rule's id
/// @param people how many people sent records without it during the last day
/// @param setting what would have to be set on their clients
public record BlindSpot(String rule, int people, String setting) {
}
