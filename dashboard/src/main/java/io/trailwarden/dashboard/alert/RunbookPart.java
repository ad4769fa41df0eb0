package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Checklist;
import io.trailwarden.dashboard.Age;
import io.trailwarden.alert.Checklist.Tick;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Permission;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the person on call does, in order, each step to be ticked: who did it and when is kept. What the trail itself can
/// answer is answered above it.
final class RunbookPart extends Block {

    private final AlertKey alert;
    private final List<String> steps;
    private final Supplier<List<ByItself>> answers;
    private List<ByItself> answered = List.of();
    private final Checklist checklist;
    private final Readings readings;
    private final Moments moments;
    private final Who viewer;
    private final Runnable changed;

    /// @param answers what the trail answers, read in the background
    /// @param changed called when a step was ticked here
    RunbookPart(AlertKey alert, List<String> steps, Supplier<List<ByItself>> answers, Checklist checklist, Readings readings, Moments moments,
            Who viewer, Runnable changed) {
        super("Runbook");
        addClassName("runbook");
        this.alert = alert;
        this.steps = List.copyOf(steps);
        this.answers = answers;
        this.checklist = checklist;
        this.readings = readings;
        this.moments = moments;
        this.viewer = viewer;
        this.changed = changed;
        show(Message.loading(Math.max(2, steps.size())));
        addAttachListener(_ -> {
            refresh();
            ask();
        });
    }

    /// What cannot be answered leaves no gap: the steps stand without it.
    private void ask() {
        readings.ask(this, answers, answer -> {
            if (answer instanceof Answer.Found<List<ByItself>>(var found)) {
                answered = found;
                refresh();
            }
        });
    }

    /// A question that the trail answers.
    ///
    /// @param quoted what a client said in the answer; null for nothing
    record ByItself(String question, @Nullable String quoted, String answer) {
    }

    /// Reads what is ticked anew.
    void refresh() {
        readings.ask(this, () -> checklist.ticks(alert), answer -> {
            switch (answer) {
                case Answer.Found<List<Tick>>(var ticks) -> draw(Checklist.done(ticks));
                case Answer.Failed<List<Tick>> failed -> show(Part.failure("The runbook", failed, this::refresh));
            }
        });
    }

    private void draw(Map<String, Tick> done) {
        var shown = new Div();
        if (!answered.isEmpty()) {
            var list = new UnorderedList();
            list.addClassName("by-itself");
            answered.forEach(one -> list.add(item(one)));
            shown.add(list);
        }
        if (steps.isEmpty()) {
            shown.add(new Paragraph("The rule does not say what to do."));
        }
        var list = new OrderedList();
        list.addClassName("runbook-steps");
        steps.forEach(step -> list.add(item(step, done.get(step))));
        shown.add(list);
        note(steps.stream().filter(done::containsKey).count() + " of " + steps.size() + " done");
        show(shown);
    }

    private static ListItem item(ByItself one) {
        var question = new Span(one.question() + " ");
        var answer = new Span();
        answer.addClassName("answer");
        if (one.quoted() != null) {
            answer.add(ClientText.line(one.quoted(), 60), new Span(" "));
        }
        answer.add(new Span(one.answer()));
        var by = new Span("by itself");
        by.addClassNames("q", "xs");
        return new ListItem(new Span(question, answer), by);
    }

    private ListItem item(String step, @Nullable Tick tick) {
        var box = new Checkbox(step, tick != null);
        box.setReadOnly(!viewer.may(Permission.TRIAGE));
        box.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                tick(step, change.getValue());
            }
        });
        var item = new ListItem(box);
        if (tick != null) {
            item.addClassName("done");
            var by = new Span(new Text(tick.by() + ", "), Age.ago(moments, tick.at()));
            by.addClassNames("q", "xs");
            item.add(by);
        }
        return item;
    }

    private void tick(String step, boolean done) {
        var who = Who.asks();
        who.must(Permission.TRIAGE);
        readings.ask(this, () -> {
            checklist.tick(alert, step, done, who.name());
            return checklist.ticks(alert);
        }, answer -> {
            switch (answer) {
                case Answer.Found<List<Tick>>(var ticks) -> {
                    draw(Checklist.done(ticks));
                    changed.run();
                }
                case Answer.Failed<List<Tick>> failed -> show(Part.failure("The step", failed, this::refresh));
            }
        });
    }
}
