package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
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
import java.util.List;

/// Other alerts of the same person, newest first: one is a slip, three are a story.
final class OthersPart extends Block {

    private static final int SHOWN = 8;

    private final Alert alert;
    private final Alerts alerts;
    private final Readings readings;
    private final Moments moments;

    OthersPart(Alert alert, Alerts alerts, Readings readings, Moments moments) {
        super("Others about this person");
        this.alert = alert;
        this.alerts = alerts;
        this.readings = readings;
        this.moments = moments;
        show(Message.loading(3));
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        read();
    }

    private void read() {
        readings.ask(this, () -> alerts.find(AlertQuery.any().about(alert.person()).limit(SHOWN + 1)), answer -> {
            switch (answer) {
                case Answer.Found<List<Alert>>(var found) ->
                        list(found.stream().filter(other -> !other.key().equals(alert.key())).limit(SHOWN).toList());
                case Answer.Failed<List<Alert>> failed -> show(Part.failure("Other alerts", failed, this::read));
            }
        });
    }

    private void list(List<Alert> others) {
        if (others.isEmpty()) {
            show(Message.empty("None.", new Paragraph("This is the only alert about this person.")));
            return;
        }
        var list = new UnorderedList();
        list.addClassName("alert-list");
        others.forEach(other -> list.add(item(other)));
        show(list);
    }

    private Component item(Alert other) {
        var title = AlertView.link(Navigation.alert(other.key()));
        title.add(new OurText(InertText.line(other.title(), 200)));
        var age = new Span(moments.ago(other.raisedAt()));
        age.addClassNames("q", "xs", "age");
        var first = new Div(new SeverityMark(other.severity()), age);
        first.addClassName("first");
        return new ListItem(first, title);
    }
}
