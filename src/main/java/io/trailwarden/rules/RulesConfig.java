package io.trailwarden.rules;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Where rules come from and how they follow the trail.
@ConfigMapping(prefix = "trailwarden.rules")
interface RulesConfig {

    /// A folder with rules of one's own, beside the shipped ones. A file with the path of a shipped one replaces it. Not
    /// set: the shipped rules alone.
    Optional<Path> directory();

    /// How often rule and policy files are looked at for changes.
    @WithDefault("1s")
    Duration checkEvery();

    /// Most records evaluated between two commits. More makes catching up faster and alerts a little later.
    @WithDefault("2000")
    int batchRecords();

    /// How often what rules remember is written down. A restart reads the trail again from there, so longer means slower
    /// restarts and less writing.
    @WithDefault("15s")
    Duration snapshotEvery();

    /// How long after a record was received nothing older is expected any more, while the trail stands still. Longer
    /// than the database may take to load what the door acknowledged.
    @WithDefault("30s")
    Duration quiet();

    /// Shortest wait before an unreachable database is tried again; doubles up to [#retryLongest].
    @WithDefault("200ms")
    Duration retryShortest();

    /// Longest wait before an unreachable database is tried again.
    @WithDefault("5s")
    Duration retryLongest();
}
