package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.PeopleFilter.Within;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.chart.Chart;
import io.trailwarden.dashboard.chart.Chart.Band;
import io.trailwarden.dashboard.chart.Tone;
import io.trailwarden.inventory.Activity;
import io.trailwarden.rules.RuleBook;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which versions of Claude Code people use, the most used first, and which of them policy calls too old.
final class ClientsPart {

    private static final PeopleFilter WEEK = PeopleFilter.ALL.seenWithin(Within.WEEK);
    private static final int SHOWN = 6;

    private ClientsPart() {
    }

    private record Read(Activity.Now now, @Nullable String oldest, List<Version> versions) {
        long old() {
            return versions.stream().filter(Version::old).mapToLong(Version::people).sum();
        }
    }

    private record Version(String version, long people, boolean old) {
    }

    static Part<?> part(Activity activity, RuleBook rules, InstantSource clock, Readings readings) {
        var part = new Part<Read>("Clients", 6, readings, () -> {
            var now = activity.now(clock.instant().minus(Within.WEEK.length()));
            return new Read(now, rules.oldestClient(), now.byVersion().entrySet().stream().map(each -> version(each, rules)).toList());
        }, ClientsPart::shown);
        part.note("by version, seen within 7 days");
        return part;
    }

    private static Version version(Map.Entry<String, Long> counted, RuleBook rules) {
        return new Version(counted.getKey(), counted.getValue(), rules.outdated(counted.getKey()));
    }

    private static Component shown(Read read) {
        if (read.versions().isEmpty()) {
            return Message.empty("Nobody was seen within 7 days.", new Paragraph("Versions appear here with the first record."));
        }
        var figure = new NumberLink(read.old(), Navigation.people(WEEK.withClient(PeopleFilter.OLD)));
        if (read.old() > 0) {
            figure.addClassName("high");
        }
        var oldest = read.oldest();
        var said = new Span((read.old() == 1 ? "person uses" : "people use") + " a version older than policy allows");
        if (oldest != null) {
            said.add(new Span(", "), ClientText.line(oldest, 20));
        }
        var rows = new Div(Figures.big(figure, said));
        rows.addClassName("rows-of");
        long most = read.versions().stream().mapToLong(Version::people).max().orElse(1);
        read.versions().stream().limit(SHOWN).forEach(each -> rows.add(row(each, most)));
        long others = read.versions().size() - SHOWN;
        if (others > 0) {
            rows.add(Figures.row("Further versions", null, Figures.plain(NumberLink.format(others))));
        }
        return rows;
    }

    private static Component row(Version version, long most) {
        boolean told = !version.version().isEmpty();
        var name = told ? ClientText.line(version.version(), 20) : Figures.quiet("not told");
        name.addClassName("cut");
        var bar = Chart.strip(version.people() + " people", List.of(new Band(0, (double) version.people() / most,
                version.old() ? Tone.WANTING : Tone.SERIES, version.people() + " people")));
        var remark = new Span(version.old() ? "too old" : "");
        remark.addClassNames("high", "xs");
        var row = new Div(name, bar, new NumberLink(version.people(), Navigation.people(WEEK.withClient(told ? version.version() : PeopleFilter.NOT_TOLD))), remark);
        row.addClassName("version");
        return row;
    }
}
