package io.trailwarden.dashboard.story;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.inventory.Activity;
import io.trailwarden.store.PersonTrail.Day;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two weeks of a person, a day each: how much, in which modes, and the gravest alert. A day is a link.
public final class DayStrip extends Div {

    /// So many days are shown.
    public static final int DAYS = 14;

    /// So many records of these days are read to be counted.
    private static final long MOST_READ = 50_000;

    private static final List<String> MODES = List.of("", "plan", "default", "dontAsk", "acceptEdits", "auto", "bypassPermissions");

    private final String person;
    private final LocalDate last;
    private final Sources sources;
    private final @Nullable LocalDate chosen;

    private record Read(List<Day> days, List<Alert> alerts) {
    }

    /// The days up to `last`.
    ///
    /// @param chosen the day that is shown below; null when it is another
    public DayStrip(String person, LocalDate last, @Nullable LocalDate chosen, Sources sources) {
        this.person = person;
        this.last = last;
        this.chosen = chosen;
        this.sources = sources;
        addClassName("days");
        add(Message.loading(1));
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        read();
    }

    private void read() {
        var zone = sources.moments().zone();
        sources.readings().ask(this, () -> new Read(days(zone), sources.alertsOf(person)), answer -> {
            removeAll();
            switch (answer) {
                case Answer.Found<Read>(var read) -> fill(read);
                case Answer.Failed<Read> failed -> add(Part.failure("The days", failed, this::read));
            }
        });
    }

    /// Read from the trail; where that would be too much, what was counted hour by hour: the same, but for spans that
    /// count too, and for zones that are not a whole number of hours off.
    private List<Day> days(ZoneId zone) {
        var from = last.minusDays(DAYS - 1);
        var hours = sources.activity().hours(person, from.atStartOfDay(zone).toInstant(), last.plusDays(1).atStartOfDay(zone).toInstant());
        return hours.stream().mapToLong(hour -> hour.sums().records()).sum() <= MOST_READ ? sources.trail().days(person, from, last, zone)
                : counted(hours, zone);
    }

    private static List<Day> counted(List<Activity.Hour> hours, ZoneId zone) {
        return hours.stream().collect(Collectors.groupingBy(hour -> LocalDate.ofInstant(hour.hour(), zone))).entrySet().stream()
                .map(day -> new Day(day.getKey(), day.getValue().stream().mapToLong(hour -> hour.sums().records()).sum(),
                        day.getValue().stream().mapToLong(hour -> hour.sums().prompts()).sum(),
                        day.getValue().stream().collect(Collectors.groupingBy(Activity.Hour::mode, Collectors.summingLong(hour -> hour.sums().records())))))
                .toList();
    }

    private void fill(Read read) {
        var byDate = read.days().stream().collect(Collectors.toMap(Day::date, Function.identity()));
        long most = read.days().stream().mapToLong(Day::records).max().orElse(1);
        add(way("‹", last.minusDays(DAYS), "The two weeks before"));
        for (int back = DAYS - 1; back >= 0; back--) {
            var date = last.minusDays(back);
            add(day(date, byDate.get(date), most, read.alerts()));
        }
        var today = LocalDate.ofInstant(sources.clock().instant(), sources.moments().zone());
        if (last.isBefore(today)) {
            var later = last.plusDays(DAYS);
            add(way("›", later.isAfter(today) ? today : later, "The two weeks after"));
        }
    }

    private Component way(String sign, LocalDate to, String words) {
        var way = new Anchor(Navigation.day(person, to), sign);
        way.setRouterIgnore(false);
        way.addClassName("way");
        way.getElement().setAttribute("title", words);
        way.getElement().setAttribute("aria-label", words);
        return way;
    }

    private Component day(LocalDate date, @Nullable Day day, long most, List<Alert> alerts) {
        var link = new Anchor(Navigation.day(person, date));
        link.setRouterIgnore(false);
        link.addClassName("day");
        if (date.equals(chosen)) {
            link.getElement().setAttribute("aria-current", "date");
        }
        var label = new Span(sources.moments().day(date.atTime(12, 0).atZone(sources.moments().zone()).toInstant()).replaceAll(" \\D+$", ""));
        label.addClassName("date");
        var theirs = alerts.stream().filter(alert -> LocalDate.ofInstant(alert.at(), sources.moments().zone()).equals(date)).toList();
        var foot = new Div(label);
        foot.addClassName("foot-of-day");
        theirs.stream().map(Alert::severity).max(Comparator.naturalOrder()).ifPresent(severity -> foot.add(new SeverityMark(severity)));
        link.add(day == null ? nothing() : bar(day, most), foot);
        var words = day == null ? "no records" : Sentence.counted(day.records(), "record") + ", " + Sentence.counted(day.prompts(), "prompt");
        link.getElement().setAttribute("title", words + (theirs.isEmpty() ? "" : ", " + Sentence.counted(theirs.size(), "alert")));
        return link;
    }

    private static Component nothing() {
        var nothing = new Div();
        nothing.addClassNames("bar", "none");
        return nothing;
    }

    /// As wide as the day was busy, by square roots, so that a quiet day is still seen beside a loud one.
    private static Component bar(Day day, long most) {
        var bar = new Div();
        bar.addClassName("bar");
        bar.getStyle().setWidth(String.format(java.util.Locale.ROOT, "%.1f%%", Math.max(6, 100 * Math.sqrt((double) day.records() / most))));
        Stream.concat(MODES.stream(), day.byMode().keySet().stream().filter(mode -> !MODES.contains(mode)).sorted())
                .filter(mode -> day.byMode().getOrDefault(mode, 0L) > 0).forEach(mode -> {
                    var part = new Span();
                    part.addClassName(ModeSwatch.swatch(mode.isEmpty() ? null : mode));
                    part.getStyle().set("flex-grow", String.valueOf(day.byMode().get(mode)));
                    bar.add(part);
                });
        return bar;
    }
}
