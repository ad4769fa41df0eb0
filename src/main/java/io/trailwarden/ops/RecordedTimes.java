package io.trailwarden.ops;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Moves every time in a recorded request by the same amount, in place: in both encodings a moved time is as long as it
/// was, so nothing else of the request changes.
///
/// For one request and one use.
final class RecordedTimes {

    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Pattern JSON_NANOS = Pattern.compile("(?<=UnixNano\":\")\\d{19}(?=\")|(?<=UnixNano\":)\\d{19}(?=[,}])");
    private static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    /// Where times lie in protobuf, as field numbers from the request down: log records; spans and their events; the data
    /// points of the five kinds of metric.
    private static final Map<String, Set<String>> PLACES = Map.of(
            "logs", Set.of("1.2.2.1", "1.2.2.11"),
            "traces", Set.of("1.2.2.7", "1.2.2.8", "1.2.2.11.1"),
            "metrics", Set.of("1.2.2.5.1.2", "1.2.2.5.1.3", "1.2.2.7.1.2", "1.2.2.7.1.3", "1.2.2.9.1.2", "1.2.2.9.1.3", "1.2.2.10.1.2",
                    "1.2.2.10.1.3", "1.2.2.11.1.2", "1.2.2.11.1.3"));

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final byte[] body;
    private final boolean json;
    private final Set<String> places;
    private final long nanos;
    private Instant latest = Instant.MIN;

    /// @param signal `logs`, `metrics` or `traces`
    RecordedTimes(byte[] body, String signal, boolean json, Duration by) {
        this.body = body;
        this.json = json;
        this.places = PLACES.getOrDefault(signal, Set.of());
        this.nanos = by.toNanos();
    }

    /// The latest time that was met, before it was moved; [Instant#MIN] when there was none.
    Instant latest() {
        return latest;
    }

    /// The request with its times moved.
    byte[] shift() {
        replace(ISO, found -> MILLIS.format(moved(Instant.parse(found))));
        if (json) {
            replace(JSON_NANOS, found -> Long.toString(movedNanos(Long.parseLong(found))));
        } else {
            walk(ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN), "");
        }
        return body;
    }

    private void replace(Pattern pattern, UnaryOperator<String> change) {
        // Latin-1 keeps every byte where it is.
        var text = new String(body, StandardCharsets.ISO_8859_1);
        for (MatchResult found : pattern.matcher(text).results().toList()) {
            byte[] changed = change.apply(found.group()).getBytes(StandardCharsets.ISO_8859_1);
            if (changed.length == found.end() - found.start()) {
                System.arraycopy(changed, 0, body, found.start(), changed.length);
            }
        }
    }

    private void walk(ByteBuffer message, String path) {
        while (message.hasRemaining()) {
            long tag = varint(message);
            var here = path.isEmpty() ? Long.toString(tag >>> 3) : path + "." + (tag >>> 3);
            switch ((int) tag & 7) {
                case VARINT -> varint(message);
                case FIXED64 -> {
                    if (places.contains(here) && message.getLong(message.position()) != 0) {
                        message.putLong(message.position(), movedNanos(message.getLong(message.position())));
                    }
                    message.position(message.position() + 8);
                }
                case DELIMITED -> {
                    int length = (int) varint(message);
                    if (places.stream().anyMatch(time -> time.startsWith(here + "."))) {
                        walk(message.slice(message.position(), length).order(ByteOrder.LITTLE_ENDIAN), here);
                    }
                    message.position(message.position() + length);
                }
                case FIXED32 -> message.position(message.position() + 4);
                default -> throw new CannotStart("a recorded request is not protobuf: wire type " + (tag & 7) + " at " + here);
            }
        }
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }

    private long movedNanos(long time) {
        seen(Instant.ofEpochSecond(time / 1_000_000_000, time % 1_000_000_000));
        return time + nanos;
    }

    private Instant moved(Instant time) {
        seen(time);
        return time.plusNanos(nanos);
    }

    private void seen(Instant time) {
        latest = time.isAfter(latest) ? time : latest;
    }
}
