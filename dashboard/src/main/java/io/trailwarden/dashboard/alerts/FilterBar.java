package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertQuery.Order;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Due.Age;
import io.trailwarden.alert.Severity;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.SeverityMark;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the queue is narrowed to, one chip for each filter, and the form that adds more. Everything leads to another
/// address of the page.
final class FilterBar extends Div {

    private final List<String> rules;
    private final Consumer<AlertsFilter> narrow;
    private final @Nullable Runnable export;

    /// @param rules ids that can be chosen
    /// @param narrow goes to the address of a filter
    /// @param export asks as what the list shall be taken away; null for somebody who may not
    FilterBar(List<String> rules, Consumer<AlertsFilter> narrow, @Nullable Runnable export) {
        this.rules = List.copyOf(rules);
        this.narrow = narrow;
        this.export = export;
        addClassNames("chips", "filters");
    }

    /// Shows `filter`.
    void show(AlertsFilter filter) {
        removeAll();
        add(chip("State", new Span(states(filter)), filter.statuses().equals(Alerts.UNFINISHED) ? null : filter.in(Alerts.UNFINISHED).closedWithin(0)));
        if (!filter.severities().isEmpty()) {
            add(chip("Severity", new Span(severities(filter)), filter.of(List.of())));
        }
        var owner = filter.owner();
        if (owner != null) {
            add(chip("Owner", new Span(owner), filter.ownedBy(null)));
        }
        var rule = filter.rule();
        if (rule != null) {
            add(chip("Rule", ClientText.line(rule, 80), filter.ofRule(null)));
        }
        var person = filter.person();
        if (person != null) {
            add(chip("Person", ClientText.line(person, 60), filter.about(null)));
        }
        var session = filter.session();
        if (session != null) {
            add(chip("Session", ClientText.line(session, 40), filter.inSession(null)));
        }
        var text = filter.text();
        if (text != null) {
            add(chip("Title holds", ClientText.line(text, 60), filter.saying(null)));
        }
        var age = filter.age();
        if (age != null) {
            add(chip("Raised", new Span(words(age)), filter.aged(null)));
        }
        if (filter.closedDays() > 0) {
            add(chip("Closed", new Span("in the last " + filter.closedDays() + " days"), filter.closedWithin(0)));
        }
        if (filter.late()) {
            add(chip("Late", new Span("nobody acknowledged it in time"), filter.lateOnly(false)));
        }
        var sorted = new Span("Sorted by " + words(filter.inOrder()));
        sorted.addClassNames("sorted", "s", "xs");
        add(more(filter), sorted);
        if (export != null) {
            var away = new Button("Export…", _ -> export.run());
            away.addThemeNames("tertiary", "small");
            away.addClassName("export");
            add(away);
        }
    }

    private static Component chip(String name, Component value, @Nullable AlertsFilter without) {
        var label = new Span(name);
        label.addClassName("b");
        var chip = new Span(label, value);
        chip.addClassName("chip");
        if (without != null) {
            var away = new Anchor(Navigation.alerts(without), "×");
            away.setRouterIgnore(false);
            away.getElement().setAttribute("aria-label", "Without " + name.toLowerCase(Locale.ROOT));
            chip.add(away);
        }
        return chip;
    }

    private static String states(AlertsFilter filter) {
        return filter.statuses().isEmpty() ? "any" : filter.statuses().stream().sorted().map(Status::wireName).collect(Collectors.joining(", "));
    }

    private static String severities(AlertsFilter filter) {
        return filter.severities().stream().sorted(Comparator.reverseOrder()).map(FilterBar::word).collect(Collectors.joining(", "));
    }

    private static String word(Severity severity) {
        return SeverityMark.word(severity).toLowerCase(Locale.ROOT);
    }

    private static String words(Age age) {
        return switch (age) {
            case UNDER_1_HOUR -> "within 1 h";
            case UNDER_8_HOURS -> "1 to 8 h ago";
            case UNDER_1_DAY -> "8 to 24 h ago";
            case UNDER_3_DAYS -> "1 to 3 days ago";
            case OLDER -> "more than 3 days ago";
        };
    }

    private static String words(Order order) {
        return switch (order) {
            case GRAVEST -> "severity, then age";
            case NEWEST -> "age, newest first";
            case OLDEST -> "age, oldest first";
        };
    }

    private Component more(AlertsFilter filter) {
        var add = new Button("+ Filter");
        add.addClassNames("chip", "add");
        add.addThemeNames("tertiary", "small");
        var form = new Popover();
        form.setTarget(add);
        form.setPosition(PopoverPosition.BOTTOM_START);
        form.setAriaLabel("Filters");
        form.addClassName("filter-form");
        form.addOpenedChangeListener(change -> {
            if (change.isOpened() && form.getChildren().findAny().isEmpty()) {
                form.add(form(filter, form));
            }
        });
        return new Span(add, form);
    }

    /// Made when it is first opened. Each field narrows at once; the page then shows another bar.
    private Component form(AlertsFilter filter, Popover around) {
        var states = new CheckboxGroup<Status>("State");
        states.setItems(Status.values());
        states.setItemLabelGenerator(Status::wireName);
        states.setValue(filter.statuses());
        states.addValueChangeListener(change -> go(around, filter.in(change.getValue()).closedWithin(0).in(change.getValue())));
        var severities = new CheckboxGroup<Severity>("Severity");
        severities.setItems(List.of(Severity.values()).reversed());
        severities.setItemLabelGenerator(FilterBar::word);
        severities.setValue(filter.severities());
        severities.addValueChangeListener(change -> go(around, filter.of(change.getValue())));
        var owner = new TextField("Owner", Objects.requireNonNullElse(filter.owner(), ""), change -> go(around, filter.ownedBy(said(change.getValue()))));
        owner.setPlaceholder("me, nobody, or an account");
        var text = new TextField("Title holds", Objects.requireNonNullElse(filter.text(), ""), change -> go(around, filter.saying(said(change.getValue()))));
        var person = new TextField("Person, whole name", Objects.requireNonNullElse(filter.person(), ""), change -> go(around, filter.about(said(change.getValue()))));
        List.of(owner, text, person).forEach(field -> {
            field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
            field.setMaxLength(200);
            field.setClearButtonVisible(true);
        });
        var rule = new ComboBox<String>("Rule", rules);
        rule.setValue(filter.rule());
        rule.setClearButtonVisible(true);
        rule.addValueChangeListener(change -> go(around, filter.ofRule(change.getValue())));
        var order = new Select<Order>();
        order.setLabel("Sorted by");
        order.setItems(Order.values());
        order.setItemLabelGenerator(FilterBar::words);
        order.setValue(filter.inOrder());
        order.addValueChangeListener(change -> go(around, filter.ordered(change.getValue())));
        var late = new Checkbox("Late ones only", filter.late());
        late.addValueChangeListener(change -> go(around, filter.lateOnly(change.getValue())));
        var form = new Div(states, severities, text, rule, person, owner, order, late);
        form.addClassName("fields");
        return form;
    }

    private void go(Popover around, AlertsFilter to) {
        around.close();
        narrow.accept(to);
    }

    private static @Nullable String said(String value) {
        return value.isBlank() ? null : value.strip();
    }
}
