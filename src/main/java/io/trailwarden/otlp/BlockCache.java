package io.trailwarden.otlp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Remembers what a block of bytes was read as. A fixed number of places, one per hash, the newest wins: bounded
/// whatever is sent, and two blocks that fight over a place cost time, never a wrong answer.
///
/// For any number of threads without locks: entries are immutable, and a lost write is read again.
final class BlockCache<T> {

    private final @Nullable Entry<T>[] entries;
    private final int longest;

    private record Entry<T>(byte[] block, T value) {
    }

    /// Keeps up to `places` blocks (a power of two) of at most `longest` bytes each.
    @SuppressWarnings({"unchecked", "rawtypes"})
    BlockCache(int places, int longest) {
        this.entries = new Entry[places];
        this.longest = longest;
    }

    /// What the bytes from `from` to `to` were read as, or null.
    @Nullable T get(byte[] bytes, int from, int to) {
        if (to - from > longest) {
            return null;
        }
        var entry = entries[place(bytes, from, to)];
        return entry != null && Arrays.equals(entry.block, 0, entry.block.length, bytes, from, to) ? entry.value : null;
    }

    void put(byte[] bytes, int from, int to, T value) {
        if (to - from <= longest) {
            entries[place(bytes, from, to)] = new Entry<>(Arrays.copyOfRange(bytes, from, to), value);
        }
    }

    private int place(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash ^ hash >>> 15) & entries.length - 1;
    }
}
