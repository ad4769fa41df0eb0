package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CloseDialog;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.OurText;
import java.util.List;
import java.util.Locale;

/// Alerts of the same rule and how they ended: what others decided before.
final class SimilarPart {

    private SimilarPart() {
    }

    /// A list of `alerts`, newest first.
    static Component list(List<Alert> alerts, Moments moments) {
        if (alerts.isEmpty()) {
            var none = new Paragraph("This rule has raised no other alert yet.");
            none.addClassNames("q", "xs");
            return none;
        }
        var list = new UnorderedList();
        list.addClassName("similar");
        alerts.forEach(alert -> list.add(item(alert, moments)));
        return list;
    }

    private static ListItem item(Alert alert, Moments moments) {
        var when = new NumberLink("", Navigation.alert(alert.key()));
        when.add(Age.ago(moments, alert.raisedAt()));
        var person = ClientText.line(alert.person(), 60);
        person.addClassName("who-of");
        var ended = ended(alert);
        var first = new Div(when, person, ended);
        first.addClassName("first");
        var item = new ListItem(first);
        var handling = alert.handling();
        if (handling != null && handling.justification() != null) {
            var why = new OurText(InertText.line(handling.justification(), 160));
            why.addClassNames("q", "xs");
            item.add(why);
        }
        return item;
    }

    private static Span ended(Alert alert) {
        var handling = alert.handling();
        var reason = handling == null ? null : handling.reason();
        var ended = new Span(reason == null ? alert.status().wireName() : CloseDialog.word(reason).toLowerCase(Locale.ROOT));
        ended.addClassNames("ended", reason == CloseReason.INCIDENT ? "crit" : "s");
        ended.setClassName("b", reason == CloseReason.INCIDENT);
        return ended;
    }
}
