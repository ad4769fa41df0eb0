package io.trailwarden.dashboard;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.KeyModifier;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Triage;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.dashboard.Readings.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The one way out of the queue: a reason and a justification, asked in the same words from a row, for many, by key and
/// on the page of an alert. The interface for programs asks the same two.
public final class CloseDialog extends Dialog {

    /// Fewer endings than this say nothing about a rule, and neither does a smaller share of them.
    private static final long TELLING = 5;
    private static final double MOSTLY = 0.6;

    private final List<Alert> alerts;
    private final AlertActs acts;
    private final Triage triage;
    private final Readings readings;
    private final Consumer<List<AlertKey>> closed;
    private final RadioButtonGroup<CloseReason> reason = new RadioButtonGroup<>();
    private final TextArea why = new TextArea("Why, for whoever reads this in a year");
    private final Paragraph hint = new Paragraph();
    private final Button close = new Button("Close");

    /// Asks about `alerts`, at least one.
    ///
    /// @param closed hears which of them are closed now, after that
    public CloseDialog(List<Alert> alerts, Triage triage, Readings readings, Consumer<List<AlertKey>> closed) {
        this.alerts = List.copyOf(alerts);
        this.acts = new AlertActs(triage);
        this.triage = triage;
        this.readings = readings;
        this.closed = closed;
        addClassName("closing");
        setHeaderTitle(alerts.size() == 1 ? "Close this alert" : "Close " + alerts.size() + " alerts");
        getHeader().add(about());
        var asked = new Div(reasons(), justification());
        asked.addClassName("asked");
        add(asked);
        footer();
    }

    private Component about() {
        var about = new Span("of " + Sentence.counted(distinct(Alert::rule), "rule") + ", about "
                + (distinct(Alert::person) == 1 ? "1 person" : NumberLink.format(distinct(Alert::person)) + " people"));
        about.addClassNames("q", "xs");
        return about;
    }

    private long distinct(Function<Alert, String> part) {
        return alerts.stream().map(part).distinct().count();
    }

    private Component reasons() {
        reason.setAriaLabel("What it was");
        reason.setItems(CloseReason.values());
        reason.setRenderer(new ComponentRenderer<>(CloseDialog::explained));
        reason.addThemeName("vertical");
        reason.addValueChangeListener(_ -> settle());
        return reason;
    }

    private static Component explained(CloseReason reason) {
        var means = new Span(switch (reason) {
            case INCIDENT -> "it happened, and was dealt with";
            case AUTHORISED -> "it happened, and was allowed to";
            case FALSE_ALARM -> "the rule was wrong";
            case DUPLICATE -> "another alert tells the same";
        });
        means.addClassNames("q", "xs");
        return new Span(new Span(word(reason)), means);
    }

    /// `Incident`, `Authorised`, `False alarm` or `Duplicate`.
    public static String word(CloseReason reason) {
        var words = reason.wireName().replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private Component justification() {
        why.setHelperText("at least " + Triage.LEAST_JUSTIFICATION + " characters");
        why.setMaxLength(Triage.MOST_WORDS);
        why.setMinRows(3);
        why.setMaxRows(10);
        why.setValueChangeMode(ValueChangeMode.LAZY);
        why.setValueChangeTimeout(150);
        why.addValueChangeListener(_ -> settle());
        hint.addClassNames("xs", "q");
        return new Div(why, hint);
    }

    private void footer() {
        var cancel = new Button("Cancel", _ -> close());
        cancel.setSuffixComponent(key("Esc"));
        close.addThemeNames("primary");
        close.setSuffixComponent(key("Ctrl Enter"));
        close.setEnabled(false);
        close.addClickListener(_ -> end());
        Shortcuts.addShortcutListener(this, this::end, Key.ENTER, KeyModifier.CONTROL).listenOn(this);
        Keys.closesWith(this, close);
        getFooter().add(cancel, close);
    }

    private static Component key(String name) {
        var key = new Span(name);
        key.addClassName("kbd");
        key.getElement().setAttribute("aria-hidden", "true");
        return key;
    }

    /// The button says what it will do, and can be pressed once that is possible.
    private void settle() {
        var chosen = reason.getValue();
        close.setText(chosen == null ? "Close" : "Close as " + word(chosen).toLowerCase(Locale.ROOT));
        close.setSuffixComponent(key("Ctrl Enter"));
        close.setEnabled(ready());
        int missing = Triage.LEAST_JUSTIFICATION - length();
        why.setHelperText(missing > 0 ? Sentence.counted(missing, "character") + " more" : "");
    }

    private int length() {
        var text = why.getValue().strip();
        return text.codePointCount(0, text.length());
    }

    private boolean ready() {
        return reason.getValue() != null && length() >= Triage.LEAST_JUSTIFICATION;
    }

    private void end() {
        if (!isOpened() || !ready()) {
            Keys.asksAgain(this);
            return;
        }
        try {
            closed.accept(acts.close(alerts.stream().map(Alert::key).toList(), reason.getValue(), why.getValue()));
        } finally {
            close();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        super.onAttach(shown);
        var rules = alerts.stream().map(Alert::rule).collect(Collectors.toUnmodifiableSet());
        readings.ask(this, () -> triage.endings(rules), answer -> {
            if (answer instanceof Answer.Found<Map<CloseReason, Long>>(var endings)) {
                hint(endings, rules.size());
            }
        });
    }

    /// A rule whose alerts mostly end the same way had better be looked at than closed again.
    private void hint(Map<CloseReason, Long> endings, int rules) {
        long all = endings.values().stream().mapToLong(Long::longValue).sum();
        endings.entrySet().stream().max(Map.Entry.comparingByValue())
                .filter(most -> all >= TELLING && most.getValue() >= MOSTLY * all)
                .ifPresent(most -> hint.setText(most.getValue() + " of the last " + all + " closed alerts of "
                        + (rules == 1 ? "this rule" : "these rules") + " ended as " + word(most.getKey()).toLowerCase(Locale.ROOT)
                        + ". " + (rules == 1 ? "The rule" : "The rules") + " may be worth a look instead."));
    }
}
