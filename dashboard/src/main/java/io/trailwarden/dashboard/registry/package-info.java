/// MCP servers and Destinations: what agents deal with, first seen when and by whom, and whether somebody wants it.
@NullMarked
package io.trailwarden.dashboard.registry;

import org.jspecify.annotations.NullMarked;
