package io.trailwarden.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathsTest {

    @Test
    void aLineGoesThroughTheMiddleOfEachPeriod() {
        assertThat(Paths.line(List.of(0.0, 5.0, 10.0, 10.0), new Scale(10)))
                .hasToString("M125 100L375 50L625 0L875 0");
    }

    @Test
    void aLineIsBrokenWhereNothingIsKnown() {
        assertThat(Paths.line(List.of(1.0, Double.NaN, 1.0, 0.0), new Scale(1)))
                .hasToString("M125 0M625 0L875 100");
    }

    @Test
    void seriesSideBySideShareTheWidthOfTheirPeriod() {
        var raised = Series.of("raised", Tone.SERIES, List.of(10, 5));
        var closed = Series.of("closed", Tone.OTHER, List.of(0, 10));

        assertThat(Paths.beside(List.of(raised, closed), 0, new Scale(10), 0.8))
                .hasToString("M50 0h200v100h-200zM550 50h200v50h-200z");
        assertThat(Paths.beside(List.of(raised, closed), 1, new Scale(10), 0.8)).hasToString("M750 0h200v100h-200z");
    }

    @Test
    void whatExistsIsSeenHoweverSmall() {
        assertThat(Paths.beside(List.of(Series.of("rare", Tone.SERIES, List.of(1))), 0, new Scale(100_000), 1))
                .hasToString("M0 98h1000v2h-1000z");
    }

    @Test
    void aStackStandsOnWhatIsBelowIt() {
        var below = Series.of("auto", Tone.AUTO, List.of(2, 0));
        var above = Series.of("plan", Tone.PLAN, List.of(1, 4));

        assertThat(Paths.stacked(List.of(below, above), new Scale(4), 1)).extracting(Object::toString)
                .containsExactly("M0 50h500v50h-500z", "M0 25h500v25h-500zM500 0h500v100h-500z");
    }

    @Test
    void aScaleEndsAtTheNextRoundNumber() {
        assertThat(List.of(0.0, 0.4, 1.0, 1.1, 5.0, 5.1, 812.0, 1000.0, 1001.0)).extracting(highest -> Scale.over(highest).top())
                .containsExactly(1.0, 1.0, 1.0, 2.0, 5.0, 6.0, 1000.0, 1000.0, 1500.0);
    }

    @Test
    void aScaleOfAStackCountsWhatStandsOnEachOther() {
        assertThat(Scale.stacked(List.of(Series.of("a", Tone.AUTO, List.of(4, 1)), Series.of("b", Tone.PLAN, List.of(4, 9)))).top())
                .isEqualTo(10);
    }

    @Test
    void whatIsNoNumberIsNotDrawn() {
        assertThatThrownBy(() -> Paths.number(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Series.of("below", Tone.SERIES, List.of(-1))).hasMessageContaining("got -1");
        assertThatThrownBy(() -> Series.of("endless", Tone.SERIES, List.of(Double.POSITIVE_INFINITY))).hasMessageContaining("got Infinity");
        assertThatThrownBy(() -> new Scale(0)).hasMessageContaining("got 0");
    }
}
