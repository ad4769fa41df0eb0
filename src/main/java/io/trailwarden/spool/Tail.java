package io.trailwarden.spool;

import io.trailwarden.spool.Spool.Placed;
import io.trailwarden.spool.Spool.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The newest frames, kept in memory so that a reader that keeps up never touches the disk. Safe for many threads.
final class Tail {

    private final long limit;
    private final TreeMap<Position, Entry> entries = new TreeMap<>();
    /// Every frame after this position is here.
    private Position floor;
    private long bytes;

    /// @param bytes of the frame on disk; the objects take some four times that
    /// @param through records counted up to and including it
    record Entry(Placed placed, long bytes, long through) {
    }

    /// @param limit most bytes, as on disk
    Tail(Position floor, long limit) {
        this.floor = floor;
        this.limit = limit;
    }

    synchronized void add(Entry entry) {
        entries.put(entry.placed().position(), entry);
        bytes += entry.bytes();
        while (bytes > limit) {
            dropFirst();
        }
    }

    /// Frames after `from`, up to `maxRecords` of records but at least one frame; null when they are no longer all here.
    synchronized @Nullable List<Entry> after(Position from, int maxRecords) {
        if (from.compareTo(floor) < 0) {
            return null;
        }
        var found = new ArrayList<Entry>();
        long records = 0;
        for (var entry : entries.tailMap(from, false).values()) {
            records += Math.max(1, entry.placed().frame().records());
            if (records > maxRecords && !found.isEmpty()) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    synchronized void forgetThrough(Position position) {
        while (!entries.isEmpty() && entries.firstKey().compareTo(position) <= 0) {
            dropFirst();
        }
    }

    private void dropFirst() {
        var first = entries.pollFirstEntry();
        floor = first.getKey();
        bytes -= first.getValue().bytes();
    }
}
