package io.trailwarden.store;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the trail is loaded and read.
@ConfigMapping(prefix = "trailwarden.store")
interface StoreConfig {

    /// Most records loaded in one transaction. More makes loading a little cheaper and what follows it a little later.
    @WithDefault("5000")
    int batchRecords();

    /// Shortest time between two transactions, so that a trickle of small requests shares commits. The first record
    /// after a pause does not wait.
    @WithDefault("20ms")
    Duration gather();

    /// Shortest wait before an unreachable database is tried again; doubles up to [#retryLongest].
    @WithDefault("100ms")
    Duration retryShortest();

    /// Longest wait before an unreachable database is tried again.
    @WithDefault("10s")
    Duration retryLongest();

    /// How long the database may stay silent on a statement of the loader before the connection is given up.
    @WithDefault("60s")
    Duration patience();

    /// Most origins (and sessions) whose numbers are kept in memory, a few kilobytes each. Set above the number of
    /// sessions that send within minutes.
    @WithDefault("10000")
    int rememberedOrigins();

    /// Most ids of the latest records kept in memory, about 80 bytes each, to know a new record without asking.
    @WithDefault("200000")
    int rememberedIds();

    /// Most records that detectors and forwarders can follow from memory; who is further behind reads the database.
    @WithDefault("20000")
    int tailRecords();

    /// Most memory for these records, by the size of their rows.
    @WithDefault("32M")
    MemorySize tailMemory();
}
