package io.trailwarden.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Events;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "NUL \u0000 inside", "\uD800 lone high", "lone low \uDC00", "pair \uD83D\uDE00", "Grüße", "?", "\uFFFD", "??\uD800"})
    void textComesBackExactly(String text) {
        var decoded = text(roundTrip(records(Events.event("x", 0).with("text", text).build())));

        assertThat(decoded).isEqualTo(text);
    }

    @Test
    void aNumberKeepsItsBits() {
        long signallingNan = 0x7ff0_0000_0000_0001L;
        var event = Events.event("x", 0).with("nan", new Value.Real(Double.longBitsToDouble(signallingNan))).with("zero", new Value.Real(-0.0))
                .with("least", Long.MIN_VALUE).with("most", Long.MAX_VALUE).build();

        var attributes = first(roundTrip(records(event))).seen().attributes();

        assertThat(attributes.get("nan")).isInstanceOfSatisfying(Value.Real.class,
                real -> assertThat(Double.doubleToRawLongBits(real.number())).isEqualTo(signallingNan));
        assertThat(attributes.get("zero")).isInstanceOfSatisfying(Value.Real.class,
                real -> assertThat(Double.doubleToRawLongBits(real.number())).isEqualTo(Long.MIN_VALUE));
        assertThat(attributes.number("least")).isEqualTo(Long.MIN_VALUE);
        assertThat(attributes.number("most")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void everyKindOfValueComesBack() {
        var nested = new Value.KeyValues(Attributes.builder().put("list", new Value.Array(List.of(Value.of(true), Value.EMPTY, Value.Binary.of(new byte[] {0, -1}))))
                .put("odd", new Value.Binary("ABC")).put("none", new Value.Array(List.of())).build());
        var frame = records(Events.event("x", 0).with("nested", nested).derived("command.programs", Value.of(List.of("cat", "curl"))).build());

        assertThat(roundTrip(frame)).isEqualTo(frame);
    }

    @Test
    void timesOutsideTheUsualComeBack() {
        for (var time : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(-1, 999_999_999))) {
            var origin = new Origin("t", "p", null, Attributes.NONE, "", "", Attributes.NONE);
            var event = new AuditEvent(new EventId(new UUID(1, 2)), time, new Observation(Signal.SPAN, "n", time, origin, Attributes.NONE, Attributes.NONE, Attributes.NONE));

            assertThat(roundTrip(records(event, event))).isEqualTo(records(event, event));
        }
    }

    @Test
    void recordsOfOneOriginShareIt() {
        var decoded = (Frame.Records) roundTrip(records(Events.event("a", 0).build(), Events.event("b", 1).in("s2").build(), Events.event("c", 2).build()));

        assertThat(decoded.events().get(2).seen().origin()).isSameAs(decoded.events().get(0).seen().origin());
        assertThat(decoded.events().get(1).session()).isEqualTo("s2");
    }

    @Test
    void repetitionIsCheap() {
        var many = new ArrayList<AuditEvent>();
        for (int i = 0; i < 100; i++) {
            many.add(Events.decision("Bash", "accept", i).with("session", "b1946ac9-2d23-4cbb-a2cb-0123456789ab").build());
        }

        assertThat(EventCodec.encode(new Frame.Records(many), 0).length()).isLessThan(100 * 60);
    }

    @Test
    void anUnreadableRequestComesBack() {
        var frame = new Frame.Unreadable("malformed_protobuf", "tag 0 at 17", "ab".repeat(32), 1L << 40, "token", "application/x-protobuf", "", Events.NOON);

        assertThat(roundTrip(frame)).isEqualTo(frame);
    }

    @Test
    void generatedRecordsComeBackAndNonsenseIsTold() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var frame = new Frame.Records(generated(random));
            var bytes = encoded(frame);

            assertThat(EventCodec.decode(bytes, 0, bytes.length)).as("seed %d", seed).isEqualTo(frame);

            for (int i = 0; i < 20; i++) {
                byte[] bad = bytes.clone();
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
                decodesOrTells(Arrays.copyOf(bad, random.nextInt(bad.length) + 1));
            }
        }
    }

    @Test
    void aNewerVersionIsNamed() {
        byte[] bytes = encoded(records(Events.event("x", 0).build()));
        bytes[0] = 9;

        assertThatThrownBy(() -> EventCodec.decode(bytes, 0, bytes.length)).hasMessage("frame has version 9; this program reads 1");
    }

    private static void decodesOrTells(byte[] bytes) {
        try {
            EventCodec.decode(bytes, 0, bytes.length);
        } catch (Parts.CorruptFrame _) {
            // told
        }
    }

    private static List<AuditEvent> generated(Random random) {
        var events = new ArrayList<AuditEvent>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            var event = Events.event("e" + random.nextInt(3), random.nextInt(100_000)).in("s" + random.nextInt(2)).signal(Signal.values()[random.nextInt(3)]);
            for (int a = random.nextInt(10); a > 0; a--) {
                event.with("k" + random.nextInt(12), value(random, 0));
            }
            events.add(event.build());
        }
        return events;
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 8)) {
            case 0 -> Value.of(text(random));
            case 1 -> Value.of(random.nextLong() >> random.nextInt(64));
            case 2 -> Value.of(Double.longBitsToDouble(random.nextLong()));
            case 3 -> Value.of(random.nextBoolean());
            case 4 -> Value.EMPTY;
            case 5 -> new Value.Binary("0" + random.nextInt(100));
            case 6 -> new Value.Array(List.of(value(random, depth + 1), value(random, depth + 1)));
            default -> new Value.KeyValues(Attributes.builder().put(text(random), value(random, depth + 1)).build());
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(4) * random.nextInt(900); i >= 0; i--) {
            text.append((char) (random.nextInt(20) == 0 ? random.nextInt(0x10000) : 'a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static Frame records(AuditEvent... events) {
        return new Frame.Records(List.of(events));
    }

    private static Frame roundTrip(Frame frame) {
        byte[] bytes = encoded(frame);
        return EventCodec.decode(bytes, 0, bytes.length);
    }

    private static byte[] encoded(Frame frame) {
        var bytes = EventCodec.encode(frame, 0);
        return Arrays.copyOf(bytes.array(), bytes.length());
    }

    private static AuditEvent first(Frame frame) {
        return ((Frame.Records) frame).events().getFirst();
    }

    private static @Nullable String text(Frame frame) {
        return first(frame).seen().attributes().text("text");
    }
}
