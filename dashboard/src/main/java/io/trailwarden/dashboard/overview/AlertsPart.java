package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Due.Age;
import io.trailwarden.alert.Pace;
import io.trailwarden.alert.Severity;
import io.trailwarden.alert.Tally;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.chart.Chart;
import io.trailwarden.dashboard.chart.Scale;
import io.trailwarden.dashboard.chart.Series;
import io.trailwarden.dashboard.chart.Table;
import io.trailwarden.dashboard.chart.Tone;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/// What is still to do, by severity and age, and how fast it is dealt with. The tinted cells are those whose alerts are
/// late as long as nobody acknowledges them.
final class AlertsPart {

    static final int DAYS = 14;

    private static final List<String> AGES = List.of("under 1 h", "1 to 8 h", "8 to 24 h", "1 to 3 d", "older");

    private AlertsPart() {
    }

    private record Read(Tally tally, Pace.Recent pace) {
    }

    static Part<?> part(Alerts alerts, Pace pace, ZoneId zone, Readings readings) {
        var part = new Part<>("Open alerts", 7, readings, () -> new Read(alerts.tally(), pace.recent(DAYS, zone)),
                read -> new Div(table(read.tally()), foot(read.pace(), read.tally())));
        part.note("by severity and age");
        return part;
    }

    private static Component table(Tally tally) {
        var head = new Element("tr").appendChild(cell("th", ""));
        AGES.forEach(age -> head.appendChild(cell("th", age)));
        head.appendChild(cell("th", "open").setAttribute("class", "sum"), cell("th", "no owner"));
        var body = new Element("tbody");
        for (var severity : List.of(Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFORMATIONAL)) {
            if (severity != Severity.INFORMATIONAL || tally.of(severity) > 0) {
                body.appendChild(row(severity, tally));
            }
        }
        body.appendChild(all(tally));
        var table = new Element("table").appendChild(new Element("thead").appendChild(head), body).setAttribute("class", "ages");
        return Figures.of(table);
    }

    private static Element row(Severity severity, Tally tally) {
        var filter = AlertsFilter.OPEN.of(Set.of(severity));
        var row = new Element("tr").appendChild(new Element("th").setAttribute("scope", "row").appendChild(new SeverityMark(severity).getElement()));
        for (var age : Age.values()) {
            long count = tally.of(severity, age);
            long late = tally.of(each -> each.severity() == severity && each.age() == age && each.late());
            var cell = count(count, filter.aged(age));
            if (age.late(severity)) {
                cell.setAttribute("class", late > 0 ? "due late" : "due");
                cell.setAttribute("title", late > 0 ? late + " late" : "due before this");
            }
            row.appendChild(cell);
        }
        return row.appendChild(count(tally.of(severity), filter).setAttribute("class", "sum"),
                count(tally.of(each -> each.severity() == severity && each.owner() == null), filter.ownedBy(AlertsFilter.NOBODY)));
    }

    private static Element all(Tally tally) {
        var row = new Element("tr").setAttribute("class", "all").appendChild(cell("th", "All").setAttribute("scope", "row"));
        for (var age : Age.values()) {
            row.appendChild(count(tally.of(each -> each.age() == age), AlertsFilter.OPEN.aged(age)));
        }
        return row.appendChild(count(tally.unfinished(), AlertsFilter.OPEN).setAttribute("class", "sum"),
                count(tally.withoutOwner(), AlertsFilter.OPEN.ownedBy(AlertsFilter.NOBODY)));
    }

    private static Element cell(String tag, String words) {
        return new Element(tag).setText(words);
    }

    private static Element count(long count, AlertsFilter filter) {
        return new Element("td").appendChild(Figures.count(count, Navigation.alerts(filter)).getElement());
    }

    private static Component foot(Pace.Recent pace, Tally tally) {
        var raised = Series.of("raised", Tone.OTHER, pace.days().stream().map(Pace.Day::raised).toList());
        var closed = Series.of("closed", Tone.SERIES, pace.days().stream().map(Pace.Day::closed).toList());
        var series = List.of(raised, closed);
        var words = pace.days().stream().map(day -> "%s: %d raised, %d closed".formatted(day.day(), day.raised(), day.closed())).toList();
        var legend = new Div(key(Tone.OTHER), new Span("raised "), new NumberLink(pace.raised(), Navigation.alerts(AlertsFilter.OPEN.in(Set.of()))),
                key(Tone.SERIES), new Span("closed "), new NumberLink(pace.closed(), Navigation.alerts(AlertsFilter.OPEN.closedWithin(DAYS))),
                new Span("in " + DAYS + " days"));
        legend.addClassName("k-legend");
        var chart = Chart.bars("Alerts in %d days: %d raised, %d closed".formatted(DAYS, pace.raised(), pace.closed()), series,
                Scale.beside(series), words).under(legend).table(() -> new Table(List.of("day", "raised", "closed"), pace.days().stream()
                        .map(day -> List.of(day.day().toString(), NumberLink.format(day.raised()), NumberLink.format(day.closed()))).toList()));
        var drawn = new Div(chart);
        drawn.addClassName("drawn");
        var late = Figures.count(tally.late(), Navigation.alerts(AlertsFilter.OPEN.lateOnly(true)));
        late.setClassName("high", tally.late() > 0);
        var times = new Div(time(new Span(Figures.span(pace.toAnswer())), "median to acknowledge"),
                time(new Span(Figures.span(pace.toClose())), "median to close"), time(late, "late; critical is after 1 h"));
        times.addClassName("times");
        var foot = new Div(drawn, times);
        foot.addClassName("pace");
        return foot;
    }

    private static Component time(Component figure, String words) {
        figure.addClassName("b");
        return new Div(figure, Figures.quiet(words));
    }

    private static Span key(Tone tone) {
        var key = new Span();
        key.addClassNames("k-key", tone == Tone.OTHER ? "key-other" : "key-series");
        return key;
    }
}
