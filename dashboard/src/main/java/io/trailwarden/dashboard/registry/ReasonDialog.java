package io.trailwarden.dashboard.registry;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.textfield.TextArea;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Permission;
import io.trailwarden.inventory.Approvals.Outcome;
import io.trailwarden.inventory.InventoryUnavailable;

/// Asks why, before something is approved or an approval is taken back.
final class ReasonDialog extends Dialog {

    private final TextArea reason = new TextArea("Why");
    private final Change change;
    private final Runnable done;

    /// What is done with a reason.
    interface Change {
        Outcome make(String reason, String by);
    }

    /// @param verb what the button says
    /// @param name of what it is about
    /// @param consequence what follows from it
    /// @param done called after it was done, or somebody else had done it
    ReasonDialog(String verb, String name, String consequence, Change change, Runnable done) {
        this.change = change;
        this.done = done;
        setHeaderTitle(verb);
        addClassName("reason-dialog");
        reason.setMaxLength(2000);
        reason.setRequiredIndicatorVisible(true);
        reason.setHelperText("Kept with your name and the time");
        reason.setWidthFull();
        reason.focus();
        add(new Paragraph(ClientText.line(name, 120)), new Paragraph(consequence), reason);
        var button = new Button(verb, _ -> make());
        button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        getFooter().add(new Button("Cancel", _ -> close()), button);
    }

    private void make() {
        var who = Who.asks();
        who.must(Permission.APPROVE);
        if (reason.getValue().isBlank()) {
            fail("Say why, in a few words");
            return;
        }
        try {
            if (change.make(reason.getValue(), who.name()) == Outcome.UNCHANGED) {
                Notification.show("Nothing changed: somebody was quicker, or as many are approved as rules can hold.");
            }
            close();
            done.run();
        } catch (InventoryUnavailable silent) {
            fail("Nothing changed: the database does not answer. Try again in a moment.");
        }
    }

    private void fail(String words) {
        reason.setErrorMessage(words);
        reason.setInvalid(true);
        reason.focus();
    }
}
