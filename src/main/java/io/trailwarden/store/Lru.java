package io.trailwarden.store;

import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers what was asked for last, up to a bound. For one thread.
final class Lru<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;

    private final int bound;

    /// @param bound most entries, at least 1
    Lru(int bound) {
        super(64, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
