package io.trailwarden.demo;

import org.jspecify.annotations.Nullable;

/// Something worth looking at in the console.
///
/// @param person whom it is about, null for everybody
/// @param rule the rule whose alert tells it, null where the person's trail does
/// @param says one sentence
public record Highlight(@Nullable String person, @Nullable String rule, String says) {
}
