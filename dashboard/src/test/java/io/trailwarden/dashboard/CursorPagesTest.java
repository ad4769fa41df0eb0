package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.dashboard.CursorPages.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CursorPagesTest {

    private final List<Integer> asked = new ArrayList<>();
    private final CursorPages<Integer, Integer> pages = new CursorPages<>(cursor -> {
        int from = Objects.requireNonNullElse(cursor, 0);
        asked.add(from);
        int to = Math.min(from + 10, 25);
        return new Slice<>(IntStream.range(from, to).boxed().toList(), to == 25 ? null : to);
    });

    @Test
    void onlyWhatIsLookedAtIsRead() {
        assertThat(pages.rows(0, 10)).hasSize(10);

        assertThat(asked).containsExactly(0);
        assertThat(pages.complete()).isFalse();
    }

    @Test
    void scrollingBackAsksNothing() {
        pages.rows(15, 5);
        asked.clear();

        assertThat(pages.rows(3, 4)).containsExactly(3, 4, 5, 6);
        assertThat(asked).isEmpty();
    }

    @Test
    void theLastRowsAreFewerAndThenThereAreNone() {
        assertThat(pages.rows(20, 10)).containsExactly(20, 21, 22, 23, 24);
        assertThat(pages.rows(30, 10)).isEmpty();
        assertThat(pages.complete()).isTrue();
    }

    @Test
    void aNewBeginningReadsAnew() {
        pages.rows(0, 25);
        pages.restart();
        asked.clear();

        pages.rows(0, 1);

        assertThat(asked).containsExactly(0);
    }
}
