package io.trailwarden.spool;

import io.trailwarden.spool.Spares.Spare;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes groups of frames to the end of the last segment and starts the next one when it is full. For the writing
/// thread, except where said.
final class SegmentWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 20;
    /// How often a full spool is looked at again, and callers who have gone are noticed.
    private static final long NO_SPARE_MILLIS = 50;

    private final Path folder;
    private final UUID spool;
    private final Shelf shelf;
    private final Spares spares;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private @Nullable Present present;
    private volatile boolean another;
    private long lastSyncNanos;
    private int lastGroup;

    /// The segment being written to.
    private record Present(long number, Volume.File file, long size) {
    }

    SegmentWriter(Path folder, UUID spool, Shelf shelf, Spares spares) {
        this.folder = folder;
        this.spool = spool;
        this.shelf = shelf;
        this.spares = spares;
    }

    /// How long the last sync took; 0 before the first.
    long lastSyncNanos() {
        return lastSyncNanos;
    }

    /// How many requests the last group had.
    int lastGroup() {
        return lastGroup;
    }

    /// Bytes that fit into the present segment.
    long room() {
        return present == null || another ? 0 : present.size() - Objects.requireNonNull(shelf.last()).end();
    }

    /// From any thread: the next frame starts a new segment.
    void startAnother() {
        another = true;
    }

    /// Makes room for a frame of `size` bytes, with a new segment if need be.
    ///
    /// @return false when there is none yet: the spool or its disk is full
    boolean makeRoom(long size) throws IOException, InterruptedException {
        if (present != null && room() >= size) {
            return true;
        }
        var spare = spares.take(size + Layout.FIRST_FRAME, NO_SPARE_MILLIS);
        if (spare == null) {
            return false;
        }
        seal();
        begin(spare);
        return true;
    }

    /// Writes the frames after the last ones; they count as written only once [#sync] returned and the shelf was told.
    void write(List<Pending> group) throws IOException {
        var to = Objects.requireNonNull(present);
        long offset = Objects.requireNonNull(shelf.last()).end();
        long flushed = offset;
        buffer.clear();
        for (var pending : group) {
            Layout.place(pending.bytes(), to.number(), offset);
            for (int at = 0; at < pending.size();) {
                int part = Math.min(buffer.remaining(), pending.size() - at);
                buffer.put(pending.bytes(), at, part);
                at += part;
                if (!buffer.hasRemaining()) {
                    flushed += flush(to, flushed);
                }
            }
            offset += pending.size();
        }
        flush(to, flushed);
    }

    /// Makes what was written durable.
    void sync(int requests) throws IOException {
        long started = System.nanoTime();
        Objects.requireNonNull(present).file().force();
        lastSyncNanos = System.nanoTime() - started;
        lastGroup = requests;
    }

    @Override
    public void close() throws IOException {
        seal();
    }

    private int flush(Present to, long offset) throws IOException {
        int bytes = buffer.flip().remaining();
        to.file().write(buffer, offset);
        buffer.clear();
        return bytes;
    }

    private void begin(Spare spare) throws IOException {
        long number = shelf.nextNumber();
        var file = Segment.file(folder, number);
        spare.file().write(Layout.head(new Layout.Head(spool, number, null)), 0);
        spare.file().force();
        Files.move(spare.path(), file, StandardCopyOption.ATOMIC_MOVE);
        Volume.forceFolder(folder);
        present = new Present(number, spare.file(), spare.size());
        another = false;
        shelf.add(new Segment(number, file, spare.size(), Layout.FIRST_FRAME, 0, shelf.total()));
        spares.again();
    }

    /// Says in the full segment what it holds, so that the next start need not read it.
    private void seal() throws IOException {
        if (present == null) {
            return;
        }
        var last = Objects.requireNonNull(shelf.last());
        present.file().write(Layout.head(new Layout.Head(spool, last.number(), new Layout.Seal(last.end(), last.records()))), 0);
        present.file().force();
        present.file().close();
        present = null;
    }
}
