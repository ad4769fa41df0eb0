package io.trailwarden.dashboard.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.dashboard.overview.Opening.Piece;
import io.trailwarden.forward.Forwarding.Standing;
import io.trailwarden.forward.Forwarding.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OnwardTest {

    private static final Instant NOON = Instant.parse("2026-11-19T12:00:00Z");

    @Test
    void withoutADestinationNothingIsForwarded() {
        assertThat(text(List.of(), 0)).isEqualTo("Nothing is forwarded: no destination is set up.");
        assertThat(text(List.of(standing("old", new State.Removed(), 0, 0)), 0)).startsWith("Nothing is forwarded");
    }

    @Test
    void thoseThatAreWellAreCounted() {
        var well = standing("siem", new State.UpToDate(), 0, 0);

        assertThat(text(List.of(well), 0)).isEqualTo("Forwarding to one destination, up to date.");
        assertThat(text(List.of(well, well), 0)).isEqualTo("Forwarding to two destinations, both up to date.");
        assertThat(text(List.of(well, well, well), 1)).isEqualTo("Forwarding to three destinations, all up to date. 1 item was refused.");
    }

    @Test
    void theOneFurthestBehindIsNamed() {
        assertThat(text(List.of(standing("soc", new State.Sending(), 9_000, 2), standing("siem", new State.Sending(), 412, 180)), 0))
                .isEqualTo("Forwarding to two destinations; furthest behind is siem, 412 waiting, the oldest for 3 min.");
        assertThat(text(List.of(standing("siem", new State.Sending(), 3, 0)), 0)).isEqualTo("Forwarding to one destination; 3 waiting.");
    }

    @Test
    void thoseThatTakeNothingComeGravestFirst() {
        var since = NOON.minusSeconds(7200);
        var paused = standing("file", new State.Paused("oskar", since), 0, 0);
        var held = standing("siem", new State.HeldBack(since, "no answer", 9, NOON), 412, 7200);
        var stopped = standing("soc", new State.Misconfigured(since, "401", NOON), 12, 60);

        assertThat(text(List.of(paused, held), 0)).isEqualTo("Forwarding to two destinations: siem is held back, for 2 h, file is paused by oskar; "
                + "furthest behind is siem, 412 waiting, the oldest for 2 h.");
        assertThat(text(List.of(paused, held, stopped, held), 0)).startsWith("Forwarding to four destinations: soc needs somebody, for 2 h, "
                + "siem is held back, for 2 h, and two more not well; ");
    }

    @Test
    void whateverItCountsOpensThePage() {
        var pieces = Onward.of(List.of(standing("siem", new State.HeldBack(NOON, "no answer", 1, NOON), 412, 7200)), 3, NOON);

        assertThat(pieces).filteredOn(piece -> piece.words().matches(".*(\\d|destination|held).*") && piece.link() == null)
                .extracting(Piece::words).containsExactly(", the oldest for 2 h");
    }

    private static String text(List<Standing> all, long refused) {
        return Onward.of(all, refused, NOON).stream().map(Piece::words).collect(Collectors.joining());
    }

    private static Standing standing(String name, State state, long waiting, long lag) {
        return new Standing(name, "webhook", "127.0.0.1", "alerts", state, List.of(), waiting, Duration.ofSeconds(lag), null, null, null);
    }
}
