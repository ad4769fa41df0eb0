package io.trailwarden.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

    @ParameterizedTest
    @MethodSource
    void whatJsonbRefusesIsWrittenSoThatItIsTaken(Value value, String json) {
        assertThat(Json.write(value)).isEqualTo(json);
    }

    static List<Arguments> whatJsonbRefusesIsWrittenSoThatItIsTaken() {
        return List.of(
                Arguments.of(Value.of("a\u0000b"), "\"a\u2400b\""),
                Arguments.of(Value.of("a\ud83d"), "\"a\ufffd\""),
                Arguments.of(Value.of("\ude00a"), "\"\ufffda\""),
                Arguments.of(Value.of("\ud83d\ude00"), "\"\ud83d\ude00\""),
                Arguments.of(Value.of("\u001b[31m\"\\"), "\"\\u001b[31m\\\"\\\\\""),
                Arguments.of(Value.of(Double.NaN), "\"NaN\""),
                Arguments.of(Value.of(Double.NEGATIVE_INFINITY), "\"-Infinity\""),
                Arguments.of(Value.of(Long.MAX_VALUE), "9223372036854775807"),
                Arguments.of(Value.EMPTY, "null"),
                Arguments.of(new Value.Array(List.of(Value.of(1), Value.of(true), Value.of("x"))), "[1,true,\"x\"]"),
                Arguments.of(new Value.KeyValues(Attributes.builder().put("k", 1).build()), "{\"k\":1}"));
    }
}
