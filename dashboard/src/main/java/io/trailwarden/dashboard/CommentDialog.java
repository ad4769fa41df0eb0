package io.trailwarden.dashboard;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Triage;
import java.util.List;
import java.util.function.Consumer;

/// Asks for a comment on alerts.
public final class CommentDialog extends Dialog {

    private final List<AlertKey> alerts;
    private final AlertActs acts;
    private final Consumer<List<AlertKey>> commented;
    private final TextArea text = new TextArea("Comment");
    private final Button add = new Button("Add the comment");

    /// Asks about `alerts`, at least one.
    ///
    /// @param commented hears which of them have it now
    public CommentDialog(List<AlertKey> alerts, Triage triage, Consumer<List<AlertKey>> commented) {
        this.alerts = List.copyOf(alerts);
        this.acts = new AlertActs(triage);
        this.commented = commented;
        addClassName("commenting");
        setHeaderTitle(alerts.size() == 1 ? "Comment on this alert" : "Comment on " + alerts.size() + " alerts");
        text.setHelperText("Kept for good in the history, with your name");
        text.setMaxLength(Triage.MOST_WORDS);
        text.setMinRows(3);
        text.setMaxRows(10);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.setValueChangeTimeout(150);
        text.addValueChangeListener(change -> add.setEnabled(!change.getValue().isBlank()));
        add(text);
        add.addThemeNames("primary");
        add.setEnabled(false);
        add.addClickListener(_ -> end());
        Shortcuts.addShortcutListener(this, this::end, Key.ENTER, KeyModifier.CONTROL).listenOn(this);
        Keys.closesWith(this, add);
        getFooter().add(new Button("Cancel", _ -> close()), add);
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                text.focus();
            }
        });
    }

    private void end() {
        if (!isOpened() || text.getValue().isBlank()) {
            Keys.asksAgain(this);
            return;
        }
        try {
            commented.accept(acts.comment(alerts, text.getValue()));
        } finally {
            close();
        }
    }
}
