/// One rule: what it sees and misses, its text and its tests, and what became of its alerts.
@NullMarked
package io.trailwarden.dashboard.rule;

import org.jspecify.annotations.NullMarked;
