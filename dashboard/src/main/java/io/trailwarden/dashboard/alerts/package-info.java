/// The queue of alerts.
@NullMarked
package io.trailwarden.dashboard.alerts;

import org.jspecify.annotations.NullMarked;
