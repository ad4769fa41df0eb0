package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.trailwarden.dashboard.Finder.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The search at the top: `/` goes there, what is found opens below it, arrows choose, Enter opens.
final class SearchBox extends Div {

    private static final String WHAT = "Find a person, session, alert or page";
    private static final int SHOWN = 80;

    private final Finder finder;
    private final Readings readings;
    private final TextField field = new TextField();
    private final Popover popover = new Popover();
    private final Div results = new Div();
    private final List<Anchor> lines = new ArrayList<>();
    private List<Found> found = List.of();
    private String answered = "";
    private int chosen;
    private int asked;

    SearchBox(Finder finder, Readings readings) {
        this.finder = finder;
        this.readings = readings;
        addClassName("find");
        results.addClassName("found");
        results.getElement().setAttribute("role", "group");
        results.getElement().setAttribute("aria-label", "Found");
        popover.setTarget(field);
        popover.setOpenOnClick(false);
        popover.setOpenOnFocus(false);
        popover.setOpenOnHover(false);
        popover.setAutofocus(false);
        popover.setPosition(PopoverPosition.BOTTOM_START);
        popover.setAriaLabel("Found");
        popover.add(results);
        field();
        add(field, popover);
    }

    private void field() {
        field.setPlaceholder(WHAT);
        field.setAriaLabel(WHAT);
        field.setMaxLength(512);
        field.setWidthFull();
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(200);
        field.addValueChangeListener(changed -> {
            if (changed.isFromClient()) {
                ask(changed.getValue(), false);
            }
        });
        var key = new Span("/");
        key.addClassName("kbd");
        field.setSuffixComponent(key);
        field.addKeyDownListener(Key.ENTER, _ -> enter());
        field.addKeyDownListener(Key.ARROW_DOWN, _ -> choose(chosen + 1));
        field.addKeyDownListener(Key.ARROW_UP, _ -> choose(chosen - 1));
        field.addKeyDownListener(Key.ESCAPE, _ -> close());
        // The popover says on the input that it opens; only a combobox may say so.
        field.addAttachListener(_ -> field.getElement().executeJs("this.inputElement.setAttribute('role', 'combobox')"));
        Keys.on(this, Map.of("/", field::focus));
    }

    private void ask(String text, boolean openFirst) {
        int turn = ++asked;
        var who = Who.asks();
        readings.ask(this, () -> finder.find(text, who), answer -> {
            if (turn == asked) {
                switch (answer) {
                    case Readings.Answer.Found<List<Found>>(var list) -> show(text, list, openFirst);
                    case Readings.Answer.Failed<List<Found>> _ -> say("Cannot look now: the database does not answer.");
                }
            }
        });
    }

    private void show(String text, List<Found> list, boolean openFirst) {
        found = list;
        answered = text;
        lines.clear();
        if (openFirst && !list.isEmpty()) {
            open(list.getFirst());
            return;
        }
        if (text.isBlank()) {
            close();
            return;
        }
        if (list.isEmpty()) {
            say("Nothing begins like this. Sessions and alerts are found by their whole id.");
            return;
        }
        results.removeAll();
        list.forEach(each -> {
            var line = line(each);
            lines.add(line);
            results.add(line);
        });
        choose(0);
        popover.setOpened(true);
    }

    private void say(String words) {
        found = List.of();
        var said = new Div(new Span(words));
        said.addClassName("none");
        results.removeAll();
        results.add(said);
        popover.setOpened(true);
    }

    private static Anchor line(Found found) {
        var kind = new Span(found.kind());
        kind.addClassName("kind");
        Component name = found.ours() ? new OurText(InertText.line(found.name(), SHOWN)) : ClientText.line(found.name(), SHOWN);
        var line = new Anchor(found.address());
        line.setRouterIgnore(false);
        line.add(kind, name);
        if (found.about() != null) {
            line.add(ClientText.line(found.about(), 40));
        }
        return line;
    }

    private void choose(int wanted) {
        if (lines.isEmpty()) {
            return;
        }
        chosen = Math.floorMod(wanted, lines.size());
        for (int at = 0; at < lines.size(); at++) {
            lines.get(at).setClassName("chosen", at == chosen);
        }
    }

    private void enter() {
        if (popover.isOpened() && answered.equals(field.getValue()) && chosen < found.size()) {
            open(found.get(chosen));
        } else {
            ask(field.getValue(), true);
        }
    }

    private void open(Found one) {
        close();
        field.clear();
        getUI().ifPresent(ui -> ui.navigate(one.address()));
    }

    /// What was found goes; what was typed stays.
    void close() {
        asked++;
        popover.setOpened(false);
        found = List.of();
        lines.clear();
    }
}
