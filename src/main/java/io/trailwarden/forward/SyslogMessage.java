package io.trailwarden.forward;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// A message of RFC 5424 up to where its text begins.
///
/// @param facility 0 to 23
/// @param severity 0 (emergency) to 7 (debug)
/// @param time written in UTC with six digits of a second; years 0 to 9999
/// @param host who says it: a name or address
/// @param app which program
/// @param type kind of message, for filters
/// @param element name of the structured element, with the number of an enterprise
/// @param parameters of that element, in order
/// @see <a href="https://www.rfc-editor.org/rfc/rfc5424#section-6">RFC 5424, section 6</a>
record SyslogMessage(int facility, int severity, Instant time, String host, String app, String type, String element,
        Map<String, String> parameters) {

    private static final int HOST = 255;
    private static final int APP = 48;
    private static final int TYPE = 32;
    private static final int NAME = 32;

    /// Says that the text after it is UTF-8.
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    SyslogMessage {
        if (facility < 0 || facility > 23 || severity < 0 || severity > 7) {
            throw new IllegalArgumentException("facility must be from 0 to 23 and severity from 0 to 7, got " + facility + " and " + severity);
        }
    }

    /// The whole message, without a frame.
    ///
    /// @param text UTF-8 without line breaks
    byte[] with(byte[] text) {
        var out = new ByteArrayOutputStream(256 + text.length);
        out.writeBytes(header().getBytes(StandardCharsets.UTF_8));
        out.writeBytes(BYTE_ORDER_MARK);
        out.writeBytes(text);
        return out.toByteArray();
    }

    /// Bytes of a message whose text is empty.
    int overhead() {
        return with(new byte[0]).length;
    }

    /// A frame of RFC 5425 and 6587: how many octets follow, and a space.
    static byte[] framed(byte[] message) {
        var length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
        var frame = new byte[length.length + message.length];
        System.arraycopy(length, 0, frame, 0, length.length);
        System.arraycopy(message, 0, frame, length.length, message.length);
        return frame;
    }

    private String header() {
        var out = new StringBuilder().append('<').append(facility * 8 + severity).append(">1 ").append(TIME.format(time)).append(' ')
                .append(Printable.ascii(host, HOST)).append(' ').append(Printable.ascii(app, APP)).append(" - ")
                .append(Printable.ascii(type, TYPE)).append(" [").append(name(element));
        parameters.forEach((name, value) -> {
            out.append(' ').append(name(name)).append("=\"");
            appendValue(out, value);
            out.append('"');
        });
        return out.append("] ").toString();
    }

    /// Names may not hold what ends them.
    private static String name(String name) {
        return Printable.ascii(name, NAME).replaceAll("[=\\]\"]", "_");
    }

    private static void appendValue(StringBuilder out, String value) {
        Printable.of(value).codePoints().forEach(point -> {
            if (point == '"' || point == '\\' || point == ']') {
                out.append('\\');
            }
            out.appendCodePoint(point);
        });
    }
}
