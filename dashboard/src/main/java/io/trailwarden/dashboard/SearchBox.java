package io.trailwarden.dashboard;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.trailwarden.dashboard.Finder.Found;
import io.trailwarden.dashboard.Finder.Group;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.store.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The search at the top: `/` goes there, what is found opens below it in groups, arrows choose, Enter opens, Escape closes.
///
/// However fast somebody types, one question at a time is under way; what was typed meanwhile is asked next, and only the
/// last of it. Commands, which take longest, come after everything else and below it, so that nothing moves.
final class SearchBox extends Div {

    private static final String WHAT = "Find a person, host, server, rule, command…";
    private static final int SHOWN = 80;

    private final Finder finder;
    private final Readings readings;
    private final TextField field = new TextField();
    private final Popover popover = new Popover();
    private final Div results = new Div();
    private final List<Anchor> lines = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private String answered = "";
    private int chosen;
    private boolean busy;
    private int turns;
    private @Nullable Asked next;

    /// What somebody typed.
    ///
    /// @param open whether the first that is found is to be opened
    private record Asked(String text, boolean open) {
    }

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
        field.setAriaLabel("Find a person, session, alert, MCP server, destination, rule, command or page");
        field.setMaxLength(512);
        field.setWidthFull();
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(250);
        field.addValueChangeListener(changed -> {
            if (changed.isFromClient()) {
                ask(new Asked(changed.getValue(), false));
            }
        });
        var key = new Span("/");
        key.addClassName("kbd");
        field.setSuffixComponent(key);
        // Filtered in the browser: a key listener of Vaadin's own would tell the server of every letter, at once.
        field.getElement().addEventListener("keydown", event -> press(event.getEventData().get("event.key").asString()))
                .addEventData("event.key").setFilter("['Enter', 'ArrowDown', 'ArrowUp', 'Escape'].includes(event.key)");
        // The popover says on the input that it opens; only a combobox may say so.
        field.addAttachListener(_ -> field.getElement().executeJs("this.inputElement.setAttribute('role', 'combobox')"));
        Keys.on(this, Map.of("/", field::focus));
    }

    private void press(String key) {
        switch (key) {
            case "Enter" -> enter();
            case "ArrowDown" -> choose(chosen + 1);
            case "ArrowUp" -> choose(chosen - 1);
            default -> close();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        // Whatever was asked before heard that nobody is there.
        busy = false;
        next = null;
    }

    private void ask(Asked asked) {
        next = asked;
        if (!busy) {
            askNext();
        }
    }

    private void askNext() {
        var asked = next;
        next = null;
        if (asked == null) {
            return;
        }
        if (asked.text().isBlank()) {
            close();
            return;
        }
        var who = Who.asks();
        read(() -> finder.named(asked.text(), who), answer -> {
            switch (answer) {
                case Answer.Found<List<Found>>(var list) -> named(asked, list);
                case Answer.Failed<List<Found>> _ -> only("Cannot look now: the database does not answer.");
            }
        });
    }

    /// Reads in the background; `then` hears of it unless something else was typed meanwhile, or the search was closed.
    private void read(Supplier<List<Found>> question, Consumer<Answer<List<Found>>> then) {
        busy = true;
        int turn = ++turns;
        readings.ask(this, question, answer -> {
            busy = false;
            if (next != null) {
                askNext();
            } else if (turn == turns) {
                then.accept(answer);
            }
        });
    }

    private void named(Asked asked, List<Found> list) {
        answered = asked.text();
        clear();
        if (asked.open() && !list.isEmpty()) {
            open(list.getFirst());
            return;
        }
        add(list);
        var looking = said("Looking through commands…");
        results.add(looking);
        popover.setOpened(true);
        read(() -> finder.commands(asked.text()), answer -> {
            looking.removeFromParent();
            switch (answer) {
                case Answer.Found<List<Found>>(var commands) -> commands(asked, commands);
                case Answer.Failed<List<Found>> _ -> results.add(said("Commands could not be looked through now."));
            }
        });
    }

    private void commands(Asked asked, List<Found> list) {
        if (asked.open() && !list.isEmpty()) {
            open(list.getFirst());
        } else if (list.isEmpty() && found.isEmpty()) {
            only("Nothing begins like this, and no command of the newest %s records has it. Sessions and alerts are found by their whole id."
                    .formatted(NumberLink.format(Commands.RECORDS)));
        } else {
            add(list);
        }
    }

    /// Adds what was found below what is there, a heading over each group.
    private void add(List<Found> list) {
        boolean first = found.isEmpty();
        for (var group : Group.values()) {
            var those = list.stream().filter(each -> each.group() == group).toList();
            if (!those.isEmpty()) {
                results.add(group(group, those));
                found.addAll(those);
            }
        }
        if (first) {
            choose(0);
        }
    }

    private Component group(Group group, List<Found> those) {
        var heading = new Span(group.words());
        heading.addClassName("kind");
        var block = new Div(heading);
        block.getElement().setAttribute("role", "group");
        block.getElement().setAttribute("aria-label", group.words());
        those.forEach(each -> {
            var line = line(each);
            lines.add(line);
            block.add(line);
        });
        return block;
    }

    private static Anchor line(Found found) {
        Component name = found.group().ours() ? new OurText(InertText.line(found.name(), SHOWN)) : ClientText.line(found.name(), SHOWN);
        var line = new Anchor(found.address());
        line.setRouterIgnore(false);
        line.add(name);
        if (found.about() != null) {
            line.add(ClientText.line(found.about(), 40));
        }
        return line;
    }

    private void only(String words) {
        clear();
        results.add(said(words));
        popover.setOpened(true);
    }

    private static Component said(String words) {
        var said = new Div(new Span(words));
        said.addClassName("none");
        said.getElement().setAttribute("role", "status");
        return said;
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
            ask(new Asked(field.getValue(), true));
        }
    }

    private void open(Found one) {
        close();
        field.clear();
        getUI().ifPresent(ui -> ui.navigate(one.address()));
    }

    private void clear() {
        results.removeAll();
        found.clear();
        lines.clear();
        chosen = 0;
    }

    /// What was found goes; what was typed stays.
    void close() {
        next = null;
        turns++;
        answered = "";
        popover.setOpened(false);
        clear();
    }
}
