package io.trailwarden.spool;

import io.trailwarden.spool.SegmentReader.Found;
import io.trailwarden.spool.Spool.Placed;
import io.trailwarden.spool.Spool.Position;
import io.trailwarden.spool.Tail.Entry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads frames back from segment files: after a restart, or when the reader has fallen behind what memory holds. For one
/// thread.
final class DiskReading implements AutoCloseable {

    /// One answer holds no more than this, so that large frames do not pile up in memory.
    private static final long MOST_BYTES = 16 << 20;

    private final Shelf shelf;
    private final Quarantine quarantine;
    private final SpoolMetrics metrics;
    private final Predicate<Position> withdrawn;
    private @Nullable SegmentReader reader;
    private long readerOf;
    /// Where the last answer ended, and how many records were counted by then.
    private Position reached = Position.START;
    private long counted;
    private Position reported = Position.START;

    /// @param withdrawn tells frames whose sender was told that they were not taken
    DiskReading(Shelf shelf, Quarantine quarantine, SpoolMetrics metrics, Predicate<Position> withdrawn) {
        this.shelf = shelf;
        this.quarantine = quarantine;
        this.metrics = metrics;
        this.withdrawn = withdrawn;
    }

    /// Frames after `from`, up to `maxRecords` of records but at least one frame when there is one.
    List<Entry> after(Position from, int maxRecords) throws IOException {
        var batch = new Batch(maxRecords);
        count(from);
        for (var segment = shelf.holding(reached); segment != null; segment = shelf.holding(reached)) {
            if (segment.number() != reached.segment()) {
                reached = new Position(segment.number(), Layout.FIRST_FRAME);
                counted = segment.before();
            }
            if (!next(segment, batch)) {
                break;
            }
        }
        return batch.entries;
    }

    /// Records counted up to and including the frame that ends at `position`.
    long through(Position position) throws IOException {
        var segment = shelf.segment(position.segment());
        if (segment == null) {
            return shelf.before(position.segment());
        }
        if (position.compareTo(segment.last()) >= 0) {
            return segment.before() + segment.records();
        }
        long records = segment.before();
        long at = Layout.FIRST_FRAME;
        while (at < position.offset()) {
            var found = reader(segment).at(at, segment.end());
            at = found.end();
            if (found instanceof Found.Whole whole && !withdrawn.test(new Position(segment.number(), at))) {
                records += whole.head().records();
            }
        }
        return records;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private void count(Position from) throws IOException {
        if (!from.equals(reached)) {
            counted = through(from);
            reached = from.offset() < Layout.FIRST_FRAME ? new Position(from.segment(), Layout.FIRST_FRAME) : from;
        }
    }

    /// Adds the frame at `reached`, or what is reported in its place; false when the batch is full.
    private boolean next(Segment segment, Batch batch) throws IOException {
        var found = reader(segment).at(reached.offset(), segment.end());
        var end = new Position(segment.number(), found.end());
        if (found instanceof Found.Whole whole && withdrawn.test(end)) {
            reached = end;
            return true;
        }
        int records = found instanceof Found.Whole whole ? whole.head().records() : 0;
        if (!batch.takes(records)) {
            return false;
        }
        var frame = switch (found) {
            case Found.Whole whole -> decoded(segment, whole);
            case Found.Broken broken -> damaged(segment, broken.end());
        };
        counted += frame.records();
        batch.add(new Entry(new Placed(end, frame), found.end() - reached.offset(), counted), records);
        reached = end;
        return true;
    }

    private Frame decoded(Segment segment, Found.Whole whole) {
        try {
            return EventCodec.decode(whole.bytes(), whole.start(), whole.start() + whole.head().length());
        } catch (Parts.CorruptFrame _) {
            return damaged(segment, whole.end());
        }
    }

    /// Reports the stretch from `reached` to `end`; it is logged and kept aside the first time it is met.
    private Frame damaged(Segment segment, long end) {
        var position = new Position(segment.number(), end);
        if (position.compareTo(reported) > 0 && reader != null) {
            reported = position;
            quarantine.keep(segment.number(), reader, reached.offset(), end);
            metrics.damaged(end - reached.offset());
        }
        return new Frame.Damaged(segment.file().getFileName().toString(), reached.offset(), end - reached.offset());
    }

    private SegmentReader reader(Segment segment) throws IOException {
        if (reader == null || readerOf != segment.number()) {
            close();
            try {
                reader = new SegmentReader(segment.file(), segment.number());
            } catch (NoSuchFileException e) {
                throw new IOException("segment " + segment.file() + " was deleted by somebody else", e);
            }
            readerOf = segment.number();
        }
        return reader;
    }

    /// What one answer holds so far.
    private static final class Batch {

        private final List<Entry> entries = new ArrayList<>();
        private final int maxRecords;
        private long records;
        private long bytes;

        Batch(int maxRecords) {
            this.maxRecords = maxRecords;
        }

        boolean takes(int more) {
            return entries.isEmpty() || records + Math.max(1, more) <= maxRecords && bytes < MOST_BYTES;
        }

        void add(Entry entry, int more) {
            entries.add(entry);
            records += Math.max(1, more);
            bytes += entry.bytes();
        }
    }
}
