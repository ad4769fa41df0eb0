package io.trailwarden.spool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads what [Bytes] wrote.
///
/// @throws CorruptFrame from every method when the bytes make no sense
final class Parts {

    private final List<String> texts = new ArrayList<>();
    private final byte[] bytes;
    private final int end;
    private int at;

    Parts(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    boolean atEnd() {
        return at == end;
    }

    int octet() {
        need(1);
        return bytes[at++] & 0xff;
    }

    long number() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new CorruptFrame("a number is longer than ten bytes");
    }

    long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    long fixed() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    /// A number that says how many things follow, each at least a byte long.
    int count() {
        long count = number();
        if (count < 0 || count > end - at) {
            throw new CorruptFrame("a count is larger than the frame");
        }
        return (int) count;
    }

    byte[] raw(int length) {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    String text() {
        long form = number();
        long size = form >>> 2;
        return switch ((int) (form & 3)) {
            case Bytes.TextForm.AGAIN -> again(size);
            case Bytes.TextForm.UTF8 -> remember(utf8(size));
            case Bytes.TextForm.UTF16 -> remember(utf16(size));
            default -> throw new CorruptFrame("a text has an unknown form");
        };
    }

    private String again(long index) {
        if (index >= texts.size()) {
            throw new CorruptFrame("a text refers to one that was not there");
        }
        return texts.get((int) index);
    }

    private String remember(String text) {
        if (text.length() <= Bytes.LONGEST_REMEMBERED) {
            texts.add(text);
        }
        return text;
    }

    private String utf8(long size) {
        need(size);
        at += (int) size;
        return new String(bytes, at - (int) size, (int) size, StandardCharsets.UTF_8);
    }

    private String utf16(long units) {
        need(units * 2);
        char[] text = new char[(int) units];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (octet() << 8 | octet());
        }
        return new String(text);
    }

    private void need(long more) {
        if (more < 0 || more > end - at) {
            throw new CorruptFrame("a frame ends in the middle of a value");
        }
    }

    /// Bytes that pass their checksum and still make no sense: written by a newer version, or a defect.
    static final class CorruptFrame extends RuntimeException {
        CorruptFrame(String message) {
            super(message);
        }
    }
}
