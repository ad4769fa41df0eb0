package io.trailwarden.dashboard.chart;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A picture of numbers that says the same in words. It is as wide as its place; its height is the style sheet's.
///
/// Words given here are ours or numbers; they become text and nothing else, wherever they come from.
@Tag("figure")
public final class Chart extends HtmlContainer {

    private final Div plot = new Div();

    private Chart(String kind, Drawing drawing) {
        addClassNames("chart", kind);
        plot.addClassName("k-plot");
        plot.getElement().appendChild(drawing.getElement());
        add(plot);
    }

    /// A line for a row of a list, its last known value marked.
    ///
    /// @param label says the values, or what of them matters
    public static Chart sparkline(String label, List<Double> values) {
        return line(label, values, Scale.over(values.stream().filter(value -> !value.isNaN()).mapToDouble(value -> value).max()
                .orElse(0)), "sparkline");
    }

    /// A line with room around it, to a scale that is shown beside it.
    public static Chart line(String label, List<Double> values, Scale scale) {
        return line(label, values, scale, "linechart");
    }

    private static Chart line(String label, List<Double> values, Scale scale, String kind) {
        var checked = new Series(label, Tone.NOW, values);
        var drawing = new Drawing(label);
        if (kind.equals("linechart")) {
            drawing.draw(Paths.level(scale.top(), scale), "k-grid").draw(Paths.level(scale.top() / 2, scale), "k-grid")
                    .draw(Paths.level(0, scale), "k-floor");
        }
        drawing.draw(Paths.line(checked.values(), scale), "k-line");
        for (int at = values.size() - 1; at >= 0; at--) {
            if (!values.get(at).isNaN()) {
                drawing.draw(Paths.dot(at, values, scale), "k-dot");
                break;
            }
        }
        return new Chart(kind, drawing);
    }

    /// Columns by period, those of several series side by side.
    public static Chart bars(String label, List<Series> series) {
        return bars(label, series, Scale.beside(series), List.of());
    }

    /// Columns by period with the words of each on hover.
    ///
    /// @param words one per period; none for no words
    public static Chart bars(String label, List<Series> series, Scale scale, List<String> words) {
        var drawing = new Drawing(label);
        for (int which = 0; which < series.size(); which++) {
            drawing.fill(Paths.beside(series, which, scale, 0.84), series.get(which).tone());
        }
        return new Chart("barchart", hovered(drawing, words).draw(Paths.level(0, new Scale(1)), "k-floor"));
    }

    private static Drawing hovered(Drawing drawing, List<String> words) {
        for (int at = 0; at < words.size(); at++) {
            drawing.fill(Paths.band((double) at / words.size(), (at + 1.0) / words.size()), Tone.HOVER, words.get(at));
        }
        return drawing;
    }

    /// Columns by period, the series on top of each other, with the words of each period on hover.
    public static Chart columns(String label, List<Series> series, Scale scale, List<String> words) {
        var drawing = new Drawing(label);
        var outlines = Paths.stacked(series, scale, 0.84);
        for (int which = 0; which < outlines.size(); which++) {
            drawing.fill(outlines.get(which), series.get(which).tone());
        }
        return new Chart("barchart", hovered(drawing, words).draw(Paths.level(0, scale), "k-floor"));
    }

    /// Columns by period, the series on top of each other, the first one at the floor.
    public static Chart stack(String label, List<Series> series, Scale scale) {
        var drawing = new Drawing(label);
        drawing.draw(Paths.level(scale.top(), scale), "k-grid").draw(Paths.level(scale.top() / 2, scale), "k-grid");
        var outlines = Paths.stacked(series, scale, 1);
        for (int which = 0; which < outlines.size(); which++) {
            drawing.fill(outlines.get(which), series.get(which).tone());
        }
        return new Chart("stackchart", drawing.draw(Paths.level(0, scale), "k-floor"));
    }

    /// Shares of a whole beside each other.
    public static Chart shares(String label, List<Series> parts) {
        double whole = parts.stream().mapToDouble(part -> part.height(0)).sum();
        var bands = new ArrayList<Band>();
        double from = 0;
        for (var part : parts) {
            double to = whole == 0 ? from : from + part.height(0) / whole;
            bands.add(new Band(from, Math.min(1, to), part.tone(), part.name()));
            from = Math.min(1, to);
        }
        return strip(label, bands);
    }

    /// Stretches of a time, such as the permission mode through a day.
    public static Chart strip(String label, List<Band> bands) {
        var drawing = new Drawing(label);
        bands.forEach(band -> drawing.fill(Paths.band(band.from(), band.to()), band.tone(), band.words()));
        return new Chart("stripchart", drawing);
    }

    /// A stretch.
    ///
    /// @param from where it begins, as a share of the whole from 0 to 1
    /// @param to where it ends, not before `from`
    /// @param words what it is, on hover
    public record Band(double from, double to, Tone tone, String words) {
        public Band {
            if (!(from >= 0 && to >= from && to <= 1)) {
                throw new IllegalArgumentException("a stretch must lie between 0 and 1, got %s to %s".formatted(from, to));
            }
        }
    }

    /// Says what the upper edge and the middle are worth.
    public Chart scale(String top, String middle) {
        var scale = new Div(new Span(top), new Span(middle));
        scale.addClassName("k-scale");
        scale.getElement().setAttribute("aria-hidden", "true");
        plot.add(scale);
        return this;
    }

    /// Names under the picture, each under its equal share of the width.
    public Chart names(List<String> names) {
        var row = new Div();
        row.addClassName("k-names");
        row.getElement().setAttribute("aria-hidden", "true");
        names.forEach(name -> row.add(new Span(name)));
        add(row);
        return this;
    }

    /// Puts words under the picture, such as what its colours mean.
    public Chart under(Component words) {
        add(words);
        return this;
    }

    /// Puts the figures behind "Show as a table".
    public Chart table(Supplier<Table> figures) {
        add(Table.behind(figures));
        return this;
    }
}
