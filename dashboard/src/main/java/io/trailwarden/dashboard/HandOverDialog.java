package io.trailwarden.dashboard;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Triage;
import io.trailwarden.dashboard.Readings.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Asks who shall work on alerts: one of those who may, or nobody.
public final class HandOverDialog extends Dialog {

    private static final String NOBODY = "nobody";

    private final List<AlertKey> alerts;
    private final AlertActs acts;
    private final Triage triage;
    private final Readings readings;
    private final Consumer<List<AlertKey>> handed;
    private final Select<Choice> to = new Select<>();
    private final Button hand = new Button("Hand over");

    /// Asks about `alerts`, at least one.
    ///
    /// @param handed hears which of them have another owner now
    public HandOverDialog(List<AlertKey> alerts, Triage triage, Readings readings, Consumer<List<AlertKey>> handed) {
        this.alerts = List.copyOf(alerts);
        this.acts = new AlertActs(triage);
        this.triage = triage;
        this.readings = readings;
        this.handed = handed;
        addClassName("handing");
        setHeaderTitle(alerts.size() == 1 ? "Hand this alert over" : "Hand " + alerts.size() + " alerts over");
        to.setLabel("To");
        to.setItemLabelGenerator(choice -> choice.account() ? choice.name() : NOBODY);
        to.addValueChangeListener(change -> hand.setEnabled(change.getValue() != null));
        add(to);
        hand.addThemeNames("primary");
        hand.setEnabled(false);
        hand.addClickListener(_ -> end());
        Keys.closesWith(this, hand);
        getFooter().add(new Button("Cancel", _ -> close()), hand);
    }

    /// An account, or nobody; an account may be called "nobody".
    private record Choice(String name, boolean account) {
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        super.onAttach(shown);
        readings.ask(this, triage::assignable, answer -> {
            switch (answer) {
                case Answer.Found<List<String>>(var names) -> offer(names);
                case Answer.Failed<List<String>> failed -> add(Part.failure("The accounts", failed, this::close));
            }
        });
    }

    private void offer(List<String> names) {
        var choices = new ArrayList<>(names.stream().map(name -> new Choice(name, true)).toList());
        choices.add(new Choice("", false));
        to.setItems(choices);
        to.focus();
        if (names.isEmpty()) {
            add(new Paragraph(AlertActs.whyNot() + ", which no account has."));
        }
    }

    private void end() {
        var choice = to.getValue();
        if (choice == null) {
            Keys.asksAgain(this);
            return;
        }
        try {
            handed.accept(choice.account() ? acts.assign(alerts, choice.name()) : acts.unassign(alerts));
        } finally {
            close();
        }
    }
}
