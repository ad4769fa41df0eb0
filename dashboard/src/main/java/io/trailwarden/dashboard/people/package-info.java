/// Everybody whose agent sent something, last seen first.
@NullMarked
package io.trailwarden.dashboard.people;

import org.jspecify.annotations.NullMarked;
