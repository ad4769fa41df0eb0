package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.OurText;
import java.util.List;
import java.util.Locale;

/// The newest alerts of a rule.
final class LatestList {

    private LatestList() {
    }

    static Component of(List<Alert> alerts, Moments moments) {
        if (alerts.isEmpty()) {
            var none = new Paragraph("This rule has raised no alert yet.");
            none.addClassName("q");
            return none;
        }
        var list = new UnorderedList();
        list.addClassNames("alert-list", "latest-list");
        alerts.forEach(alert -> list.add(item(alert, moments)));
        return list;
    }

    private static ListItem item(Alert alert, Moments moments) {
        var title = new Anchor(Navigation.alert(alert.key()));
        title.setRouterIgnore(false);
        title.add(new OurText(InertText.line(alert.title(), 160)));
        var handling = alert.handling();
        var ended = handling == null || handling.reason() == null ? alert.status().wireName()
                : handling.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var state = new Span(new Text(ended + ", "), Age.ago(moments, alert.raisedAt()));
        state.addClassNames("q", "age");
        var first = new Div(ClientText.line(alert.person(), 80), state);
        first.addClassName("first");
        return new ListItem(first, title);
    }
}
