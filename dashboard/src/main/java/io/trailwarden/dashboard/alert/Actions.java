package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Triage;
import io.trailwarden.dashboard.AlertActs;
import io.trailwarden.dashboard.CloseDialog;
import io.trailwarden.dashboard.CommentDialog;
import io.trailwarden.dashboard.HandOverDialog;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Permission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be done to an alert as it stands, as buttons and by key. Whoever may not is told who may. What was done shows
/// on the page by the way on which everybody hears of it.
final class Actions extends Div {

    private final AlertActs acts;
    private final Triage triage;
    private final Readings readings;
    private final Who viewer;
    private Alert alert;
    private @Nullable Dialog asking;

    Actions(Alert alert, Triage triage, Readings readings, Who viewer) {
        this.alert = alert;
        this.acts = new AlertActs(triage);
        this.triage = triage;
        this.readings = readings;
        this.viewer = viewer;
        addClassName("acts");
        getElement().setAttribute("role", "toolbar");
        getElement().setAttribute("aria-label", "What to do");
        draw();
    }

    /// The same alert, changed.
    void now(Alert changed) {
        alert = changed;
        draw();
    }

    private List<AlertKey> it() {
        return List.of(alert.key());
    }

    private void draw() {
        removeAll();
        if (!viewer.may(Permission.TRIAGE)) {
            var words = new Span(AlertActs.whyNot() + ".");
            words.addClassNames("q", "xs");
            add(words);
        } else if (alert.status() == Status.CLOSED) {
            add(quiet(button("Comment…", "", this::comment)));
        } else {
            drawOpen();
        }
    }

    private void drawOpen() {
        boolean mine = viewer.name().equals(alert.owner());
        if (!mine) {
            var take = button("Assign to me", "a", () -> acts.assignToMe(it()));
            take.addThemeNames("primary");
            add(take);
        }
        if (alert.status() == Status.OPEN) {
            add(button("Acknowledge", "e", () -> acts.acknowledge(it())));
        }
        add(button("Close with reason…", "c", this::close),
                quiet(button("Hand over…", "", this::handOver), button("Comment…", "", this::comment)));
    }

    private static Div quiet(Button... buttons) {
        var quiet = new Div(buttons);
        quiet.addClassName("quiet-acts");
        for (var button : buttons) {
            button.addThemeNames("tertiary", "small");
        }
        return quiet;
    }

    /// Does what stands for `key`, as far as that is possible now.
    void press(String key) {
        boolean asked = asking != null && asking.isOpened();
        if (asked || !viewer.may(Permission.TRIAGE) || alert.status() == Status.CLOSED) {
            return;
        }
        switch (key) {
            case "a" -> acts.assignToMe(it());
            case "e" -> acts.acknowledge(it());
            case "c" -> close();
            default -> {
                // The other keys are the page's.
            }
        }
    }

    private static Button button(String words, String key, Runnable action) {
        var button = new Button(words, _ -> action.run());
        if (!key.isEmpty()) {
            var hint = new Span(key);
            hint.addClassName("kbd");
            hint.getElement().setAttribute("aria-hidden", "true");
            button.setSuffixComponent(hint);
            button.getElement().setAttribute("title", "key " + key);
        }
        return button;
    }

    private void close() {
        ask(new CloseDialog(List.of(alert), triage, readings, _ -> { }));
    }

    private void handOver() {
        ask(new HandOverDialog(it(), triage, readings, _ -> { }));
    }

    private void comment() {
        ask(new CommentDialog(it(), triage, _ -> { }));
    }

    private void ask(Dialog question) {
        Who.asks().must(Permission.TRIAGE);
        asking = question;
        question.open();
    }
}
