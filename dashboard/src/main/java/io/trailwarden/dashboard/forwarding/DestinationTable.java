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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The destinations, one row each. Rows and their buttons stay where they are while what they say changes: a press that
/// begins on a button and ends on its successor is none.
final class DestinationTable extends Div {

    private static final List<String> HEADS = List.of("destination", "gets", "state", "waiting", "accepted", "last accepted", "last error", "");

    private final Moments moments;
    private final boolean mayAct;
    private final Consumer<String> pause;
    private final Consumer<String> resume;
    private final NativeTableBody body = new NativeTableBody();
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /// @param mayAct whether there are buttons
    /// @param pause called with the name of a destination
    /// @param resume called with the name of a destination
    DestinationTable(Moments moments, boolean mayAct, Consumer<String> pause, Consumer<String> resume) {
        this.moments = moments;
        this.mayAct = mayAct;
        this.pause = pause;
        this.resume = resume;
        var heads = new NativeTableRow();
        HEADS.forEach(head -> heads.add(new NativeTableHeaderCell(head)));
        var table = new NativeTable(new NativeTableHeader(heads), body);
        table.addClassName("forward");
        addClassName("wide");
        add(table);
    }

    /// Shows `all`, in this order.
    void show(List<Standing> all) {
        if (!List.copyOf(rows.keySet()).equals(all.stream().map(Standing::name).toList())) {
            body.removeAll();
            rows.clear();
            for (var standing : all) {
                var row = new Row();
                rows.put(standing.name(), row);
                body.add(row);
            }
        }
        all.forEach(standing -> fill(Objects.requireNonNull(rows.get(standing.name())), standing));
    }

    private void fill(Row row, Standing standing) {
        var name = new Span(standing.name());
        name.addClassName("b");
        boolean removed = standing.state() instanceof State.Removed;
        row.setClassName("ended", removed);
        row.say("destination", ForwardingView.twoLines(name, removed ? "no longer configured" : standing.kind() + ", " + standing.where()));
        row.say("gets", new Span(removed ? "·" : standing.gets()));
        row.say("state", state(standing));
        row.say("waiting", waiting(standing));
        row.say("accepted", accepted(standing));
        row.say("last accepted", standing.lastAccepted() == null ? new Span("never") : Age.ago(moments, standing.lastAccepted()));
        row.say("last error", error(standing));
        row.offer(mayAct ? Offer.in(standing.state()) : Offer.NOTHING, offer -> action(offer, standing.name()));
    }

    /// What can be done about a destination.
    private enum Offer {
        PAUSE, TRY_OR_PAUSE, RESUME, NOTHING;

        static Offer in(State state) {
            return switch (state) {
                case State.Paused _ -> RESUME;
                case State.HeldBack _, State.Misconfigured _ -> TRY_OR_PAUSE;
                case State.UpToDate _, State.Sending _ -> PAUSE;
                case State.Removed _ -> NOTHING;
            };
        }
    }

    private static final class Row extends NativeTableRow {

        private final Map<String, NativeTableCell> cells = new LinkedHashMap<>();
        private @Nullable Offer offered;

        Row() {
            for (var head : HEADS) {
                var cell = new NativeTableCell();
                // The head goes with it where there is no room for columns.
                cell.getElement().setAttribute("data-head", head);
                cells.put(head, cell);
                add(cell);
            }
        }

        void say(String head, Component content) {
            var cell = Objects.requireNonNull(cells.get(head));
            cell.removeAll();
            cell.add(content);
        }

        void offer(Offer offer, Function<Offer, Component> action) {
            if (offer != offered) {
                offered = offer;
                say("", action.apply(offer));
            }
        }
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

    private Component action(Offer offer, String destination) {
        return switch (offer) {
            case PAUSE -> button("Pause", destination, pause);
            case TRY_OR_PAUSE -> new Div(button("Try now", destination, resume), button("Pause", destination, pause));
            case RESUME -> button("Resume", destination, resume);
            case NOTHING -> new Span();
        };
    }

    private static Button button(String words, String destination, Consumer<String> act) {
        var button = new Button(words, _ -> act.accept(destination));
        button.addThemeNames("tertiary", "small");
        button.setAriaLabel(words + " " + destination);
        Focus.about(button, destination);
        return button;
    }
}
