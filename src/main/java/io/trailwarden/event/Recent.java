package io.trailwarden.event;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What was worked out of recent keys, so that what each record repeats is worked out once. May forget at any time.
///
/// Each key has one place, by its hash, and takes it from whoever was there: memory is bounded, a look is one comparison
/// even when somebody picks keys that collide, and nobody waits for a lock. For any number of threads.
public final class Recent<K, V> {

    private final AtomicReferenceArray<@Nullable Entry<K, V>> places;

    /// @param places how many keys are remembered at most; a power of two
    public Recent(int places) {
        if (Integer.bitCount(places) != 1) {
            throw new IllegalArgumentException("places must be a power of two, got " + places);
        }
        this.places = new AtomicReferenceArray<>(places);
    }

    /// What was remembered for `key`, or null.
    public @Nullable V get(K key) {
        var entry = places.get(place(key));
        return entry != null && entry.key.equals(key) ? entry.value : null;
    }

    /// Remembers `value`, which must be the same for all keys that equal `key`.
    public void put(K key, V value) {
        places.set(place(key), new Entry<>(key, value));
    }

    private int place(K key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return (hash ^ hash >>> 16) & places.length() - 1;
    }

    private record Entry<K, V>(K key, V value) {
    }
}
