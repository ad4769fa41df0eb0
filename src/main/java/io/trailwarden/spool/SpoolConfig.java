package io.trailwarden.spool;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Settings of the spool. Ranges are checked by [SegmentSpool.Options].
@ConfigMapping(prefix = "trailwarden.spool")
interface SpoolConfig {

    /// Most that segment files may take on disk, in bytes; at least four segments. Beyond it senders are held, then told
    /// to come again. 8 GiB hold some 20 million records while the database is away.
    @WithDefault("8G")
    MemorySize quota();

    /// Size of one segment file, in bytes. It is written ahead with zeros and deleted when all of it is loaded.
    @WithDefault("64M")
    MemorySize segmentSize();

    /// Longest that a group of requests waits for more of them before it is synced, 0 to 1 s. It never waits when one
    /// request comes at a time, nor longer than the last sync took.
    @WithDefault("2ms")
    Duration maxDelay();

    /// Newest frames kept in memory for loading, in bytes as on disk; on the heap they take some four times that.
    @WithDefault("16M")
    MemorySize memory();
}
