package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.event.AuditEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose agent it was: what the client claims, what we verified, and what else is open about them. One alert is a slip,
/// three are a story.
final class PersonPart extends Block {

    private static final int OTHERS = 3;

    private final Scene scene;
    private final Moments moments;
    private final Div others = new Div();

    PersonPart(Scene scene, Alerts alerts, Readings readings, Moments moments) {
        super("Person");
        this.scene = scene;
        this.moments = moments;
        var alert = scene.alert();
        var hit = scene.hit() == null ? null : scene.hit().event();
        var name = AlertView.link(Navigation.person(alert.person()));
        name.add(ClientText.line(alert.person(), 80));
        name.addClassName("b");
        var head = new Div(name);
        head.addClassName("person-name");
        show(head, facts(alert, hit), others);
        addAttachListener(_ -> readings.ask(this, () -> Others.read(alerts, alert), answer -> {
            others.removeAll();
            others.add(switch (answer) {
                case Answer.Found<Others>(var found) -> told(found);
                case Answer.Failed<Others> failed -> Part.failure("Their other alerts", failed, () -> { });
            });
        }));
    }

    /// Other alerts of the same person.
    private record Others(long open, List<Alert> latest) {

        static Others read(Alerts alerts, Alert alert) {
            var open = alerts.count(AlertQuery.any().about(alert.person()).in(Alert.Status.OPEN));
            var latest = alerts.find(AlertQuery.any().about(alert.person()).limit(OTHERS + 1));
            return new Others(open, latest.stream().filter(other -> !other.key().equals(alert.key())).limit(OTHERS).toList());
        }
    }

    private Component facts(Alert alert, @Nullable AuditEvent hit) {
        var list = new DescriptionList();
        list.addClassName("about");
        if (hit != null) {
            var claimed = hit.text("user.email");
            row(list, "claims", ClientText.line(claimed == null ? hit.person() : claimed, 120));
            var verified = new Span(new Span(hit.person().equals(hit.seen().origin().principal()) ? "the same, by " : "by token "),
                    ClientText.line(hit.seen().origin().principal(), 60));
            row(list, "verified", verified);
            var version = hit.text("client.version");
            if (version != null) {
                row(list, "client", ClientText.line(version, 40));
            }
        }
        var session = alert.session();
        if (session != null) {
            var link = AlertView.link(Navigation.session(alert.person(), session));
            link.add(ClientText.line(session, 40));
            row(list, "session", link);
        }
        row(list, "found", alert.occurrences() > 1
                ? new Span(new Text(Sentence.counted(alert.occurrences(), "time") + ", last "), Age.ago(moments, alert.lastSeen())) : new Span("once"));
        return list;
    }

    private Component told(Others found) {
        if (found.latest().isEmpty()) {
            var none = new Span("This is the only alert about them.");
            none.addClassNames("q", "xs");
            return none;
        }
        var list = new UnorderedList();
        list.addClassName("alert-list");
        found.latest().forEach(other -> list.add(item(other)));
        return new Div(open(found.open()), list);
    }

    private Component open(long open) {
        var words = open == 0 ? new Span("None of their alerts is open. The latest others:")
                : new Span(new NumberLink(Sentence.counted(open, "alert"), Navigation.alerts(AlertsFilter.OPEN.about(scene.alert().person()))),
                        new Span(" about them " + (open == 1 ? "is" : "are") + " open. The latest others:"));
        words.addClassNames("s", "xs");
        return words;
    }

    private Component item(Alert other) {
        var title = AlertView.link(Navigation.alert(other.key()));
        title.add(new OurText(InertText.line(other.title(), 110)));
        var age = new Span(new Text(other.status().wireName() + ", "), Age.ago(moments, other.raisedAt()));
        age.addClassNames("q", "xs", "age");
        var first = new Div(new SeverityMark(other.severity()), age);
        first.addClassName("first");
        return new ListItem(first, title);
    }

    private static void row(DescriptionList list, String term, Component value) {
        list.add(new DescriptionList.Term(term), new DescriptionList.Description(value));
    }
}
