package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import io.trailwarden.dashboard.NumberLink;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The small shapes that the blocks of the overview share.
final class Figures {

    private Figures() {
    }

    /// The one figure of a block, with words beside it.
    static Component big(Component figure, String words) {
        return big(figure, new Span(words));
    }

    /// The one figure of a block, with words beside it.
    static Component big(Component figure, Component said) {
        said.addClassName("said");
        var big = new Div(figure, said);
        big.addClassName("big");
        return big;
    }

    /// A line: words, more quietly a share or a remark, and a figure at the right.
    static Component row(Component words, @Nullable String quiet, Component figure) {
        var row = new Div(words);
        if (quiet != null) {
            row.add(quiet(quiet));
        }
        row.add(figure);
        figure.addClassName("figure");
        row.addClassName("row");
        return row;
    }

    /// A line that begins with our words.
    static Component row(String words, @Nullable String quiet, Component figure) {
        return row(new Span(words), quiet, figure);
    }

    static Span quiet(String words) {
        var quiet = new Span(words);
        quiet.addClassName("q");
        return quiet;
    }

    /// A number that has no list behind it.
    static Component plain(String words) {
        return new Span(words);
    }

    /// A number that opens a list, or the middle dot where there is none.
    static Component count(long number, String path) {
        return number == 0 ? quiet("·") : new NumberLink(number, path);
    }

    /// `12 %`; `under 1 %` for what is little and not nothing.
    static String share(long part, long whole) {
        if (whole == 0) {
            return "·";
        }
        double percent = 100.0 * part / whole;
        return part > 0 && percent < 1 ? "under 1 %" : percent > 99 && part < whole ? "over 99 %" : Math.round(percent) + " %";
    }

    /// `$2,911`, with cents below a hundred.
    static String dollars(long micros) {
        double dollars = micros / 1e6;
        return String.format(Locale.ROOT, dollars < 100 ? "$%,.2f" : "$%,.0f", dollars);
    }

    /// `812`, `4.1 k`, `3.2 M`, `1.4 G`.
    static String rough(long number) {
        if (number < 10_000) {
            return NumberLink.format(number);
        }
        double value = number;
        for (var unit : new String[] {" k", " M", " G"}) {
            value /= 1000;
            if (value < 1000) {
                return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value) + unit;
            }
        }
        return String.format(Locale.ROOT, "%,.0f T", value / 1000);
    }

    /// `4.1 s`, or words where nothing was measured.
    static String span(@Nullable Duration length) {
        return length == null ? "not yet" : io.trailwarden.dashboard.Moments.span(length);
    }

    /// A component around elements.
    static Component of(Element element) {
        var around = new Div();
        around.getElement().appendChild(element);
        return around;
    }
}
