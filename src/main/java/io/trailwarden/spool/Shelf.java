package io.trailwarden.spool;

import io.trailwarden.spool.SegmentReader.Found;
import io.trailwarden.spool.Spool.Position;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The segments on disk, oldest first, and how many records they hold. Safe for many threads.
final class Shelf {

    private static final Logger LOG = Logger.getLogger(Shelf.class);

    private final TreeMap<Long, Segment> segments = new TreeMap<>();
    private long lastNumber;

    /// Finds the segments in `folder`. One that was not completed is read through: what follows its last good frame was
    /// never acknowledged and is cut off.
    static Shelf open(Path folder, UUID spool, Quarantine quarantine) throws IOException {
        var shelf = new Shelf();
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(Segment::isOne).sorted().toList()) {
                shelf.add(found(file, spool, quarantine, shelf.total()));
            }
        }
        return shelf;
    }

    /// Puts `segment` at the end. One before it that holds nothing is no longer needed to remember the last number.
    synchronized void add(Segment segment) {
        var previous = segments.lastEntry();
        if (previous != null && previous.getValue().end() == Layout.FIRST_FRAME) {
            delete(previous.getValue());
        }
        segments.put(segment.number(), segment);
        lastNumber = Math.max(lastNumber, segment.number());
    }

    /// The number for the next segment.
    synchronized long nextNumber() {
        return lastNumber + 1;
    }

    /// Numbers up to `number` are taken.
    synchronized void skipTo(long number) {
        lastNumber = Math.max(lastNumber, number);
    }

    /// Tells how far the last segment has grown.
    synchronized void grow(long end, long records) {
        segments.computeIfPresent(segments.lastKey(), (_, segment) -> segment.grown(end, records));
    }

    synchronized @Nullable Segment last() {
        return segments.isEmpty() ? null : segments.lastEntry().getValue();
    }

    synchronized @Nullable Segment segment(long number) {
        return segments.get(number);
    }

    /// The segment that holds the first frame after `position`; null when there is none.
    synchronized @Nullable Segment holding(Position position) {
        for (var segment : segments.tailMap(position.segment()).values()) {
            if (segment.last().compareTo(position) > 0 && segment.end() > Layout.FIRST_FRAME) {
                return segment;
            }
        }
        return null;
    }

    /// Records of all segments since the count began.
    synchronized long total() {
        var last = last();
        return last == null ? 0 : last.before() + last.records();
    }

    /// Records counted before the first segment with this number or a higher one.
    synchronized long before(long number) {
        var next = segments.ceilingEntry(number);
        return next == null ? total() : next.getValue().before();
    }

    /// Bytes on disk.
    synchronized long bytes() {
        return segments.values().stream().mapToLong(Segment::size).sum();
    }

    /// Deletes the segments that end at or before `position`, but not the last one, which is being written to and whose
    /// number is the memory of all before it.
    synchronized void release(Position position) {
        while (segments.size() > 1 && segments.firstEntry().getValue().last().compareTo(position) <= 0) {
            delete(segments.firstEntry().getValue());
        }
    }

    private void delete(Segment segment) {
        try {
            Files.deleteIfExists(segment.file());
        } catch (IOException e) {
            LOG.warnf("Loaded segment could not be deleted: file=%s reason=%s", segment.file(), e.getMessage());
        }
        segments.remove(segment.number());
    }

    private static Segment found(Path file, UUID spool, Quarantine quarantine, long before) throws IOException {
        long number = Segment.number(file);
        long size = Files.size(file);
        try (var reader = new SegmentReader(file, number)) {
            var head = size < Layout.FIRST_FRAME ? null : Layout.head(reader.raw(0, Layout.FIRST_FRAME));
            if (head == null || !head.spool().equals(spool) || head.number() != number) {
                LOG.warnf("The beginning of a segment is not ours; its frames are read all the same: file=%s", file);
            } else if (head.seal() != null) {
                return new Segment(number, file, size, head.seal().end(), head.seal().records(), before);
            }
            return cut(new Segment(number, file, size, Layout.FIRST_FRAME, 0, before), reader, spool, quarantine);
        }
    }

    /// Reads an unfinished segment through, cuts off what was not completed, and seals it.
    private static Segment cut(Segment segment, SegmentReader reader, UUID spool, Quarantine quarantine) throws IOException {
        long end = Layout.FIRST_FRAME;
        long at = end;
        long records = 0;
        while (at < segment.size()) {
            switch (reader.at(at, segment.size())) {
                case Found.Whole whole -> {
                    at = end = whole.end();
                    records += whole.head().records();
                }
                case Found.Broken broken -> at = broken.end();
            }
        }
        quarantine.keepTail(segment.number(), reader, end, segment.size());
        seal(segment.file(), spool, segment.number(), new Layout.Seal(end, records));
        return new Segment(segment.number(), segment.file(), end, end, records, segment.before());
    }

    private static void seal(Path file, UUID spool, long number, Layout.Seal seal) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(seal.end());
            channel.write(Layout.head(new Layout.Head(spool, number, seal)), 0);
            channel.force(true);
        }
    }
}
