package io.trailwarden.spool;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The bytes of a segment file, all numbers big-endian.
///
/// ```
/// 0   magic "TWSPOOL1"          8    who and which: written when the file becomes a segment
/// 8   spool id                 16
/// 24  segment number            8
/// 32  CRC32C of the above       4
/// 36  seal: end of last frame   8    written when the segment is complete; zeros until then
/// 44  seal: records             8
/// 52  CRC32C of 0..51           4
/// 64  frames, one after the other, then zeros
///
/// frame:  magic 4, payload length 4, records 4, CRC32C of payload 4, CRC32C of header 4, payload
/// ```
///
/// A header's checksum is also taken over the segment's number and the frame's offset, so that bytes which only look like a
/// frame, or were one elsewhere, are never taken for one here; that is what makes the search for the next good frame safe.
final class Layout {

    /// Where the first frame starts.
    static final int FIRST_FRAME = 64;
    /// Bytes before a frame's payload.
    static final int HEADER = 20;
    static final int FRAME_MAGIC = 0x54574631;

    private static final long SEGMENT_MAGIC = 0x5457_5350_4f4f_4c31L;
    private static final int IDENTITY = 32;
    private static final int SEALED = 52;

    private Layout() {
    }

    /// What the beginning of a segment file says.
    ///
    /// @param seal what the segment holds; null while it is being written to, or when that was cut short
    record Head(UUID spool, long number, @Nullable Seal seal) {
    }

    /// @param end offset after the last frame
    /// @param records of all frames
    record Seal(long end, long records) {
    }

    /// @param length bytes of payload
    /// @param records that the payload holds
    /// @param checksum of the payload
    record FrameHead(int length, int records, int checksum) {

        long size() {
            return HEADER + (long) length;
        }
    }

    static ByteBuffer head(Head head) {
        var bytes = ByteBuffer.allocate(FIRST_FRAME);
        bytes.putLong(SEGMENT_MAGIC).putLong(head.spool().getMostSignificantBits()).putLong(head.spool().getLeastSignificantBits()).putLong(head.number());
        bytes.putInt(checksum(bytes, 0, IDENTITY));
        if (head.seal() != null) {
            bytes.putLong(head.seal().end()).putLong(head.seal().records());
            bytes.putInt(checksum(bytes, 0, SEALED));
        }
        return bytes.clear();
    }

    /// Reads the first [#FIRST_FRAME] bytes of a file; null when they are not the beginning of a segment.
    static @Nullable Head head(ByteBuffer bytes) {
        if (bytes.limit() < FIRST_FRAME || bytes.getLong(0) != SEGMENT_MAGIC || bytes.getInt(IDENTITY) != checksum(bytes, 0, IDENTITY)) {
            return null;
        }
        boolean sealed = bytes.getLong(36) != 0 && bytes.getInt(SEALED) == checksum(bytes, 0, SEALED);
        return new Head(new UUID(bytes.getLong(8), bytes.getLong(16)), bytes.getLong(24), sealed ? new Seal(bytes.getLong(36), bytes.getLong(44)) : null);
    }

    /// Fills in the header in front of a payload that ends at `end`; its place must be completed by [#place].
    static void frame(byte[] frame, int end, int records) {
        var crc = new CRC32C();
        crc.update(frame, HEADER, end - HEADER);
        ByteBuffer.wrap(frame).putInt(FRAME_MAGIC).putInt(end - HEADER).putInt(records).putInt((int) crc.getValue());
    }

    /// Completes a header for its place.
    static void place(byte[] frame, long segment, long offset) {
        var bytes = ByteBuffer.wrap(frame);
        bytes.putInt(16, headerChecksum(bytes, 0, segment, offset));
    }

    /// Reads a frame's header at `at` of `bytes`, which lies at `offset` of its segment; null when there is none.
    static @Nullable FrameHead frame(ByteBuffer bytes, int at, long segment, long offset) {
        if (bytes.limit() - at < HEADER || bytes.getInt(at) != FRAME_MAGIC || bytes.getInt(at + 16) != headerChecksum(bytes, at, segment, offset)) {
            return null;
        }
        int length = bytes.getInt(at + 4);
        return length < 0 ? null : new FrameHead(length, bytes.getInt(at + 8), bytes.getInt(at + 12));
    }

    static int checksum(ByteBuffer bytes, int from, int to) {
        var crc = new CRC32C();
        crc.update(bytes.slice(from, to - from));
        return (int) crc.getValue();
    }

    private static int headerChecksum(ByteBuffer bytes, int at, long segment, long offset) {
        var crc = new CRC32C();
        crc.update(bytes.slice(at, 16));
        crc.update(ByteBuffer.allocate(16).putLong(segment).putLong(offset).flip());
        return (int) crc.getValue();
    }
}
