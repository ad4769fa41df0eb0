package io.trailwarden.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.protobuf.InvalidProtocolBufferException;
import io.trailwarden.event.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Random requests and random rubbish; the seed of a failure is in its message.
class DecoderProperties {

    private static final DecodeLimits LIMITS = new DecodeLimits(50_000, 2_000_000);

    private final Decoder decoder = new Decoder(LIMITS);

    @ParameterizedTest
    @EnumSource(Signal.class)
    void protobufIsReadAsTheGeneratedClassesReadIt(Signal signal) {
        int records = 0;
        for (long seed = 0; seed < 1500; seed++) {
            var request = new RandomOtlp(seed).request(signal);

            var decoded = decoder.decode(Encoding.PROTOBUF, signal, request.toByteArray());

            var expected = Oracle.read(request);
            records += expected.stream().mapToInt(batch -> batch.records().size()).sum();
            assertThat(batches(decoded)).as("seed %d", seed).isEqualTo(expected);
        }
        assertThat(records).isGreaterThan(1500);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void jsonSaysTheSameAsProtobuf(Signal signal) {
        for (long seed = 0; seed < 1500; seed++) {
            var request = new RandomOtlp(seed).request(signal);
            byte[] json = new OtlpJson(seed).write(request);

            var decoded = decoder.decode(Encoding.JSON, signal, json);

            assertThat(batches(decoded)).as("seed %d", seed).isEqualTo(Oracle.read(request));
        }
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void damagedBytesThatTheGeneratedClassesReadAreReadToo(Signal signal) {
        int readable = 0;
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            byte[] damaged = damage(random, new RandomOtlp(seed).request(signal).toByteArray());
            if (!generatedClassesRead(signal, damaged)) {
                continue;
            }
            readable++;

            var decoded = decoder.decode(Encoding.PROTOBUF, signal, damaged);

            assertThat(decoded).as("seed %d", seed).isInstanceOf(Decoded.Read.class);
            // Some numbers of eleven bytes, which the format does not allow, pass there.
            assertThat(((Decoded.Read) decoded).flaws()).as("seed %d", seed)
                    .allMatch(flaw -> flaw.detail().startsWith("number of more than 10 bytes"));
        }
        assertThat(readable).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void rubbishIsAnOutcomeAndNeverAnException(Signal signal) {
        for (long seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            var request = new RandomOtlp(seed).request(signal);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            for (var encoding : Encoding.values()) {
                byte[] sound = encoding == Encoding.PROTOBUF ? request.toByteArray() : new OtlpJson(seed).write(request);
                byte[] damaged = damage(random, sound);
                assertThatCode(() -> {
                    decoder.decode(encoding, signal, noise);
                    decoder.decode(encoding, signal, damaged);
                    decoder.decode(encoding == Encoding.JSON ? Encoding.PROTOBUF : Encoding.JSON, signal, damaged);
                }).as("seed %d %s", seed, encoding).doesNotThrowAnyException();
            }
        }
    }

    private static boolean generatedClassesRead(Signal signal, byte[] body) {
        try {
            RandomOtlp.builder(signal).mergeFrom(body);
            return true;
        } catch (InvalidProtocolBufferException notProtobuf) {
            return false;
        }
    }

    private static byte[] damage(Random random, byte[] sound) {
        byte[] damaged = random.nextInt(3) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length + 1)) : sound.clone();
        for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static List<Decoded.Batch> batches(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Read.class);
        assertThat(((Decoded.Read) decoded).flaws()).isEmpty();
        return ((Decoded.Read) decoded).batches();
    }
}
