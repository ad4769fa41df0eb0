package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.RuleAlerts.Counts;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.dashboard.NumberLink;

/// What became of a rule's alerts, as a legend of its bars, and what that says about the rule.
final class Ending {

    /// Fewer closed alerts say nothing about a rule.
    private static final long ENOUGH = 4;

    private Ending() {
    }

    static Component of(Counts counts) {
        var legend = new Div();
        legend.addClassName("legend");
        add(legend, "incident", "incident", counts.closed().getOrDefault(CloseReason.INCIDENT, 0L));
        add(legend, "waiting", "not closed", counts.open() + counts.acknowledged());
        add(legend, "authorised", "authorised", counts.closed().getOrDefault(CloseReason.AUTHORISED, 0L));
        add(legend, "false-alarm", "false alarm or duplicate", counts.closed().getOrDefault(CloseReason.FALSE_ALARM, 0L)
                + counts.closed().getOrDefault(CloseReason.DUPLICATE, 0L));
        var words = new Paragraph(verdict(counts));
        words.addClassNames("s", "xs");
        return new Div(legend, words);
    }

    private static void add(Div legend, String style, String word, long count) {
        var square = new Span();
        square.addClassNames("key", style);
        legend.add(new Span(square, new Span(word + " " + NumberLink.format(count))));
    }

    private static String verdict(Counts counts) {
        long wrong = counts.closed().getOrDefault(CloseReason.FALSE_ALARM, 0L);
        if (counts.all() == 0) {
            return "It raised nothing in this time. Its tests say whether it would.";
        }
        if (counts.ended() < ENOUGH) {
            return "Too few of its alerts are closed to say how good it is.";
        }
        long share = Math.round(100.0 * wrong / counts.ended());
        return share + " % of " + NumberLink.format(counts.ended()) + " closed alerts were false" + (share > 25 ? ": the rule asks for a look." : ".");
    }
}
