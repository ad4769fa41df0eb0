/// An alert's life: raised once, grouped, acknowledged, closed with a reason.
///
/// Start at [io.trailwarden.alert.Alerts].
@NullMarked
package io.trailwarden.alert;

import org.jspecify.annotations.NullMarked;
