package io.trailwarden.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A map of bounded size from which the entry goes that was used least recently. What goes depends on the order of use
/// alone, so a replay forgets the same things.
final class Stalest<V> {

    private final int most;
    private final Evictions evictions;
    private final LinkedHashMap<String, V> entries = new LinkedHashMap<>(64, 0.75f, true);

    /// Counts what was forgotten for want of room.
    static final class Evictions {

        private long count;

        void add() {
            count++;
        }

        long count() {
            return count;
        }
    }

    Stalest(int most, Evictions evictions) {
        this.most = most;
        this.evictions = evictions;
    }

    /// The value of `key`, which counts as used now.
    @Nullable V get(String key) {
        return entries.get(key);
    }

    V getOrMake(String key, Function<String, V> make) {
        var value = entries.get(key);
        if (value == null) {
            value = make.apply(key);
            put(key, value);
        }
        return value;
    }

    void put(String key, V value) {
        entries.put(key, value);
        while (entries.size() > most) {
            entries.pollFirstEntry();
            evictions.add();
        }
    }

    @Nullable V remove(String key) {
        return entries.remove(key);
    }

    int size() {
        return entries.size();
    }

    Map<String, V> entries() {
        return entries;
    }

    void save(StateWriter out, BiConsumer<StateWriter, V> each) {
        out.number(entries.size());
        for (var entry : entries.entrySet()) {
            out.text(entry.getKey());
            each.accept(out, entry.getValue());
        }
    }

    void restore(StateReader in, Supplier<V> each) {
        entries.clear();
        long size = in.number();
        for (long i = 0; i < size; i++) {
            var key = in.text();
            entries.put(key, each.get());
        }
    }
}
