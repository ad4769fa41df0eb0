package io.trailwarden.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredJsonTest {

    static List<Value> values() {
        return List.of(Value.of(""), Value.of("a\"b\\c\n\t\r\u0001\u001f\u007f é 漢 \ud83d\ude00"), Value.of(0), Value.of(Long.MAX_VALUE), Value.of(Long.MIN_VALUE),
                Value.of(0.0), Value.of(-0.0), Value.of(1.0), Value.of(0.1), Value.of(1e7), Value.of(1.5e300), Value.of(Double.MIN_VALUE),
                Value.of(Double.MAX_VALUE), Value.of(Double.NaN), Value.of(Double.NEGATIVE_INFINITY), Value.of(true), Value.of(false), Value.EMPTY,
                Value.Binary.of(new byte[] {0, -1}), new Value.Array(List.of()), new Value.Array(List.of(Value.of(1), Value.of("1"), Value.of(1.0), Value.EMPTY)),
                new Value.KeyValues(Attributes.NONE), map("plain", Value.of(1)), map("$bytes", Value.of("00")), map("$real", Value.of("NaN")),
                map("$map", map("$bytes", Value.of("00"))), map("$map", Value.of(1)), map("deep", map("$map", map("$map", map("$real", Value.of(2.0))))),
                new Value.KeyValues(Attributes.builder().put("$map", Value.Binary.of(new byte[] {1})).put("b", 2).build()));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueComesBackAsItWas(Value value) {
        var sent = Attributes.builder().put("key", value).build();

        assertThat(StoredJson.read(Storable.json(sent)).get("key")).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("values")
    void namesOfAttributesAreNeverTakenForMarks(Value value) {
        for (var name : List.of("$bytes", "$real", "$map")) {
            var sent = Attributes.builder().put(name, value).build();

            assertThat(StoredJson.read(Storable.json(sent))).isEqualTo(sent);
        }
    }

    @Test
    void whatADatabaseCannotHoldIsReplaced() {
        var sent = Attributes.builder().put("a\u0000", "x\u0000\ud800y\udc00").build();

        assertThat(StoredJson.read(Storable.json(sent))).isEqualTo(Attributes.builder().put("a\u2400", "x\u2400\ufffdy\ufffd").build());
    }

    @Test
    void nestingBeyondReasonIsRefused() {
        Value nested = Value.of(1);
        for (int i = 0; i < 300; i++) {
            nested = new Value.Array(List.of(nested));
        }
        var sent = Attributes.builder().put("deep", nested).build();

        assertThatThrownBy(() -> Storable.json(sent)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("more than 200 deep");
    }

    private static Value map(String key, Value value) {
        return new Value.KeyValues(Attributes.builder().put(key, value).build());
    }
}
