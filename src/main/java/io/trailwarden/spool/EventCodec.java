package io.trailwarden.spool;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A frame's payload: compact, of our own, and exact: what is decoded equals what was encoded to the bit.
///
/// Version 1 is: the byte 1, the kind of frame, its parts. A text or an [Origin] that comes again within the frame is
/// a number; times are differences to the time before. A frame stands alone: it refers to nothing outside itself.
/// What an upgrade finds in the spool was written by the version before, so old versions stay readable.
final class EventCodec {

    private static final int VERSION = 1;
    private static final int RECORDS = 1;
    private static final int UNREADABLE = 2;

    private static final int TEXT = 1;
    private static final int INT = 2;
    private static final int REAL = 3;
    private static final int TRUE = 4;
    private static final int FALSE = 5;
    private static final int BINARY = 6;
    /// A [Value.Binary] that was made with something else than pairs of lower-case digits.
    private static final int BINARY_AS_TEXT = 7;
    private static final int ARRAY = 8;
    private static final int KEY_VALUES = 9;
    private static final int EMPTY = 10;

    private static final Signal[] SIGNALS = Signal.values();
    private static final Pattern DIGIT_PAIRS = Pattern.compile("(?:[0-9a-f]{2})*");

    private EventCodec() {
    }

    /// Encodes `frame` behind `start` free bytes.
    ///
    /// @throws IllegalArgumentException for [Frame.Damaged], which is a report and never written
    static Bytes encode(Frame frame, int start) {
        return switch (frame) {
            case Frame.Records(var events) -> new Encoder(start, 64 + 384 * events.size()).records(events);
            case Frame.Unreadable unreadable -> new Encoder(start, 512).unreadable(unreadable);
            case Frame.Damaged _ -> throw new IllegalArgumentException("a report of damage is not written to the spool");
        };
    }

    /// Decodes what lies between `start` and `end`.
    ///
    /// @throws Parts.CorruptFrame when it makes no sense
    static Frame decode(byte[] bytes, int start, int end) {
        var decoder = new Decoder(new Parts(bytes, start, end));
        try {
            return decoder.frame();
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new Parts.CorruptFrame("a value is out of range: " + e.getMessage());
        }
    }

    /// For one frame.
    private static final class Encoder {

        private final Bytes out;
        private final Map<Origin, Integer> origins = new HashMap<>();
        private @Nullable Origin lastOrigin;
        private long lastOriginNumber;
        private long lastSecond;

        Encoder(int start, int expected) {
            out = new Bytes(start, expected);
            out.octet(VERSION);
        }

        Bytes records(List<AuditEvent> events) {
            out.octet(RECORDS);
            out.number(events.size());
            for (var event : events) {
                out.fixed(event.id().value().getMostSignificantBits());
                out.fixed(event.id().value().getLeastSignificantBits());
                instant(event.receivedAt());
                observation(event.seen());
            }
            return out;
        }

        Bytes unreadable(Frame.Unreadable unreadable) {
            out.octet(UNREADABLE);
            out.text(unreadable.reason());
            out.text(unreadable.detail());
            out.text(unreadable.sha256());
            out.signed(unreadable.size());
            out.text(unreadable.principal());
            out.text(unreadable.contentType());
            out.text(unreadable.beginning());
            instant(unreadable.receivedAt());
            return out;
        }

        private void observation(Observation seen) {
            out.octet(seen.signal().ordinal());
            out.text(seen.name());
            instant(seen.time());
            origin(seen.origin());
            attributes(seen.attributes());
            attributes(seen.derived());
            attributes(seen.envelope());
        }

        /// Zero announces a new one; else one more than the number of one that was there.
        private void origin(Origin origin) {
            if (origin == lastOrigin) {
                out.number(lastOriginNumber);
                return;
            }
            var seen = origins.putIfAbsent(origin, origins.size());
            lastOrigin = origin;
            if (seen != null) {
                lastOriginNumber = seen + 1L;
                out.number(lastOriginNumber);
                return;
            }
            lastOriginNumber = origins.size();
            out.number(0);
            newOrigin(origin);
        }

        private void newOrigin(Origin origin) {
            out.text(origin.principal());
            out.text(origin.person());
            out.octet(origin.session() == null ? 0 : 1);
            if (origin.session() != null) {
                out.text(origin.session());
            }
            attributes(origin.resource());
            out.text(origin.scopeName());
            out.text(origin.scopeVersion());
            attributes(origin.common());
        }

        private void instant(Instant instant) {
            out.signed(instant.getEpochSecond() - lastSecond);
            lastSecond = instant.getEpochSecond();
            out.number(instant.getNano());
        }

        private void attributes(Attributes attributes) {
            out.number(attributes.size());
            attributes.forEach((key, value) -> {
                out.text(key);
                value(value);
            });
        }

        private void value(Value value) {
            switch (value) {
                case Value.Text(var text) -> {
                    out.octet(TEXT);
                    out.text(text);
                }
                case Value.Int(var number) -> {
                    out.octet(INT);
                    out.signed(number);
                }
                case Value.Real(var number) -> {
                    out.octet(REAL);
                    out.fixed(Double.doubleToRawLongBits(number));
                }
                case Value.Bool(var truth) -> out.octet(truth ? TRUE : FALSE);
                case Value.Binary(var hex) -> binary(hex);
                case Value.Array(var values) -> {
                    out.octet(ARRAY);
                    out.number(values.size());
                    values.forEach(this::value);
                }
                case Value.KeyValues(var entries) -> {
                    out.octet(KEY_VALUES);
                    attributes(entries);
                }
                case Value.Empty() -> out.octet(EMPTY);
            }
        }

        private void binary(String hex) {
            if (DIGIT_PAIRS.matcher(hex).matches()) {
                out.octet(BINARY);
                out.number(hex.length() / 2);
                out.raw(HexFormat.of().parseHex(hex));
            } else {
                out.octet(BINARY_AS_TEXT);
                out.text(hex);
            }
        }
    }

    /// For one frame.
    private static final class Decoder {

        private final Parts in;
        private final List<Origin> origins = new ArrayList<>();
        private long lastSecond;

        Decoder(Parts in) {
            this.in = in;
        }

        Frame frame() {
            int version = in.octet();
            if (version != VERSION) {
                throw new Parts.CorruptFrame("frame has version " + version + "; this program reads 1");
            }
            var frame = switch (in.octet()) {
                case RECORDS -> records();
                case UNREADABLE -> unreadable();
                default -> throw new Parts.CorruptFrame("a frame is of an unknown kind");
            };
            if (!in.atEnd()) {
                throw new Parts.CorruptFrame("a frame is longer than its content");
            }
            return frame;
        }

        private Frame records() {
            int count = in.count();
            var events = new ArrayList<AuditEvent>(count);
            for (int i = 0; i < count; i++) {
                var id = new EventId(new UUID(in.fixed(), in.fixed()));
                var receivedAt = instant();
                events.add(new AuditEvent(id, receivedAt, observation()));
            }
            return new Frame.Records(events);
        }

        private Frame unreadable() {
            return new Frame.Unreadable(in.text(), in.text(), in.text(), in.signed(), in.text(), in.text(), in.text(), instant());
        }

        private Observation observation() {
            int signal = in.octet();
            if (signal >= SIGNALS.length) {
                throw new Parts.CorruptFrame("a record is of an unknown signal");
            }
            return new Observation(SIGNALS[signal], in.text(), instant(), origin(), attributes(), attributes(), attributes());
        }

        private Origin origin() {
            long number = in.number();
            if (number == 0) {
                var origin = new Origin(in.text(), in.text(), in.octet() == 0 ? null : in.text(), attributes(), in.text(), in.text(), attributes());
                origins.add(origin);
                return origin;
            }
            if (number < 0 || number > origins.size()) {
                throw new Parts.CorruptFrame("a record refers to an origin that was not there");
            }
            return origins.get((int) number - 1);
        }

        private Instant instant() {
            lastSecond += in.signed();
            return Instant.ofEpochSecond(lastSecond, in.number());
        }

        private Attributes attributes() {
            int count = in.count();
            if (count == 0) {
                return Attributes.NONE;
            }
            var attributes = Attributes.builder();
            for (int i = 0; i < count; i++) {
                attributes.put(in.text(), value());
            }
            return attributes.build();
        }

        private Value value() {
            return switch (in.octet()) {
                case TEXT -> new Value.Text(in.text());
                case INT -> new Value.Int(in.signed());
                case REAL -> new Value.Real(Double.longBitsToDouble(in.fixed()));
                case TRUE -> new Value.Bool(true);
                case FALSE -> new Value.Bool(false);
                case BINARY -> Value.Binary.of(in.raw(in.count()));
                case BINARY_AS_TEXT -> new Value.Binary(in.text());
                case ARRAY -> array();
                case KEY_VALUES -> new Value.KeyValues(attributes());
                case EMPTY -> Value.EMPTY;
                default -> throw new Parts.CorruptFrame("a value is of an unknown kind");
            };
        }

        private Value array() {
            int count = in.count();
            var values = new ArrayList<Value>(count);
            for (int i = 0; i < count; i++) {
                values.add(value());
            }
            return new Value.Array(values);
        }
    }
}
