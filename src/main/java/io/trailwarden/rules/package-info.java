/// Detections: Sigma rules and stateful detectors over the trail, in its order.
///
/// Has no clock of its own: time is record time. The same records always give the same findings. Rules are content, in
/// files under `rules/`; start reading at [io.trailwarden.rules.RuleSet].
@NullMarked
package io.trailwarden.rules;

import org.jspecify.annotations.NullMarked;
