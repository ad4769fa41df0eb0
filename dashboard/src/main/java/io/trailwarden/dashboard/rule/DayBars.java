package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.RuleAlerts.Counts;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.dashboard.Sentence;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Alerts by day as bars, each stacked by what became of them. A picture with a sentence for those who do not see it; every
/// bar says its day and numbers on hover.
final class DayBars {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    private DayBars() {
    }

    /// The bars of the days from `first` to `last`.
    static Component of(Map<LocalDate, Counts> days, LocalDate first, LocalDate last) {
        long most = days.values().stream().mapToLong(Counts::all).max().orElse(0);
        var bars = new Div();
        bars.addClassName("day-bars");
        long all = 0;
        for (var day = first; !day.isAfter(last); day = day.plusDays(1)) {
            var counts = days.getOrDefault(day, Counts.NOTHING);
            all += counts.all();
            bars.add(bar(day, counts, most));
        }
        bars.getElement().setAttribute("role", "img");
        bars.getElement().setAttribute("aria-label", Sentence.counted(all, "alert") + " from " + DAY.format(first) + " to " + DAY.format(last)
                + ", at most " + most + " on one day");
        var axis = new Div(new Span(DAY.format(first)), new Span("at most " + most + " a day"), new Span(DAY.format(last)));
        axis.addClassName("axis");
        return new Div(bars, axis);
    }

    private static Component bar(LocalDate day, Counts counts, long most) {
        var bar = new Div();
        bar.addClassName("day");
        var words = new ArrayList<String>();
        part(bar, words, counts.closed().getOrDefault(CloseReason.FALSE_ALARM, 0L), most, "false-alarm", "false alarm");
        part(bar, words, counts.closed().getOrDefault(CloseReason.DUPLICATE, 0L), most, "false-alarm", "duplicate");
        part(bar, words, counts.closed().getOrDefault(CloseReason.AUTHORISED, 0L), most, "authorised", "authorised");
        part(bar, words, counts.closed().getOrDefault(CloseReason.INCIDENT, 0L), most, "incident", "incident");
        part(bar, words, counts.open() + counts.acknowledged(), most, "waiting", "not closed");
        bar.getElement().setAttribute("title", DAY.format(day) + ": " + (words.isEmpty() ? "none" : String.join(", ", words)));
        return bar;
    }

    private static void part(Div bar, List<String> words, long count, long most, String style, String word) {
        if (count > 0) {
            var part = new Span();
            part.addClassName(style);
            part.getStyle().set("height", String.format(Locale.ROOT, "%.1f%%", 100.0 * count / most));
            bar.addComponentAsFirst(part);
            words.add(count + " " + word);
        }
    }
}
