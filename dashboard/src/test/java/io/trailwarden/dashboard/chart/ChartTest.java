package io.trailwarden.dashboard.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.nodefeature.ElementAttributeMap;
import io.trailwarden.dashboard.chart.Chart.Band;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final String HOSTILE = "\"><script>alert(1)</script>";

    @Test
    void aPictureSaysInWordsWhatItShows() {
        var svg = only(Chart.bars("Raised per day: 3, 4", List.of(Series.of("raised", Tone.SERIES, List.of(3, 4)))), "svg");

        assertThat(svg.getStateProvider().getAttribute(svg.getNode(), "role")).isEqualTo("img");
        assertThat(svg.getStateProvider().getAttribute(svg.getNode(), "aria-label")).isEqualTo("Raised per day: 3, 4");
        assertThat(svg.getNode().getFeature(ElementAttributeMap.class).get("viewBox")).isEqualTo("0 0 1000 100");
    }

    @Test
    void wordsAreTextWhereverTheyComeFrom() {
        var chart = Chart.bars(HOSTILE, List.of(Series.of(HOSTILE, Tone.SERIES, List.of(3))), new Scale(3), List.of(HOSTILE))
                .scale(HOSTILE, HOSTILE).names(List.of(HOSTILE));
        var table = new Table(List.of(HOSTILE), List.of(List.of(HOSTILE))).element();

        assertThat(all(chart.getElement()).map(Element::getTag)).doesNotContain("script");
        assertThat(only(chart, "title").getText()).isEqualTo(HOSTILE);
        assertThat(table.getOuterHTML()).doesNotContain("<script").contains("&lt;script&gt;");
    }

    @Test
    void shapesAreMadeOfNumbersAlone() {
        var chart = Chart.stack("modes", List.of(Series.of(HOSTILE, Tone.AUTO, List.of(1, 2))), new Scale(2));

        assertThat(all(chart.getElement()).filter(element -> element.getTag().equals("path"))
                .map(path -> path.getStateProvider().getAttribute(path.getNode(), "d"))).isNotEmpty()
                .allSatisfy(d -> assertThat(d).matches("[MLhvz0-9. -]+"));
    }

    @Test
    void aTableHasARowForEachPeriod() {
        var table = new Table(List.of("day", "raised"), List.of(List.of("Mon", "3"), List.of("Tue", "4"))).element();

        assertThat(all(table).filter(element -> element.getTag().equals("tr"))).hasSize(3);
        assertThat(all(table).filter(element -> element.getTag().equals("td")).map(Element::getText)).containsExactly("3", "4");
    }

    @Test
    void everyModeOfTheClientHasItsTone() {
        assertThat(Stream.of("plan", "default", "dontAsk", "acceptEdits", "auto", "bypassPermissions", "hyper").map(Tone::ofMode))
                .containsExactly(Tone.PLAN, Tone.DEFAULT, Tone.DONT_ASK, Tone.ACCEPT_EDITS, Tone.AUTO, Tone.BYPASS, Tone.NOT_TOLD);
        assertThat(Tone.ofMode(null)).isEqualTo(Tone.NOT_TOLD);
    }

    @Test
    void aStretchLiesInsideTheWhole() {
        assertThatThrownBy(() -> new Band(0.5, 0.4, Tone.AUTO, "")).hasMessageContaining("got 0.5 to 0.4");
    }

    @Test
    void nothingAtAllIsNoShareOfAnything() {
        var chart = Chart.shares("nobody", List.of(Series.of("in full", Tone.FULL, List.of(0)), Series.of("in part", Tone.PARTLY, List.of(0))));

        assertThat(only(chart, "svg")).isNotNull();
    }

    private static Element only(Chart chart, String tag) {
        return all(chart.getElement()).filter(element -> element.getTag().equals(tag)).reduce((a, b) -> {
            throw new AssertionError("more than one " + tag);
        }).orElseThrow();
    }

    private static Stream<Element> all(Element element) {
        return element.isTextNode() ? Stream.empty()
                : Stream.concat(Stream.of(element), element.getChildren().flatMap(ChartTest::all));
    }
}
