package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Checklist;
import io.trailwarden.alert.Checklist.Tick;
import io.trailwarden.alert.Triage;
import io.trailwarden.alert.Triage.Step;
import io.trailwarden.dashboard.CloseDialog;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.OurText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What became of an alert, oldest first: raised, taken, ticked, commented on, closed. Each by whom and when.
final class HistoryPart {

    private HistoryPart() {
    }

    /// What was done to an alert.
    record Read(List<Step> steps, List<Tick> ticks) {

        static Read of(Alert alert, Triage triage, Checklist checklist) {
            return new Read(triage.history(alert.key()), checklist.ticks(alert.key()));
        }
    }

    /// One line.
    ///
    /// @param words what was done, in our words
    /// @param note what somebody wrote, null for nothing
    private record Line(Instant at, String words, @Nullable String note) {
    }

    static Component list(Alert alert, Read read, Moments moments) {
        var lines = new ArrayList<Line>();
        lines.add(new Line(alert.raisedAt(), "raised by the rule", null));
        read.steps().forEach(step -> lines.add(line(step)));
        read.ticks().forEach(tick -> lines.add(new Line(tick.at(), (tick.done() ? "step done by " : "step reopened by ") + tick.by(), tick.step())));
        lines.sort(Comparator.comparing(Line::at));
        var list = new OrderedList();
        list.addClassName("history");
        lines.forEach(line -> list.add(item(line, moments)));
        return list;
    }

    private static Line line(Step step) {
        var by = step.by();
        var words = switch (step.action()) {
            case ACKNOWLEDGED -> "acknowledged by " + by;
            case ASSIGNED -> by.equals(step.assignee()) ? "taken by " + by : "given to " + step.assignee() + " by " + by;
            case UNASSIGNED -> "given to nobody by " + by;
            case COMMENTED -> "comment by " + by;
            case CLOSED -> "closed " + (step.reason() == null ? "" : "as " + CloseDialog.word(step.reason()).toLowerCase(Locale.ROOT) + " ") + "by " + by;
            case REOPENED -> "opened again by " + by;
        };
        return new Line(step.at(), words, step.note().isBlank() ? null : step.note());
    }

    private static ListItem item(Line line, Moments moments) {
        var time = new Span(moments.at(line.at()));
        time.addClassName("t");
        time.getElement().setAttribute("title", Moments.utc(line.at()));
        var item = new ListItem(time, new OurText(InertText.line(line.words(), 200)));
        if (line.note() != null) {
            var note = new OurText(InertText.line(line.note(), 1000));
            note.addClassName("note-of");
            item.add(note);
        }
        return item;
    }
}
