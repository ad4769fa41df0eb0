package io.trailwarden.inventory;

import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Waits in four buckets per doubling of the time, so that medians of any sum are known to about a tenth.
final class WaitBuckets {

    private static final double PER_DOUBLING = 4;

    private WaitBuckets() {
    }

    /// The bucket of a wait; 0 for a millisecond and less.
    static int of(long millis) {
        return millis <= 1 ? 0 : (int) Math.floor(PER_DOUBLING * (Math.log(millis) / Math.log(2)));
    }

    /// The median of waits, by how many are in each bucket; null for none.
    static @Nullable Duration median(SortedMap<Integer, Long> waits) {
        long all = waits.values().stream().mapToLong(Long::longValue).sum();
        double before = 0;
        for (var entry : waits.entrySet()) {
            if (before + entry.getValue() >= all / 2.0) {
                // Evenly spread inside the bucket, on the scale that buckets have.
                double inside = (all / 2.0 - before) / entry.getValue();
                return Duration.ofMillis(Math.round(Math.pow(2, (entry.getKey() + inside) / PER_DOUBLING)));
            }
            before += entry.getValue();
        }
        return null;
    }
}
