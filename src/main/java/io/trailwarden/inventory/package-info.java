/// What agents do and deal with, added up: activity by hour and permission mode, MCP servers, hosts, and who approved them.
///
/// Follows the trail with a cursor of its own, and counts each record exactly once: sums and cursor are one transaction.
/// Start at [io.trailwarden.inventory.Activity] and [io.trailwarden.inventory.Inventory].
@NullMarked
package io.trailwarden.inventory;

import org.jspecify.annotations.NullMarked;
