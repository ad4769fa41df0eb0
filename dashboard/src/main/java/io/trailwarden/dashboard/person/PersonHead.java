package io.trailwarden.dashboard.person;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Risk;
import io.trailwarden.alert.Severity;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.chart.Chart;
import java.util.Locale;
import java.util.Objects;

/// The top of a person's page: the sentence, and who this is by four different accounts.
final class PersonHead extends Div {

    private final Moments moments;
    private final Sentence sentence = new Sentence();
    private final Paragraph second = new Paragraph();
    private final Div facts = new Div();

    PersonHead(PersonFacts facts, Moments moments) {
        this.moments = moments;
        addClassNames("lead", "head");
        var told = new Div(sentence, second);
        told.addClassName("told");
        add(told, this.facts);
        say(facts);
    }

    /// Says how things stand now.
    void say(PersonFacts facts) {
        this.facts.removeAll();
        this.facts.add(list(facts));
        sentence.removeAll();
        sentence.quote(facts.person().name());
        alerts(facts);
        mode(facts);
        second.removeAll();
        second.add(new Text("Last record "), Age.ago(moments, facts.person().lastSeen()), new Text(", "
                + Sentence.counted(facts.person().events(), "record") + " in "
                + Sentence.counted(facts.person().sessions(), "session") + " since " + moments.day(facts.person().firstSeen())));
    }

    private void alerts(PersonFacts facts) {
        if (facts.open().isEmpty()) {
            sentence.say(" has no open alert");
            return;
        }
        var more = facts.open().size() == PersonFacts.MOST ? " more than " : " ";
        sentence.say(" has" + more).stress(Sentence.counted(facts.open().size(), "open alert"));
        var gravest = facts.open().stream().map(alert -> alert.severity()).max(Severity::compareTo).orElseThrow();
        long grave = facts.open().stream().filter(alert -> alert.severity() == gravest).count();
        if (gravest.compareTo(Severity.MEDIUM) > 0) {
            var words = new Span(grave == facts.open().size() && grave == 1
                    ? SeverityMark.word(gravest).toLowerCase(Locale.ROOT)
                    : SeverityMark.counted(gravest, grave));
            words.addClassName(SeverityMark.tone(gravest));
            sentence.say(", ").with(words);
        }
    }

    private void mode(PersonFacts facts) {
        var mode = facts.person().mode();
        if (mode != null) {
            sentence.say(", in ").quote(mode);
        }
    }

    private static DescriptionList list(PersonFacts facts) {
        var list = new DescriptionList();
        list.addClassName("facts");
        fact(list, "Claimed", ClientText.line(facts.person().name(), 60), facts.claimedBy());
        verified(list, facts);
        client(list, facts);
        policy(list, facts);
        fact(list, "Mode", new ModeSwatch(facts.person().mode()), "");
        risk(list, facts);
        return list;
    }

    private static void verified(DescriptionList list, PersonFacts facts) {
        var principal = facts.principal();
        if (principal == null) {
            fact(list, "Verified", new Span("not known"), "");
        } else if (principal.equals(facts.person().name())) {
            fact(list, "Verified", new Span("the same"), "by a token of their own");
        } else {
            fact(list, "Verified", ClientText.line(principal, 40), "token, names no person");
        }
    }

    private static void client(DescriptionList list, PersonFacts facts) {
        var version = facts.person().clientVersion();
        var product = facts.last() == null ? null : facts.last().event().text("service.name");
        var shown = ClientText.line(version == null ? "not told" : version, 40);
        fact(list, "Client", shown, Objects.requireNonNullElse(product, ""));
    }

    private static void policy(DescriptionList list, PersonFacts facts) {
        var managed = facts.managed();
        if (managed == null) {
            fact(list, "Policy", new Span("not told"), "client before 2.1.274");
            return;
        }
        if (managed) {
            fact(list, "Policy", new Span("managed settings in force"), "");
            return;
        }
        var none = new Span("no managed settings");
        none.addClassName("high");
        fact(list, "Policy", none, "this machine is not managed");
    }

    private static void risk(DescriptionList list, PersonFacts facts) {
        int now = facts.risk().isEmpty() ? 0 : facts.risk().getLast();
        var score = new NumberLink(now, Navigation.alerts(AlertsFilter.OPEN.about(facts.person().name())));
        score.addClassName(now >= Risk.points(Severity.CRITICAL) ? "crit" : now >= Risk.points(Severity.HIGH) ? "high" : "s");
        var line = Chart.sparkline("Risk over two weeks, " + now + " now", facts.risk().stream().map(Integer::doubleValue).toList());
        var both = new Div(score, line);
        both.addClassName("risk");
        both.getElement().setAttribute("title", "Points of their alerts: critical 40, high 20, medium 8, low 2; half is gone after a day");
        fact(list, "Risk", both, "");
    }

    private static void fact(DescriptionList list, String term, Component value, String note) {
        var description = new DescriptionList.Description(value);
        if (!note.isEmpty()) {
            var quiet = new Span(note);
            quiet.addClassName("note");
            description.add(quiet);
        }
        list.add(new Div(new DescriptionList.Term(term), description));
    }
}
