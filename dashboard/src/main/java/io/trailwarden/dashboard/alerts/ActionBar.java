package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.AlertActs;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The bar at the foot: hints while nothing is selected, actions while something is, always in the same place. On a
/// phone it is at the thumb.
final class ActionBar extends Div {

    private final Span count = new Span();
    private final List<Button> actions;
    private final Div hints = new Div();
    private final boolean may;

    /// @param may whether whoever looks works on alerts
    /// @param press called with the key that an action has, which is its name here
    ActionBar(boolean may, Consumer<String> press) {
        this.may = may;
        addClassName("dock");
        getElement().setAttribute("role", "toolbar");
        count.addClassName("b");
        actions = Stream.of(action("Assign to me", "a", press), action("Acknowledge", "e", press), action("Close with reason…", "c", press),
                action("Comment…", "m", press), action("Hand over to…", null, press), action("Clear", "Escape", press)).toList();
        hints.addClassName("hints");
        add(count);
        if (may) {
            actions.forEach(this::add);
        }
        add(hints);
        selected(0);
    }

    private static Button action(String words, @Nullable String key, Consumer<String> press) {
        var button = new Button(words, _ -> press.accept(key == null ? words : key));
        button.addThemeNames("tertiary", "small");
        button.addClassName(words.split("[ …]")[0].toLowerCase(Locale.ROOT));
        if (key != null) {
            button.setSuffixComponent(QueueKeys.print(key));
        }
        return button;
    }

    /// The name under which handing over is pressed, which has no key.
    static final String HAND_OVER = "Hand over to…";

    /// So many alerts are selected.
    void selected(int many) {
        setClassName("idle", many == 0);
        getElement().setAttribute("aria-label", many == 0 ? "Keys of the queue" : many + " selected");
        count.setText(many == 0 ? "" : many + " selected");
        count.setVisible(many > 0);
        actions.forEach(action -> action.setVisible(many > 0));
        hints.removeAll();
        if (!may) {
            hints.add(hint("move", "j", "k"), hint("open", "Enter"), new Span(AlertActs.whyNot() + "; you read along."));
        } else if (many == 0) {
            hints.add(hint("move", "j", "k"), hint("select", "x"), hint("open", "Enter"), hint("assign to me", "a"), hint("acknowledge", "e"),
                    hint("close…", "c"), hint("all keys", "?"));
        } else {
            hints.add(hint("move", "j", "k"), hint("select", "x"), hint("all keys", "?"));
        }
    }

    private static Component hint(String does, String... keys) {
        var hint = new Span();
        Stream.of(keys).map(QueueKeys::print).forEach(hint::add);
        hint.add(new Span(does));
        return hint;
    }
}
