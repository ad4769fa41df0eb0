/// The start page: does anything need a person now, is less and less asked, is policy in force, can the telemetry be
/// trusted. Each block reads for itself and fails alone; each figure opens the list behind it.
///
/// What the page says in words is worked out in [io.trailwarden.dashboard.overview.Opening], without Vaadin. Start at
/// [io.trailwarden.dashboard.overview.OverviewView].
@NullMarked
package io.trailwarden.dashboard.overview;

import org.jspecify.annotations.NullMarked;
