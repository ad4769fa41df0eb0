package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.chart.Chart;
import io.trailwarden.dashboard.chart.Scale;
import io.trailwarden.dashboard.chart.Series;
import io.trailwarden.dashboard.chart.Table;
import io.trailwarden.dashboard.chart.Tone;
import io.trailwarden.inventory.Activity;
import io.trailwarden.inventory.Activity.Day;
import io.trailwarden.inventory.Activity.Sums;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What the clients think it costs.
final class CostPart {

    private static final int DAYS = 14;

    private CostPart() {
    }

    private record Read(LocalDate today, List<Day> days) {

        Sums on(LocalDate wanted) {
            return days.stream().filter(day -> day.day().equals(wanted)).findFirst().map(Day::sums).orElse(Sums.NONE);
        }

        Sums week() {
            return days.stream().filter(day -> day.day().isAfter(today.minusDays(7))).map(Day::sums).reduce(Sums.NONE, Sums::plus);
        }

        List<LocalDate> dates() {
            return IntStream.range(0, DAYS).mapToObj(back -> today.minusDays(DAYS - 1L - back)).toList();
        }
    }

    static Part<?> part(Activity activity, InstantSource clock, Readings readings) {
        var part = new Part<Read>("Cost", 5, readings, () -> {
            var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            return new Read(today, activity.days(today.minusDays(DAYS - 1L), today.plusDays(1)));
        }, CostPart::shown);
        part.note("estimate of the clients");
        return part;
    }

    private static Component shown(Read read) {
        var lastWeek = read.today().minusDays(7);
        var big = Figures.big(new Span(Figures.dollars(read.on(read.today()).costMicros())), "today so far, "
                + Figures.dollars(read.on(lastWeek).costMicros()) + " last " + lastWeek.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        var week = read.week();
        var rows = new Div(big, chart(read),
                Figures.row("7 days", null, Figures.plain(Figures.dollars(week.costMicros()))),
                Figures.row("Model requests", null, Figures.plain(Figures.rough(week.requests()))),
                Figures.row("Tokens sent", "and " + Figures.rough(week.tokensCached()) + " from the cache", Figures.plain(Figures.rough(week.tokensIn()))),
                Figures.row("Tokens received", null, Figures.plain(Figures.rough(week.tokensOut()))));
        rows.addClassName("rows-of");
        return rows;
    }

    private static Component chart(Read read) {
        var dates = read.dates();
        var costs = dates.stream().map(day -> read.on(day).costMicros() / 1e6).toList();
        var earlier = IntStream.range(0, DAYS).mapToObj(at -> at == DAYS - 1 ? 0.0 : costs.get(at)).toList();
        var today = IntStream.range(0, DAYS).mapToObj(at -> at == DAYS - 1 ? costs.get(at) : 0.0).toList();
        var words = dates.stream().map(day -> day + ": " + Figures.dollars(read.on(day).costMicros())).toList();
        // Today over the others: each has the whole width of its day.
        var series = List.of(Series.of("before", Tone.SERIES, earlier), Series.of("today", Tone.NOW, today));
        return Chart.columns("Cost by day over %d days, today %s".formatted(DAYS, Figures.dollars(read.on(read.today()).costMicros())), series,
                Scale.stacked(series), words).table(() -> new Table(List.of("day, UTC", "cost"),
                        dates.stream().map(day -> List.of(day.toString(), Figures.dollars(read.on(day).costMicros()))).toList()));
    }
}
