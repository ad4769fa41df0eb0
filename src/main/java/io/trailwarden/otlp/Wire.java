package io.trailwarden.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// A cursor over protobuf's wire format. Nested messages are read in place: each method is told where its message ends
/// and never reads beyond.
///
/// @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
final class Wire {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    final byte[] bytes;
    int at;

    Wire(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Field number times eight plus wire type.
    int tag(int end) {
        int tag = (int) varint(end);
        if (tag >>> 3 == 0) {
            throw Undecodable.malformed("field number 0 at byte %d".formatted(at));
        }
        return tag;
    }

    long varint(int end) {
        if (at < end && bytes[at] >= 0) {
            return bytes[at++];
        }
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw cutShort();
            }
            byte part = bytes[at++];
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw Undecodable.malformed("number of more than 10 bytes at byte %d".formatted(at));
    }

    /// Number written so that small negative ones are short.
    int zigzag(int end) {
        int folded = (int) varint(end);
        return folded >>> 1 ^ -(folded & 1);
    }

    long fixed64(int end) {
        advance(8, end);
        return (long) LONGS.get(bytes, at - 8);
    }

    int fixed32(int end) {
        advance(4, end);
        return (int) INTS.get(bytes, at - 4);
    }

    double real(int end) {
        return Double.longBitsToDouble(fixed64(end));
    }

    /// Reads the length of a nested block and returns where that block ends.
    int block(int end) {
        long length = varint(end);
        if (length < 0 || length > end - at) {
            throw cutShort();
        }
        return at + (int) length;
    }

    /// Text; bytes that are not UTF-8 become U+FFFD.
    String text(int end) {
        int to = block(end);
        var text = new String(bytes, at, to - at, StandardCharsets.UTF_8);
        at = to;
        return text;
    }

    /// Passes over the field that `tag` began, groups of old included.
    void skip(int tag, int end) {
        int open = 0;
        for (int next = tag;; next = tag(end)) {
            switch (next & 7) {
                case 0 -> varint(end);
                case 1 -> advance(8, end);
                case 2 -> at = block(end);
                case 3 -> open++;
                case 4 -> open--;
                case 5 -> advance(4, end);
                default -> throw Undecodable.malformed("wire type %d at byte %d".formatted(next & 7, at));
            }
            if (open < 0) {
                throw Undecodable.malformed("group ends before it began at byte %d".formatted(at));
            }
            if (open == 0) {
                return;
            }
        }
    }

    private void advance(int count, int end) {
        if (end - at < count) {
            throw cutShort();
        }
        at += count;
    }

    private Undecodable cutShort() {
        return Undecodable.malformed("message ends too early at byte %d".formatted(at));
    }
}
