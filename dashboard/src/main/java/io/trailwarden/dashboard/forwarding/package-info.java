/// The Forwarding page: where alerts and records go onward, how far each destination is, and what it would not take.
@NullMarked
package io.trailwarden.dashboard.forwarding;

import org.jspecify.annotations.NullMarked;
