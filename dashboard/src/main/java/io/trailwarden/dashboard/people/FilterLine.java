package io.trailwarden.dashboard.people;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.PeopleFilter.Within;
import io.trailwarden.store.Fleet.Details;
import io.trailwarden.store.Fleet.Managed;
import io.trailwarden.store.Fleet.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What narrows the list of people: one line of controls that always shows what the address says.
final class FilterLine extends Div {

    private static final List<String> MODES = List.of("plan", "default", "acceptEdits", "auto", "dontAsk", "bypassPermissions");

    private final Consumer<PeopleFilter> narrow;
    private final TextField name = new TextField();
    private final Select<Choice<String>> mode;
    private final Select<Choice<String>> client;
    private final Select<Choice<Policy>> policy;
    private final Select<Choice<Within>> seen;
    private final Select<Choice<Order>> order;
    private final Checkbox risk = new Checkbox("At risk");
    private final Button all;
    private PeopleFilter filter = PeopleFilter.ALL;

    /// @param narrow shows the people of another filter
    FilterLine(Consumer<PeopleFilter> narrow) {
        this.narrow = narrow;
        addClassName("filters");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", "Which people");
        name.setPlaceholder("Part of a name");
        name.setAriaLabel("Part of a name");
        name.setClearButtonVisible(true);
        name.setMaxLength(200);
        name.setValueChangeMode(ValueChangeMode.LAZY);
        name.setValueChangeTimeout(250);
        name.addValueChangeListener(changed -> byHand(changed.isFromClient(), filter.named(orNull(changed.getValue()))));
        mode = select("Permission mode", choices("Any mode", MODES, Function.identity()), chosen -> filter.inMode(chosen));
        client = select("Version of the client", versions(List.of()), chosen -> filter.withClient(chosen));
        policy = select("Managed settings", choices("Any policy", List.of(Policy.values()), Policy::words),
                chosen -> filter.managed(chosen == null ? null : chosen.managed).details(chosen == null ? null : chosen.details));
        seen = select("Seen within", choices("Seen ever", List.of(Within.values()), within -> "Within " + within.words()),
                chosen -> filter.seenWithin(chosen));
        order = select("Order", choices("Last seen first", List.of(Order.NAME), _ -> "By name"),
                chosen -> filter.ordered(chosen == null ? Order.LAST_SEEN : chosen));
        risk.addValueChangeListener(changed -> byHand(changed.isFromClient(), filter.atRisk(changed.getValue())));
        all = new Button("Show everybody", _ -> narrow.accept(PeopleFilter.ALL));
        all.addThemeNames("tertiary", "small");
        add(name, mode, client, policy, seen, risk, order, all);
    }

    /// What a client said of managed settings, or shows of details, as one choice.
    private enum Policy {
        IN_FORCE("Settings in force", Managed.IN_FORCE, null),
        NOT_AT_ALL("No settings at all", Managed.NOT_AT_ALL, null),
        NOT_TOLD("Never told", Managed.NOT_TOLD, null),
        DETAILS_FULL("Details in full", null, Details.FULL),
        DETAILS_PART("Details in part", null, Details.PART),
        DETAILS_NONE("Details kept back", null, Details.NONE),
        DETAILS_NOT_TOLD("No details yet", null, Details.NOT_TOLD);

        private final String words;
        private final @Nullable Managed managed;
        private final @Nullable Details details;

        Policy(String words, @Nullable Managed managed, @Nullable Details details) {
            this.words = words;
            this.managed = managed;
            this.details = details;
        }

        /// Details say more where an address names both.
        static @Nullable Policy of(PeopleFilter filter) {
            return filter.details() != null ? valueOf("DETAILS_" + filter.details().name())
                    : filter.managed() != null ? valueOf(filter.managed().name()) : null;
        }

        String words() {
            return words;
        }
    }

    /// One line of a list.
    ///
    /// @param value null for any
    private record Choice<T>(@Nullable T value, String words) {
        @Override
        public String toString() {
            return words;
        }
    }

    private static <T> List<Choice<T>> choices(String any, List<T> values, Function<T, String> words) {
        var choices = new ArrayList<Choice<T>>();
        choices.add(new Choice<>(null, any));
        values.forEach(value -> choices.add(new Choice<>(value, words.apply(value))));
        return choices;
    }

    private static List<Choice<String>> versions(List<String> versions) {
        var choices = choices("Any client", List.of(PeopleFilter.OLD, PeopleFilter.NOT_TOLD),
                special -> special.equals(PeopleFilter.OLD) ? "Older than allowed" : "Version not told");
        versions.forEach(version -> choices.add(new Choice<>(version, Inert.of(version))));
        return choices;
    }

    private <T> Select<Choice<T>> select(String label, List<Choice<T>> choices, Function<@Nullable T, PeopleFilter> chosen) {
        var select = new Select<Choice<T>>();
        select.setAriaLabel(label);
        select.setItemLabelGenerator(Choice::words);
        select.setItems(choices);
        select.setValue(choices.getFirst());
        select.addValueChangeListener(changed -> byHand(changed.isFromClient(), chosen.apply(changed.getValue() == null ? null : changed.getValue().value())));
        return select;
    }

    private void byHand(boolean fromClient, PeopleFilter wanted) {
        if (fromClient && !wanted.equals(filter)) {
            narrow.accept(wanted);
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isBlank() ? null : text.strip();
    }

    /// Shows `shown`.
    void show(PeopleFilter shown) {
        filter = shown;
        if (!Objects.equals(orNull(name.getValue()), shown.text())) {
            name.setValue(Objects.requireNonNullElse(shown.text(), ""));
        }
        choose(mode, shown.mode());
        choose(client, shown.client());
        choose(policy, Policy.of(shown));
        choose(seen, shown.seen());
        choose(order, shown.order() == Order.LAST_SEEN ? null : shown.order());
        risk.setValue(shown.atRisk());
        all.setVisible(!shown.everybody());
    }

    /// Offers these versions.
    void offer(List<String> versions) {
        client.setItems(versions(versions));
        choose(client, filter.client());
    }

    private static <T> void choose(Select<Choice<T>> select, @Nullable T value) {
        var items = new ArrayList<>(select.getListDataView().getItems().toList());
        var chosen = items.stream().filter(choice -> Objects.equals(choice.value(), value)).findFirst();
        if (chosen.isEmpty() && value != null) {
            // An address may name what no list offers.
            var named = new Choice<>(value, Inert.of(value.toString()));
            items.add(named);
            select.setItems(items);
            select.setValue(named);
        } else {
            chosen.ifPresent(select::setValue);
        }
    }

    /// Client text in a place that takes plain text only.
    private static final class Inert {
        private static String of(String text) {
            var plain = new StringBuilder();
            io.trailwarden.dashboard.InertText.line(text, 40).forEach(piece -> plain.append(piece.text()));
            return plain.toString();
        }
    }

}
