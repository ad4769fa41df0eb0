package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Severity;
import io.trailwarden.alert.Tally;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;

/// The usual questions to the queue as tabs, each with its number.
final class Views extends Nav {

    static final int WEEK = 7;

    Views() {
        addClassName("tabs");
        getElement().setAttribute("aria-label", "Views");
    }

    /// A view that has a name.
    enum View {
        OPEN("Open", AlertsFilter.OPEN),
        NO_OWNER("No owner", AlertsFilter.OPEN.ownedBy(AlertsFilter.NOBODY)),
        MINE("Mine", AlertsFilter.OPEN.ownedBy(AlertsFilter.ME)),
        GRAVE("Critical and high", AlertsFilter.OPEN.of(EnumSet.of(Severity.CRITICAL, Severity.HIGH))),
        LATE("Late", AlertsFilter.OPEN.lateOnly(true)),
        CLOSED("Closed this week", AlertsFilter.OPEN.closedWithin(WEEK));

        private final String label;
        private final AlertsFilter filter;

        View(String label, AlertsFilter filter) {
            this.label = label;
            this.filter = filter;
        }

        String label() {
            return label;
        }

        AlertsFilter filter() {
            return filter;
        }

        /// The view that `filter` is, in whichever order it is sorted.
        static Optional<View> of(AlertsFilter filter) {
            return Arrays.stream(values()).filter(view -> view.filter.equals(filter.ordered(null))).findFirst();
        }
    }

    /// What the tabs and the sentence count.
    record Counts(Tally tally, long closed) {

        long of(View view, String me) {
            return switch (view) {
                case OPEN -> tally.unfinished();
                case NO_OWNER -> tally.withoutOwner();
                case MINE -> tally.ownedBy(me);
                case GRAVE -> tally.of(Severity.CRITICAL) + tally.of(Severity.HIGH);
                case LATE -> tally.late();
                case CLOSED -> closed;
            };
        }
    }

    /// Shows the tabs, the one of `filter` as the one that is open.
    void show(Counts counts, String me, AlertsFilter filter) {
        removeAll();
        for (var view : View.values()) {
            add(tab(view, counts.of(view, me), View.of(filter).filter(view::equals).isPresent()));
        }
    }

    private static Component tab(View view, long count, boolean open) {
        var number = new Span(NumberLink.format(count));
        number.addClassName("q");
        var tab = new Anchor(Navigation.alerts(view.filter()));
        tab.setRouterIgnore(false);
        tab.add(new Span(view.label()), number);
        if (open) {
            tab.getElement().setAttribute("aria-current", "page");
        }
        return tab;
    }
}
