package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.chart.Chart;
import io.trailwarden.dashboard.chart.Scale;
import io.trailwarden.dashboard.chart.Table;
import io.trailwarden.inventory.Activity;
import io.trailwarden.inventory.Activity.Day;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether people still read what they approve: how long they take, how often they say yes, and how much nobody is asked.
final class ApprovalsPart {

    private static final int DAYS = 14;

    private ApprovalsPart() {
    }

    /// @param days the last fourteen, those without a record left out
    /// @param tooFast alerts of answers that were faster than reading, within 7 days
    /// @param forever alerts of many standing permissions, within 7 days
    private record Read(LocalDate today, Activity.Total week, Activity.Total before, List<Day> days, long tooFast, long forever) {
    }

    static Part<?> part(Activity activity, Alerts alerts, InstantSource clock, Readings readings) {
        var part = new Part<Read>("Approvals", 6, readings, () -> {
            var now = clock.instant();
            var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            var week = AlertQuery.any().raised(now.minus(Duration.ofDays(7)), null);
            return new Read(today, activity.total(today.minusDays(6), today.plusDays(1)), activity.total(today.minusDays(13), today.minusDays(6)),
                    activity.days(today.minusDays(DAYS - 1L), today.plusDays(1)), alerts.count(week.ofRule("approval_too_fast")),
                    alerts.count(week.ofRule("always_allow_creep")));
        }, ApprovalsPart::shown);
        part.note("7 days");
        return part;
    }

    private static Component shown(Read read) {
        var sums = read.week().sums();
        var before = read.before().medianWait();
        var wait = Figures.big(new Span(read.week().medianWait() == null ? "·" : Moments.span(read.week().medianWait())),
                "median wait" + (before == null ? "" : ", " + Moments.span(before) + " the week before"));
        var accepted = Figures.big(new Span(Figures.share(sums.askedAccepted(), sums.asked())),
                "of " + NumberLink.format(sums.asked()) + " accepted when asked");
        var bigs = new Div(wait, accepted);
        bigs.addClassName("bigs");
        var nobody = new Span(new Span("Decided with nobody asked, "), ClientText.line("config"));
        long unasked = sums.configAccepted() + sums.configRefused();
        var rows = new Div(bigs, chart(read),
                Figures.row(nobody, Figures.share(unasked, sums.decisions()), Figures.plain(NumberLink.format(unasked))),
                Figures.row("Decided by a hook", Figures.share(sums.hookAccepted() + sums.hookRefused(), sums.decisions()),
                        Figures.plain(NumberLink.format(sums.hookAccepted() + sums.hookRefused()))),
                Figures.row("Answered faster than it could be read", null, raised(read.tooFast(), "approval_too_fast")),
                Figures.row("Many standing permissions", null, raised(read.forever(), "always_allow_creep")));
        rows.addClassName("rows-of");
        return rows;
    }

    private static Component raised(long count, String rule) {
        return Figures.count(count, Navigation.alerts(AlertsFilter.OPEN.in(Set.of()).ofRule(rule)));
    }

    private static Component chart(Read read) {
        var days = new ArrayList<LocalDate>();
        var values = new ArrayList<Double>();
        for (var day = read.today().minusDays(DAYS - 1L); !day.isAfter(read.today()); day = day.plusDays(1)) {
            days.add(day);
            values.add(seconds(wait(read.days(), day)));
        }
        double most = values.stream().filter(value -> !value.isNaN()).mapToDouble(value -> value).max().orElse(0);
        var scale = Scale.over(most);
        return Chart.line("Median wait by day over %d days".formatted(DAYS), values, scale)
                .scale(most == 0 ? "" : Moments.span(Duration.ofMillis(Math.round(scale.top() * 1000))), "")
                .table(() -> new Table(List.of("day, UTC", "median wait"), days.stream().map(day -> {
                    var wait = wait(read.days(), day);
                    return List.of(day.toString(), wait == null ? "·" : Moments.span(wait));
                }).toList()));
    }

    private static @Nullable Duration wait(List<Day> days, LocalDate wanted) {
        return days.stream().filter(day -> day.day().equals(wanted)).findFirst().map(Day::medianWait).orElse(null);
    }

    private static double seconds(@Nullable Duration wait) {
        return wait == null ? Double.NaN : wait.toMillis() / 1000.0;
    }
}
