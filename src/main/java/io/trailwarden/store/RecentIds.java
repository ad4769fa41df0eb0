package io.trailwarden.store;

import io.trailwarden.event.EventId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/// Ids of the latest records, so that most records need no look-up in the database to be known as new.
///
/// Ids begin with the record's time. Every id of the trail that is later than [#floor] is in here, so a later id that
/// is not in here is new. When full, the earlier half goes and the floor rises. For the loader's thread.
final class RecentIds {

    private final int bound;
    private Set<UUID> ids = new HashSet<>();
    private long floor = Long.MAX_VALUE;

    /// @param bound most ids to hold, about 80 bytes each
    RecentIds(int bound) {
        this.bound = bound;
    }

    /// Forgets everything: nothing can be said until [#start].
    void forget() {
        ids = new HashSet<>();
        floor = Long.MAX_VALUE;
    }

    /// Knows from now on all ids later than `floor`, which are `later`.
    ///
    /// @param floor milliseconds since 1970
    void start(long floor, Collection<UUID> later) {
        ids = new HashSet<>(later);
        this.floor = floor;
    }

    /// Whether [#contains] can tell.
    boolean knows(EventId id) {
        return millis(id.value()) > floor;
    }

    /// Whether `id` is in the trail; only where [#knows].
    boolean contains(EventId id) {
        return ids.contains(id.value());
    }

    /// `id` is in the trail now.
    void add(EventId id) {
        if (knows(id)) {
            ids.add(id.value());
            if (ids.size() > bound) {
                raiseFloor();
            }
        }
    }

    private void raiseFloor() {
        long[] times = ids.stream().mapToLong(RecentIds::millis).sorted().toArray();
        floor = times[times.length / 2];
        ids.removeIf(id -> millis(id) <= floor);
    }

    private static long millis(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }
}
