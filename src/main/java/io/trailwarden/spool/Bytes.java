package io.trailwarden.spool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Writes the parts of a frame into a growing array. A text that comes again is written as a number.
final class Bytes {

    /// Longer texts rarely repeat, and hashing them costs more than it saves.
    static final int LONGEST_REMEMBERED = 2048;

    private final Map<String, Integer> texts = new HashMap<>(128);
    private byte[] bytes;
    private int length;

    /// @param start how many bytes to leave free in front
    Bytes(int start, int expected) {
        bytes = new byte[start + expected];
        length = start;
    }

    int length() {
        return length;
    }

    /// The array written to; valid up to [#length()], and only until the next write.
    byte[] array() {
        return bytes;
    }

    void octet(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    /// An unsigned number of 64 bits, seven bits to a byte, lowest first.
    void number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    /// A signed number, small when close to zero.
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    /// Eight bytes as they are.
    void fixed(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    void raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    /// A text, exactly: the lowest two bits of its first number say how it is written.
    void text(String text) {
        if (text.length() <= LONGEST_REMEMBERED) {
            var seen = texts.putIfAbsent(text, texts.size());
            if (seen != null) {
                number((long) seen << 2 | TextForm.AGAIN);
                return;
            }
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // UTF-8 has no form for half a surrogate pair; what does not come back the same is written as UTF-16.
        if (new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            number((long) utf8.length << 2 | TextForm.UTF8);
            raw(utf8);
        } else {
            number((long) text.length() << 2 | TextForm.UTF16);
            text.chars().forEach(unit -> {
                octet(unit >>> 8);
                octet(unit);
            });
        }
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    /// How a text is written.
    static final class TextForm {
        static final int UTF8 = 0;
        static final int UTF16 = 1;
        static final int AGAIN = 2;

        private TextForm() {
        }
    }
}
