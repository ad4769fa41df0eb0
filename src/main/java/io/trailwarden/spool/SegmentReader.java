package io.trailwarden.spool;

import io.trailwarden.spool.Layout.FrameHead;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Reads the frames of one segment file in order, through a window of a megabyte; for one thread.
final class SegmentReader implements AutoCloseable {

    private static final int WINDOW = 1 << 20;

    private final FileChannel channel;
    private final long number;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    private long windowAt;

    SegmentReader(Path file, long number) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.number = number;
    }

    /// What lies at one place.
    ///
    /// @param end offset after it
    sealed interface Found {
        long end();

        /// A frame that passes its checksums; its payload lies in `bytes` from `start` for `head.length()` bytes.
        record Whole(long end, FrameHead head, byte[] bytes, int start) implements Found {
        }

        /// A stretch that does not.
        record Broken(long end) implements Found {
        }
    }

    /// What lies at `offset` of a segment whose last frame ends at `limit`. What is broken is passed over to the next
    /// frame that is whole, or to `limit`.
    Found at(long offset, long limit) throws IOException {
        long there = Math.min(limit, size());
        var whole = whole(offset, there);
        if (whole != null) {
            return whole;
        }
        var head = headAt(offset, there);
        if (head != null && offset + head.size() <= there) {
            return new Found.Broken(offset + head.size());
        }
        long next = search(offset + 1, there);
        return new Found.Broken(next >= there ? limit : next);
    }

    /// Offset of the first whole frame from `offset` on; `limit` when there is none.
    long search(long offset, long limit) throws IOException {
        long at = offset;
        while (at + Layout.HEADER <= limit) {
            int here = view(at, Layout.HEADER, limit);
            if (window.getInt(here) == Layout.FRAME_MAGIC && whole(at, limit) != null) {
                return at;
            }
            // Most of an unfinished segment is zeros; no frame starts with one.
            at += window.getLong(view(at, Layout.HEADER, limit)) == 0 ? 8 : 1;
        }
        return limit;
    }

    /// The frame at `offset`, or null when it is not whole.
    Found.@Nullable Whole whole(long offset, long limit) throws IOException {
        var head = headAt(offset, limit);
        if (head == null || offset + head.size() > limit) {
            return null;
        }
        int at = view(offset, (int) head.size(), limit);
        if (Layout.checksum(window, at + Layout.HEADER, at + (int) head.size()) != head.checksum()) {
            return null;
        }
        return new Found.Whole(offset + head.size(), head, window.array(), at + Layout.HEADER);
    }

    /// Bytes of the file as they are.
    ByteBuffer raw(long offset, int length) throws IOException {
        int at = view(offset, length, offset + length);
        return window.slice(at, length);
    }

    long size() throws IOException {
        return channel.size();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // opened for reading only
        }
    }

    private @Nullable FrameHead headAt(long offset, long limit) throws IOException {
        return offset + Layout.HEADER > limit ? null : Layout.frame(window, view(offset, Layout.HEADER, limit), number, offset);
    }

    /// Brings `length` bytes at `offset` into the window and returns where in it they start.
    private int view(long offset, int length, long limit) throws IOException {
        if (offset < windowAt || offset + length > windowAt + window.limit()) {
            fill(offset, Math.max(length, (int) Math.min(WINDOW, limit - offset)));
        }
        return (int) (offset - windowAt);
    }

    private void fill(long offset, int length) throws IOException {
        // A new array where one was handed out larger than usual; else the same again, as its user is done with it.
        window = length <= WINDOW && window.capacity() == WINDOW ? window.clear() : ByteBuffer.allocate(Math.max(WINDOW, length));
        window.limit(length);
        windowAt = offset;
        while (window.hasRemaining()) {
            if (channel.read(window, offset + window.position()) < 0) {
                throw new EOFException("segment " + number + " ends at " + (offset + window.position()) + ", before what was written to it");
            }
        }
        window.position(0);
    }
}
