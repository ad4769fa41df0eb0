package io.trailwarden.dashboard;

import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Severity;
import java.util.Locale;

/// How much an alert matters, three times over: the word, its colour, and four bars of which four to none are filled.
/// The bars survive greyscale and mean nothing else anywhere.
public final class SeverityMark extends Span {

    /// A mark with its word.
    public SeverityMark(Severity severity) {
        addClassNames("sev", tone(severity));
        add(bars(severity), new Span(word(severity)));
    }

    /// `Critical` to `Info`.
    public static String word(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "Critical";
            case HIGH -> "High";
            case MEDIUM -> "Medium";
            case LOW -> "Low";
            case INFORMATIONAL -> "Info";
        };
    }

    /// The class that gives a text the colour of `severity`.
    public static String tone(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "crit";
            case HIGH -> "high";
            case MEDIUM -> "med";
            case LOW -> "low";
            case INFORMATIONAL -> "info";
        };
    }

    /// How many of the four bars are filled.
    public static int filled(Severity severity) {
        return severity.ordinal();
    }

    /// Four spans; the style sheet gives them their rising height.
    private static Span bars(Severity severity) {
        var bars = new Span();
        bars.addClassNames("bars", "f" + filled(severity));
        bars.getElement().setAttribute("aria-hidden", "true");
        for (int bar = 0; bar < 4; bar++) {
            bars.add(new Span());
        }
        return bars;
    }

    /// The same mark inside a row's template: `item.tone`, `item.filled` and `item.severity` are what [#tone], [#filled]
    /// and [#word] say.
    public static String template() {
        return """
                <span class="sev ${item.tone}"><span class="bars f${item.filled}" aria-hidden="true"\
                ><span></span><span></span><span></span><span></span></span><span>${item.severity}</span></span>""";
    }

    /// A severity and a number of alerts that open, for a row's template.
    ///
    /// @param title what both say in words
    public record Count(String tone, int filled, String count, String title, String href) {

        /// So many alerts of `severity`, listed at `href`.
        public static Count of(Severity severity, long alerts, String href) {
            return new Count(SeverityMark.tone(severity), SeverityMark.filled(severity), NumberLink.format(alerts), counted(severity, alerts) + " open", href);
        }
    }

    /// `1 critical, 2 high`, gravest first; for sentences.
    public static String counted(Severity severity, long count) {
        return count + " " + word(severity).toLowerCase(Locale.ROOT);
    }
}
