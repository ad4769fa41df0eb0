package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.PeopleFilter.Within;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.chart.Chart;
import io.trailwarden.dashboard.chart.Series;
import io.trailwarden.dashboard.chart.Tone;
import io.trailwarden.inventory.Activity;
import io.trailwarden.rules.BlindSpot;
import io.trailwarden.rules.Rules;
import io.trailwarden.store.Fleet.Details;
import io.trailwarden.store.Fleet.Managed;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// In how many clients managed settings are in force, and what is missing for rules to see everybody.
final class PolicyPart {

    private static final PeopleFilter WEEK = PeopleFilter.ALL.seenWithin(Within.WEEK);

    private PolicyPart() {
    }

    /// Rules that cannot see some people for want of one setting.
    ///
    /// @param people at most so many; the same people may miss several settings
    record Missing(String setting, int rules, int people) {

        /// By setting, those that hide most people first.
        static List<Missing> of(List<BlindSpot> spots) {
            Map<String, Missing> bySetting = new LinkedHashMap<>();
            for (var spot : spots) {
                bySetting.merge(spot.setting(), new Missing(spot.setting(), 1, spot.people()),
                        (one, other) -> new Missing(one.setting(), one.rules() + other.rules(), Math.max(one.people(), other.people())));
            }
            var missing = new ArrayList<>(bySetting.values());
            missing.sort(java.util.Comparator.comparingInt(Missing::people).reversed());
            return missing;
        }
    }

    private record Read(Activity.Now now, List<Missing> missing) {
    }

    static Part<?> part(Activity activity, Rules rules, InstantSource clock, Readings readings) {
        var part = new Part<Read>("Policy in force", 6, readings,
                () -> new Read(activity.now(clock.instant().minus(Within.WEEK.length())), Missing.of(rules.blindSpots())), PolicyPart::shown);
        part.note("people seen within 7 days");
        return part;
    }

    private static Component shown(Read read) {
        var now = read.now();
        var big = Figures.big(new NumberLink(Figures.share(now.managed(), now.people()), Navigation.people(WEEK.managed(Managed.IN_FORCE))),
                new Span(new Text("of "), new NumberLink(people(now.people()), Navigation.people(WEEK)), new Text(" work under managed settings")));
        var chart = Chart.shares("Managed settings: in force for %d, none for %d, not told by %d".formatted(now.managed(), now.unmanaged(), now.policyUnknown()),
                List.of(Series.of("in force", Tone.FULL, List.of(now.managed())), Series.of("not told", Tone.PLAN, List.of(now.policyUnknown())),
                        Series.of("none", Tone.WANTING, List.of(now.unmanaged()))));
        var rows = new Div(big, chart,
                Figures.row("In force", null, Figures.count(now.managed(), Navigation.people(WEEK.managed(Managed.IN_FORCE)))),
                Figures.row("None at all", null, warn(Figures.count(now.unmanaged(), Navigation.people(WEEK.managed(Managed.NOT_AT_ALL))), now.unmanaged())),
                Figures.row("Never said", null, Figures.count(now.policyUnknown(), Navigation.people(WEEK.managed(Managed.NOT_TOLD)))),
                details(now));
        read.missing().stream().limit(3).forEach(missing -> rows.add(blind(missing)));
        rows.addClassName("rows-of");
        return rows;
    }

    /// Whether the switch for the arguments of tool calls seems on, as the calls themselves show.
    private static Component details(Activity.Now now) {
        var line = new Div(new Span("Tool details come in full from "), sending(now, Details.FULL), new Span(", in part from "),
                warn(sending(now, Details.PART), count(now, Details.PART)), new Span(", not at all from "),
                warn(sending(now, Details.NONE), count(now, Details.NONE)));
        if (count(now, Details.NOT_TOLD) > 0) {
            line.add(new Span("; "), sending(now, Details.NOT_TOLD), new Span(" made no such call yet"));
        }
        line.addClassName("tool-details");
        line.getElement().setAttribute("title", "by whether calls of Bash and MCP tools came with their arguments within a week");
        return line;
    }

    private static Component sending(Activity.Now now, Details details) {
        long people = count(now, details);
        return people == 0 ? new Span("nobody") : new NumberLink(people, Navigation.people(WEEK.details(details)));
    }

    private static long count(Activity.Now now, Details details) {
        return now.byDetails().getOrDefault(details, 0L);
    }

    private static String people(long people) {
        return NumberLink.format(people) + (people == 1 ? " person" : " people");
    }

    private static Component warn(Component figure, long count) {
        if (count > 0) {
            figure.addClassName("high");
        }
        return figure;
    }

    private static Component blind(Missing missing) {
        var words = new Span(new Span("Without "), ClientText.line(missing.setting()));
        words.addClassName("cut");
        words.getElement().setAttribute("title", missing.setting());
        var rules = new NumberLink(missing.rules() + (missing.rules() == 1 ? " rule" : " rules") + " blind for " + people(missing.people()),
                Navigation.narrowed(Navigation.RULES, "needs", missing.setting(), "show", "blind"));
        rules.addClassName("xs");
        var row = new Div(words, rules);
        row.addClassName("row");
        return row;
    }
}
