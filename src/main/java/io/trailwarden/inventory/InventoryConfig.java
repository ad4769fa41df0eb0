package io.trailwarden.inventory;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the trail is counted.
@ConfigMapping(prefix = "trailwarden.inventory")
interface InventoryConfig {

    /// Most records counted in one transaction.
    @WithDefault("5000")
    int batchRecords();

    /// Shortest time between two transactions. Longer means less writing, and pages that are later.
    @WithDefault("250ms")
    Duration gather();

    /// Shortest wait before an unreachable database is tried again; doubles up to [#retryLongest].
    @WithDefault("200ms")
    Duration retryShortest();

    /// Longest wait before an unreachable database is tried again.
    @WithDefault("5s")
    Duration retryLongest();
}
