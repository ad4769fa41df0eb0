package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CloseDialog;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import io.trailwarden.store.StoredEvent;
import org.jspecify.annotations.Nullable;

/// What an alert opens with: how grave, how old, whose; then what happened, as one sentence.
final class Lead extends Div {

    /// Modes in which much or all runs without a person; the others need no words here.
    private static final Set<String> ALONE = Set.of("bypassPermissions", "auto", "acceptEdits");

    private final Moments moments;
    private final Div facts = new Div();
    private final Div story = new Div();
    private final Actions actions;
    private Alert alert;
    private @Nullable Scene scene;

    Lead(Alert alert, Actions actions, Moments moments) {
        this.alert = alert;
        this.actions = actions;
        this.moments = moments;
        addClassNames("lead", "alert-lead");
        facts.addClassName("line");
        story.addClassName("told");
        var head = new Div(story, actions);
        head.addClassName("head");
        add(facts, head);
        draw();
    }

    /// Tells the story anew, now that its records are read.
    void tell(Scene read) {
        scene = read;
        draw();
    }

    /// The same alert, changed.
    void now(Alert changed) {
        alert = changed;
        actions.now(changed);
        draw();
    }

    /// Does what stands for `key`.
    void press(String key) {
        actions.press(key);
    }

    private void draw() {
        facts.removeAll();
        facts.add(new SeverityMark(alert.severity()), state());
        if (alert.late(moments.clock().instant())) {
            var late = new Span("late");
            late.addClassNames("b", "crit");
            late.getElement().setAttribute("title", "open for longer than its severity allows");
            facts.add(late);
        }
        facts.add(quiet("raised " + afterRecord()), id());
        var sentence = new Sentence();
        Collection<StoredEvent> evidence = scene == null ? List.of() : scene.evidence();
        for (var part : Story.of(alert, evidence)) {
            if (part.theirs()) {
                sentence.quote(part.text());
            } else {
                sentence.with(new OurText(InertText.line(part.text())));
            }
        }
        var hit = scene == null ? null : scene.hit();
        if (hit != null && hit.mode() != null && ALONE.contains(hit.mode()) && !alert.title().contains(hit.mode())) {
            sentence.say(", in ").quote(hit.mode());
        }
        story.removeAll();
        story.add(sentence);
    }

    private Component state() {
        var owner = alert.owner() == null ? "no owner" : "owner " + alert.owner();
        var handling = alert.handling();
        var state = switch (alert.status()) {
            case OPEN -> new Span(new Text("open for "), Age.of(moments, alert.raisedAt()), new Text(", " + owner));
            case ACKNOWLEDGED -> handling == null ? new Span("acknowledged, " + owner)
                    : new Span(new Text("acknowledged "), Age.ago(moments, handling.at()), new Text(", " + owner));
            case CLOSED -> handling == null || handling.reason() == null ? new Span("closed")
                    : new Span(new Text("closed as " + CloseDialog.word(handling.reason()).toLowerCase(Locale.ROOT) + " by " + handling.by() + ", "),
                            Age.ago(moments, handling.at()));
        };
        state.getElement().setAttribute("title", Moments.utc(alert.raisedAt()));
        state.addClassName("state-of");
        return state;
    }

    private String afterRecord() {
        var after = Duration.between(alert.at(), alert.raisedAt());
        return after.isNegative() ? "before the client's clock" : Moments.span(after) + " after the last record";
    }

    private Component id() {
        var id = ClientText.line(alert.key().toString().substring(0, 8));
        id.getElement().setAttribute("title", alert.key().toString());
        return quiet(id);
    }

    private static Component quiet(String words) {
        return quiet(new Span(words));
    }

    private static Component quiet(Component content) {
        var quiet = new Span(content);
        quiet.addClassName("q");
        return quiet;
    }
}
