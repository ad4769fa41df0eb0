package io.trailwarden.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AttributesTest {

    @Test
    void equalityIsOfNamesAndValuesInWhateverOrder() {
        var one = Attributes.builder().put("a", "1").put("b", 2).build();
        var same = Attributes.builder().put("b", 2).put("a", "1").build();
        var other = Attributes.builder().put("a", "1").put("b", "2").build();

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).hasSameHashCodeAs(one).isNotEqualTo(other);
    }

    @Test
    void anOriginIsOrdinaryUnlessItIsHuge() {
        var text = Attributes.builder().put("a", "x".repeat(9000)).build();
        var nested = Attributes.builder().put("a", new Value.Array(List.of(new Value.KeyValues(text)))).build();
        var usual = Events.event("x", 0).resource("service.name", "claude-code").observation().origin();

        assertThat(usual.isOrdinary()).isTrue();
        assertThat(of(text, Attributes.NONE).isOrdinary()).isFalse();
        assertThat(of(Attributes.NONE, nested).isOrdinary()).isFalse();
    }

    private static Origin of(Attributes resource, Attributes common) {
        return new Origin("p", "user@example.com", "s1", resource, "scope", "1", common);
    }
}
