package io.trailwarden.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.postgresql.copy.CopyIn;

/// Rows in PostgreSQL's binary COPY format, built in one growing array that is used again for the next batch.
///
/// Big-endian. Each field is a 32-bit length and that many bytes; -1 is null. Text is UTF-8, with NUL as U+2400 and a
/// lone surrogate as U+FFFD because PostgreSQL has neither. For one thread.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4">COPY, binary format</a>
final class CopyBuffer {

    /// Signature, no flags, no header extension.
    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    /// PostgreSQL counts from 2000-01-01, here in seconds and days since 1970.
    private static final long EPOCH_SECONDS = 946_684_800L;

    private static final int EPOCH_DAYS = 10_957;

    /// The server reads as it goes: this is what we hand to the driver at once.
    private static final int CHUNK = 64 * 1024;

    /// More than this is given back after a batch, so that one huge batch does not hold memory for ever.
    private static final int KEPT = 16 << 20;

    private byte[] bytes = new byte[1 << 20];
    private int length;
    private boolean altered;

    /// Begins a stream.
    void begin() {
        if (bytes.length > KEPT) {
            bytes = new byte[1 << 20];
        }
        length = 0;
        altered = false;
        reserve(HEADER.length);
        System.arraycopy(HEADER, 0, bytes, 0, HEADER.length);
        length = HEADER.length;
    }

    /// Begins a row of `fields` fields.
    void row(int fields) {
        altered = false;
        reserve(2);
        bytes[length++] = (byte) (fields >>> 8);
        bytes[length++] = (byte) fields;
    }

    /// Ends the stream.
    void end() {
        row(-1);
    }

    /// Whether any text of the row begun last could not be kept as it was.
    boolean altered() {
        return altered;
    }

    /// Bytes so far.
    int length() {
        return length;
    }

    /// Goes back to where [#length] was, forgetting what came after.
    void cut(int length) {
        this.length = length;
    }

    /// Sends everything.
    void sendTo(CopyIn copy) throws SQLException {
        for (int from = 0; from < length; from += CHUNK) {
            copy.writeToCopy(bytes, from, Math.min(CHUNK, length - from));
        }
    }

    void nullField() {
        putInt(-1);
    }

    void int2Field(int number) {
        reserve(6);
        putInt(2);
        bytes[length++] = (byte) (number >>> 8);
        bytes[length++] = (byte) number;
    }

    void int4Field(int number) {
        putInt(4);
        putInt(number);
    }

    void int8Field(long number) {
        putInt(8);
        putLong(number);
    }

    void uuidField(UUID id) {
        putInt(16);
        putLong(id.getMostSignificantBits());
        putLong(id.getLeastSignificantBits());
    }

    /// A day, as days since 1970.
    void dateField(int epochDay) {
        int4Field(epochDay - EPOCH_DAYS);
    }

    /// A time, to the microsecond.
    ///
    /// @throws ArithmeticException when it is more than 292,000 years away
    void timestampField(long epochSecond, int micros) {
        int8Field(Math.addExact(Math.multiplyExact(epochSecond - EPOCH_SECONDS, 1_000_000L), micros));
    }

    void textField(String text) {
        int start = beginField();
        putText(text, false);
        endField(start);
    }

    /// Begins a field whose length is known at its end; returns what [#endField] wants.
    int beginField() {
        putInt(0);
        return length;
    }

    void endField(int start) {
        int size = length - start;
        bytes[start - 4] = (byte) (size >>> 24);
        bytes[start - 3] = (byte) (size >>> 16);
        bytes[start - 2] = (byte) (size >>> 8);
        bytes[start - 1] = (byte) size;
    }

    /// The text of the field from `start`, as it will be read back.
    String fieldFrom(int start) {
        return new String(bytes, start, length - start, StandardCharsets.UTF_8);
    }

    void put(int single) {
        reserve(1);
        bytes[length++] = (byte) single;
    }

    /// Text that is ASCII and needs no escapes.
    void putAscii(String ascii) {
        int size = ascii.length();
        reserve(size);
        ascii.getBytes(0, size, bytes, length);
        length += size;
    }

    /// Text as UTF-8; when `quoted` as JSON writes it, quotes included.
    void putText(String text, boolean quoted) {
        reserve(Math.addExact(Math.multiplyExact(text.length(), quoted ? 6 : 3), 2));
        if (quoted) {
            bytes[length++] = '"';
        }
        int size = text.length();
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                putPlain(c, quoted);
            } else if (Character.isHighSurrogate(c) && i + 1 < size && Character.isLowSurrogate(text.charAt(i + 1))) {
                putFour(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                altered = true;
                putThree(0xFFFD);
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xC0 | c >> 6);
                bytes[length++] = (byte) (0x80 | c & 0x3F);
            } else {
                putThree(c);
            }
        }
        if (quoted) {
            bytes[length++] = '"';
        }
    }

    private void putPlain(char c, boolean quoted) {
        if (c == 0) {
            altered = true;
            putThree(0x2400);
        } else if (quoted && (c < 0x20 || c == '"' || c == '\\')) {
            putEscaped(c);
        } else {
            bytes[length++] = (byte) c;
        }
    }

    private void putEscaped(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\n' -> bytes[length++] = 'n';
            case '\t' -> bytes[length++] = 't';
            case '\r' -> bytes[length++] = 'r';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = (byte) ('0' + (c >> 4));
                bytes[length++] = (byte) Character.forDigit(c & 15, 16);
            }
        }
    }

    private void putThree(int c) {
        bytes[length++] = (byte) (0xE0 | c >> 12);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void putFour(int c) {
        bytes[length++] = (byte) (0xF0 | c >> 18);
        bytes[length++] = (byte) (0x80 | c >> 12 & 0x3F);
        bytes[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        bytes[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void putInt(int number) {
        reserve(4);
        bytes[length++] = (byte) (number >>> 24);
        bytes[length++] = (byte) (number >>> 16);
        bytes[length++] = (byte) (number >>> 8);
        bytes[length++] = (byte) number;
    }

    private void putLong(long number) {
        putInt((int) (number >>> 32));
        putInt((int) number);
    }

    private void reserve(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max((int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 16), Math.addExact(length, more)));
        }
    }
}
