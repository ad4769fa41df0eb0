package io.trailwarden.dashboard.forwarding;

import com.vaadin.flow.component.Component;
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
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.forward.Forwarding.DeadLetter;
import java.util.List;
import java.util.function.Consumer;

/// Items that a destination would not take, newest first.
final class LetterTable {

    private final Moments moments;
    private final boolean mayAct;
    private final Consumer<List<DeadLetter>> retry;

    /// @param mayAct whether there are buttons
    /// @param retry called with what is to be tried once more
    LetterTable(Moments moments, boolean mayAct, Consumer<List<DeadLetter>> retry) {
        this.moments = moments;
        this.mayAct = mayAct;
        this.retry = retry;
    }

    Component show(List<DeadLetter> letters, long all) {
        var heads = new NativeTableRow();
        List.of("refused", "destination", "what", "whose agent", "why", "").forEach(head -> heads.add(new NativeTableHeaderCell(head)));
        var body = new NativeTableBody();
        letters.forEach(letter -> body.add(row(letter)));
        var table = new NativeTable(new NativeTableHeader(heads), body);
        table.addClassName("forward");
        var scroll = new Div(table);
        scroll.addClassName("wide");
        return new Div(foot(letters, all), scroll);
    }

    private Component foot(List<DeadLetter> letters, long all) {
        var foot = new Div(new Span(all > letters.size() ? "The newest " + letters.size() + " of " + NumberLink.format(all) + "." : ""));
        foot.addClassName("letters-foot");
        var kept = letters.stream().filter(letter -> !letter.again()).toList();
        if (mayAct && kept.size() > 1) {
            var button = new Button("Retry all " + kept.size(), _ -> retry.accept(kept));
            button.addThemeNames("small");
            foot.add(button);
        }
        return foot;
    }

    private NativeTableRow row(DeadLetter letter) {
        return new NativeTableRow(
                cell("refused", Age.ago(moments, letter.at())),
                cell("destination", new Span(letter.destination())),
                cell("what", ForwardingView.twoLines(ClientText.line(letter.name(), 80), letter.source() + " " + NumberLink.format(letter.position()))),
                cell("whose agent", person(letter)),
                cell("why", new Span(letter.reason())),
                cell("", action(letter)));
    }

    private static NativeTableCell cell(String head, Component content) {
        var cell = new NativeTableCell(content);
        cell.getElement().setAttribute("data-head", head);
        return cell;
    }

    private static Component person(DeadLetter letter) {
        var link = ForwardingView.link(Navigation.person(letter.person()), "");
        link.add(ClientText.line(letter.person(), 60));
        return link;
    }

    private Component action(DeadLetter letter) {
        if (letter.again()) {
            var waiting = new Span("being tried again");
            waiting.addClassName("q");
            return waiting;
        }
        if (!mayAct) {
            return new Span();
        }
        var button = new Button("Retry", _ -> retry.accept(List.of(letter)));
        button.addThemeNames("tertiary", "small");
        button.setAriaLabel("Retry item " + letter.item());
        Focus.about(button, letter.item().toString());
        return letter.retriedBy() == null ? button : ForwardingView.twoLines(button, "in vain by " + letter.retriedBy());
    }
}
