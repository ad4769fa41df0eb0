package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;

/// Whose agent it was, in which session, and how often.
final class AboutPart extends Block {

    AboutPart(Alert alert, Moments moments) {
        super("About");
        var list = new DescriptionList();
        list.addClassName("about");
        var person = AlertView.link(Navigation.person(alert.person()));
        person.add(ClientText.line(alert.person(), 120));
        row(list, "person", person);
        var session = alert.session();
        if (session != null) {
            var link = AlertView.link(Navigation.trail(alert.person(), session, null));
            link.add(ClientText.line(session, 80));
            row(list, "session", link);
        }
        row(list, "happened", timed(moments.at(alert.at()), alert.at()));
        row(list, "raised", timed(moments.at(alert.raisedAt()), alert.raisedAt()));
        if (alert.occurrences() > 1) {
            row(list, "seen", new Span(NumberLink.format(alert.occurrences()) + " times, last " + moments.ago(alert.lastSeen())));
        }
        row(list, "rule", ClientText.line(alert.rule()));
        row(list, "version", ClientText.line(alert.ruleVersion(), 16));
        row(list, "alert", ClientText.line(alert.key().toString()));
        show(list);
    }

    private static Component timed(String words, java.time.Instant then) {
        var time = new Span(words);
        time.getElement().setAttribute("title", Moments.utc(then));
        return time;
    }

    private static void row(DescriptionList list, String term, Component value) {
        list.add(new DescriptionList.Term(term), new DescriptionList.Description(value));
    }
}
