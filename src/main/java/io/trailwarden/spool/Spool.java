package io.trailwarden.spool;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Append-only segments on a local volume. Many threads append, one loader reads.
public interface Spool extends AutoCloseable {

    /// Writes `frame` and returns once it is on stable storage; many callers share one fdatasync.
    ///
    /// Blocks for at most `patience`, so that a disk that hiccups is waited for and a client is never frozen. Safe to
    /// call with the client gone: cancelling does not undo.
    Appended append(Frame frame, Duration patience);

    /// Up to `maxRecords` records' worth of frames after `from`, oldest first, waiting up to `wait` for the first one.
    /// At least one frame is returned when there is one, however large it is. Served from memory while the reader
    /// keeps up. Frames that are damaged on disk are skipped, counted and reported as [Frame.Damaged].
    ///
    /// @param from position of the last frame that was loaded; [Position#START] for none
    List<Placed> read(Position from, int maxRecords, Duration wait) throws InterruptedException;

    /// Says that everything up to and including `position` is loaded: segments before it may be deleted, and it no longer
    /// counts as waiting. Called first with the position that the database remembers, it makes [#fill] right after a
    /// restart.
    void release(Position position);

    /// Which spool this is: made when its folder was first used, kept in it, never reused.
    UUID id();

    /// What waits to be loaded and how full the volume's share is.
    Fill fill();

    @Override
    void close();

    /// A place in the spool, ordered.
    ///
    /// @param segment number of the segment file, from 1
    /// @param offset first byte after the frame, within its segment
    record Position(long segment, long offset) implements Comparable<Position> {

        /// Before everything.
        public static final Position START = new Position(0, 0);

        @Override
        public int compareTo(Position other) {
            return segment == other.segment ? Long.compare(offset, other.offset) : Long.compare(segment, other.segment);
        }
    }

    /// A frame and where it ends.
    record Placed(Position position, Frame frame) {
    }

    /// What became of an append.
    sealed interface Appended {

        /// On stable storage.
        record Durable(Position position) implements Appended {
        }

        /// Not taken, nothing is written; the sender may come again after `after`.
        record Busy(String why, Duration after) implements Appended {
        }
    }

    /// How much waits.
    ///
    /// @param records records appended and not yet released
    /// @param bytes bytes of segments on disk
    /// @param quota most bytes that may wait; appends are [Appended.Busy] beyond
    record Fill(long records, long bytes, long quota) {
    }
}
