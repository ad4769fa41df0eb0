package io.trailwarden.dashboard.forwarding;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.forward.Forwarding.Standing;
import io.trailwarden.forward.Forwarding.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// The destinations, one row each.
final class DestinationTable {

    private final Moments moments;
    private final boolean mayAct;
    private final Consumer<String> pause;
    private final Consumer<String> resume;

    /// @param mayAct whether there are buttons
    /// @param pause called with the name of a destination
    /// @param resume called with the name of a destination
    DestinationTable(Moments moments, boolean mayAct, Consumer<String> pause, Consumer<String> resume) {
        this.moments = moments;
        this.mayAct = mayAct;
        this.pause = pause;
        this.resume = resume;
    }

    Component show(List<Standing> all) {
        var heads = new NativeTableRow();
        List.of("destination", "gets", "state", "waiting", "accepted", "last accepted", "last error", "").forEach(head -> heads.add(new NativeTableHeaderCell(head)));
        var body = new NativeTableBody();
        all.forEach(standing -> body.add(row(standing)));
        var table = new NativeTable(new NativeTableHeader(heads), body);
        table.addClassName("forward");
        var scroll = new Div(table);
        scroll.addClassName("wide");
        return scroll;
    }

    private NativeTableRow row(Standing standing) {
        var name = new Span(standing.name());
        name.addClassName("b");
        boolean removed = standing.state() instanceof State.Removed;
        var row = new NativeTableRow(
                cell("destination", ForwardingView.twoLines(name, removed ? "no longer configured" : standing.kind() + ", " + standing.where())),
                cell("gets", new Span(removed ? "·" : standing.gets())),
                cell("state", state(standing)),
                cell("waiting", waiting(standing)),
                cell("accepted", accepted(standing)),
                cell("last accepted", standing.lastAccepted() == null ? new Span("never") : Age.ago(moments, standing.lastAccepted())),
                cell("last error", error(standing)),
                cell("", mayAct && !removed ? action(standing) : new Span()));
        row.setClassName("ended", removed);
        return row;
    }

    /// The head goes with it where there is no room for columns.
    private static NativeTableCell cell(String head, Component content) {
        var cell = new NativeTableCell(content);
        cell.getElement().setAttribute("data-head", head);
        return cell;
    }

    private Component state(Standing standing) {
        return switch (standing.state()) {
            case State.UpToDate() -> new Span("up to date");
            case State.Sending() -> new Span("sending");
            case State.HeldBack(var since, _, var attempts, var next) -> ForwardingView.twoLines(marked("high", new Text("held back for "), Age.of(moments, since)),
                    new Text(attempts + (attempts == 1 ? " attempt" : " attempts") + ", next "), next(next));
            case State.Misconfigured(var since, _, var next) -> ForwardingView.twoLines(marked("crit", new Text("needs somebody, for "), Age.of(moments, since)),
                    new Text("tried again "), next(next));
            case State.Paused(var by, var since) -> ForwardingView.twoLines(marked("b", new Text("paused")), new Text("by " + by + ", "), Age.ago(moments, since));
            case State.Removed() -> new Span("keeps its place");
        };
    }

    private Component next(Instant next) {
        return next.isAfter(moments.clock().instant()) ? Age.ago(moments, next) : new Text("now");
    }

    private static Span marked(String mark, Component... words) {
        var span = new Span(words);
        span.addClassName(mark);
        return span;
    }

    private static Component waiting(Standing standing) {
        if (standing.waiting() == 0) {
            return new Span("nothing");
        }
        var lag = standing.lag();
        return ForwardingView.twoLines(new Span(NumberLink.format(standing.waiting())), lag.compareTo(Duration.ofSeconds(1)) < 0 ? "" : "the oldest for " + Moments.span(lag));
    }

    private static Component accepted(Standing standing) {
        var count = new Span(NumberLink.format(standing.accepted()));
        return standing.refused() == 0 ? count : ForwardingView.twoLines(count, NumberLink.format(standing.refused()) + " refused");
    }

    private Component error(Standing standing) {
        var error = standing.lastError();
        var at = standing.lastErrorAt();
        return error == null || at == null ? new Span("none") : ForwardingView.twoLines(new Span(error), Age.ago(moments, at));
    }

    private Component action(Standing standing) {
        return switch (standing.state()) {
            case State.Paused _ -> button("Resume", standing, resume);
            case State.HeldBack _, State.Misconfigured _ -> new Div(button("Try now", standing, resume), button("Pause", standing, pause));
            case State.UpToDate _, State.Sending _ -> button("Pause", standing, pause);
            case State.Removed _ -> new Span();
        };
    }

    private static Button button(String words, Standing standing, Consumer<String> act) {
        var button = new Button(words, _ -> act.accept(standing.name()));
        button.addThemeNames("tertiary", "small");
        button.setAriaLabel(words + " " + standing.name());
        Focus.about(button, standing.name());
        return button;
    }
}
