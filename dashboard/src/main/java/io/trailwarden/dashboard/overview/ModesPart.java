package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.PeopleFilter.Within;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.chart.Chart;
import io.trailwarden.dashboard.chart.Scale;
import io.trailwarden.dashboard.chart.Series;
import io.trailwarden.dashboard.chart.Table;
import io.trailwarden.dashboard.chart.Tone;
import io.trailwarden.inventory.Activity;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// In which modes people work, hour by hour over a week: are we drifting towards less asking? What asks nobody is rare
/// and has a strip of its own, to its own scale.
final class ModesPart {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d", Locale.ENGLISH);

    private ModesPart() {
    }

    private record Read(ModeWeek week, Activity.Now now) {
    }

    static Part<?> part(Activity activity, InstantSource clock, ZoneId zone, Readings readings) {
        var part = new Part<Read>("Permission modes", 8, readings, () -> read(activity, clock.instant(), zone), ModesPart::shown);
        part.note("people active per hour; where nobody is asked, on its own scale");
        return part;
    }

    private static Read read(Activity activity, Instant now, ZoneId zone) {
        var from = ModeWeek.begin(now, zone);
        return new Read(ModeWeek.of(activity.hours(from.minus(ModeWeek.LENGTH), now), now, zone), activity.now(now.minus(Within.HOUR.length())));
    }

    private static Component shown(Read read) {
        var drawn = new Div(strip(read.week()), stack(read.week()));
        drawn.addClassName("drawn");
        var shown = new Div(drawn, table(read));
        shown.addClassName("modes");
        return shown;
    }

    private static Component strip(ModeWeek week) {
        var bypass = Series.of("bypassPermissions", Tone.BYPASS, week.people("bypassPermissions"));
        long most = (long) bypass.values().stream().mapToDouble(value -> value).max().orElse(0);
        var chart = Chart.bars("People with nobody asked, per hour: at most " + most, List.of(bypass), new Scale(Math.max(1, most)), List.of());
        chart.addClassName("strip");
        return chart.scale(most == 0 ? "nobody" : NumberLink.format(most), "");
    }

    private static Component stack(ModeWeek week) {
        var series = new ArrayList<Series>();
        for (var mode : List.of("auto", "acceptEdits", "default", "plan", "dontAsk")) {
            series.add(Series.of(mode, Tone.ofMode(mode), week.people(mode)));
        }
        var scale = Scale.stacked(series);
        return Chart.stack("People active per hour in each permission mode over seven days, at most %s at once".formatted(NumberLink.format(week.most())),
                        series, scale)
                .scale(number(scale.top()), number(scale.top() / 2))
                .names(week.days().stream().map(DAY::format).toList())
                .table(() -> week.table());
    }

    private static String number(double value) {
        return value < 1 ? "" : NumberLink.format(Math.round(value));
    }

    private static Component table(Read read) {
        var people = new NumberLink(read.now().people(), Navigation.people(PeopleFilter.ALL.seenWithin(Within.HOUR)));
        var head = new Element("tr").appendChild(new Element("th").appendChild(new Span("Within the hour, ").getElement(), people.getElement(),
                new Span(read.now().people() == 1 ? " person active" : " people active").getElement()),
                new Element("th").setText("people"), new Element("th").setText("1 week"));
        var body = new Element("tbody");
        for (var mode : ModeWeek.MODES) {
            long now = read.now().byMode().getOrDefault(mode, 0L);
            long before = read.week().weekAgo(mode);
            body.appendChild(new Element("tr").appendChild(
                    new Element("th").setAttribute("scope", "row").appendChild(new ModeSwatch(mode).getElement()),
                    figure(mode, now), new Element("td").setAttribute("class", "q").setText(change(now - before))
                            .setAttribute("title", "%d in this hour a week ago".formatted(before))));
        }
        return Figures.of(new Element("table").setAttribute("class", "by-mode").appendChild(new Element("thead").appendChild(head), body));
    }

    private static Element figure(String mode, long now) {
        var count = Figures.count(now, Navigation.people(PeopleFilter.ALL.inMode(mode).seenWithin(Within.HOUR)));
        if (mode.equals("bypassPermissions") && now > 0) {
            count.addClassNames("crit", "b");
        }
        return new Element("td").appendChild(count.getElement());
    }

    /// `+61`, with a minus as long as a plus.
    static String change(long difference) {
        return difference == 0 ? "·" : difference > 0 ? "+" + NumberLink.format(difference) : "−" + NumberLink.format(-difference);
    }
}
