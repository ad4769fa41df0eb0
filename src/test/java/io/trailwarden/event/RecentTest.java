package io.trailwarden.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void whatWasPutForAKeyIsFoundByAnEqualOne() {
        var recent = new Recent<String, Integer>(16);
        recent.put("abc", 3);

        assertThat(recent.get(new String("abc"))).isEqualTo(3);
        assertThat(recent.get("abd")).isNull();
    }

    @Test
    void keysOfOneHashAreNotTakenForEachOther() {
        var recent = new Recent<String, Integer>(16);
        recent.put("Aa", 1);

        assertThat(recent.get("BB")).isNull();
        recent.put("BB", 2);
        assertThat(recent.get("BB")).isEqualTo(2);
        assertThat(recent.get("Aa")).isNull();
    }

    @Test
    void noMoreIsKeptThanThereArePlaces() {
        var recent = new Recent<Integer, Integer>(8);
        IntStream.range(0, 1000).forEach(number -> recent.put(number, number));

        assertThat(IntStream.range(0, 1000).filter(number -> recent.get(number) != null).count()).isBetween(1L, 8L);
        assertThatThrownBy(() -> new Recent<>(12)).hasMessage("places must be a power of two, got 12");
    }
}
