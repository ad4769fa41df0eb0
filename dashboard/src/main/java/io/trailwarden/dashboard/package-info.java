/// The console: who did what, what was wrong with it, and what to do next.
///
/// One subpackage per page; [io.trailwarden.dashboard.Navigation] is the only way to a page. What the pages are made of
/// is here: [io.trailwarden.dashboard.Block], [io.trailwarden.dashboard.Part], [io.trailwarden.dashboard.ClientText] and
/// the small marks. Pages lay out and bind; what they show comes from `store` and `alert`. Everything that a client sent
/// is shown as text, and only through [io.trailwarden.dashboard.ClientText] or [io.trailwarden.dashboard.InertText].
/// Start at [io.trailwarden.dashboard.MainLayout].
@NullMarked
package io.trailwarden.dashboard;

import org.jspecify.annotations.NullMarked;
