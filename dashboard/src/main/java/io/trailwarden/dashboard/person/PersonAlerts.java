package io.trailwarden.dashboard.person;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.SeverityMark;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A person's alerts, newest first. One that is raised while the page is open appears by itself and is marked.
final class PersonAlerts extends Block {

    private static final int SHOWN = 20;

    private final String person;
    private final Alerts alerts;
    private final Readings readings;
    private final Moments moments;
    private final Set<AlertKey> fresh = new HashSet<>();

    PersonAlerts(String person, Alerts alerts, Readings readings, Moments moments) {
        super("Alerts");
        this.person = person;
        this.alerts = alerts;
        this.readings = readings;
        this.moments = moments;
        addClassName("their-alerts");
        show(Message.loading(3));
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        refresh();
    }

    /// An alert about this person was just raised.
    void raised(AlertKey key) {
        fresh.add(key);
        refresh();
    }

    private void refresh() {
        readings.ask(this, () -> alerts.find(AlertQuery.any().about(person).limit(SHOWN + 1)), answer -> {
            switch (answer) {
                case Answer.Found<List<Alert>>(var found) -> list(found);
                case Answer.Failed<List<Alert>> failed -> show(Part.failure("Alerts", failed, this::refresh));
            }
        });
    }

    private void list(List<Alert> found) {
        if (found.isEmpty()) {
            note("");
            show(Message.empty("None.", new Paragraph("Nothing this agent did matched a rule. One that does appears here by "
                    + "itself.")));
            return;
        }
        note(found.size() > SHOWN ? "the newest " + SHOWN : "newest first");
        var list = new UnorderedList();
        list.addClassName("alert-list");
        found.stream().limit(SHOWN).forEach(alert -> list.add(item(alert)));
        show(list);
    }

    private Component item(Alert alert) {
        var title = new Anchor(Navigation.alert(alert.key()));
        title.setRouterIgnore(false);
        title.addClassName("m");
        title.add(new OurText(InertText.line(alert.title(), 300)));
        var age = Age.ago(moments, alert.raisedAt());
        age.addClassNames("q", "xs", "age");
        var first = new Div(new SeverityMark(alert.severity()), age);
        first.addClassName("first");
        var item = new ListItem(first, title);
        if (alert.attempt()) {
            item.add(quiet("refused, so an attempt"));
        }
        if (alert.status() != Alert.Status.OPEN) {
            item.add(quiet(alert.status().wireName()));
        }
        if (fresh.contains(alert.key())) {
            item.addClassName("fresh");
        }
        return item;
    }

    private static Span quiet(String words) {
        var quiet = new Span(words);
        quiet.addClassNames("q", "xs");
        return quiet;
    }
}
