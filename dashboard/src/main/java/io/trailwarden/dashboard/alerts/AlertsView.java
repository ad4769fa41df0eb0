package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Severity;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.WaitingNews;
import io.trailwarden.identity.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The queue: what to look at next, newest first. New alerts wait until they are asked for, so that nothing jumps.
@Route("alerts")
@PageTitle("Alerts · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class AlertsView extends Div implements BeforeEnterObserver, Titled {

    private final Alerts alerts;
    private final Readings readings;
    private final InstantSource clock;
    private final Sentence sentence = new Sentence();
    private final Nav tabs = new Nav();
    private final Div place = new Div();
    private final WaitingNews news = new WaitingNews(this::showAll);
    private Status status = Status.OPEN;
    private Alerts.@Nullable Registration listening;

    @Inject
    AlertsView(Alerts alerts, Readings readings, InstantSource clock) {
        this.alerts = alerts;
        this.readings = readings;
        this.clock = clock;
        addClassNames("page", "tall");
        tabs.addClassName("tabs");
        tabs.getElement().setAttribute("aria-label", "Alerts by state");
        place.addClassNames("fill", "column");
        sentence.say("Alerts");
        var lead = new Div(sentence);
        lead.addClassName("lead");
        add(lead, tabs, news, place);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent arriving) {
        status = arriving.getLocation().getQueryParameters().getSingleParameter("status").map(AlertsView::statusOf)
                .orElse(Status.OPEN);
        if (isAttached()) {
            showAll();
        }
    }

    private static Status statusOf(String wireName) {
        return Arrays.stream(Status.values()).filter(status -> status.wireName().equals(wireName)).findFirst()
                .orElse(Status.OPEN);
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        listening = alerts.listen(alert -> Pages.push(ui, () -> raised(alert)));
        showAll();
    }

    @Override
    protected void onDetach(DetachEvent left) {
        if (listening != null) {
            listening.close();
        }
    }

    private void raised(Alert alert) {
        if (alert.status() == status && isAttached()) {
            news.more(1, "alert");
            count();
        }
    }

    private void showAll() {
        news.none();
        count();
        place.removeAll();
        place.add(list());
    }

    private Part<CursorPages<Alert, AlertKey>> list() {
        var heading = "Alerts, " + status.wireName();
        var shown = new Part<CursorPages<Alert, AlertKey>>(heading, 12, readings, this::firstPage, this::listed);
        shown.addClassNames("fill", "bare");
        return shown;
    }

    private CursorPages<Alert, AlertKey> firstPage() {
        var pages = new CursorPages<Alert, AlertKey>(after -> {
            var found = alerts.find(AlertQuery.any().in(status).after(after).limit(Rows.PAGE));
            return new Slice<>(found, found.size() < Rows.PAGE ? null : found.getLast().key());
        });
        pages.rows(0, Rows.PAGE);
        return pages;
    }

    private Component listed(CursorPages<Alert, AlertKey> pages) {
        if (pages.read() == 0) {
            return nothing();
        }
        return new Rows<>("alerts", pages, AlertRow.renderer(Viewer.moments(clock)), this::showAll, "severity",
                "what happened", "person", "records", "age");
    }

    private Component nothing() {
        return switch (status) {
            case OPEN -> Message.empty("Nothing is open.",
                    new Paragraph("Rules look at every record as it is stored. An alert appears here about a second after "
                            + "what caused it; this page need not be reloaded."));
            case ACKNOWLEDGED -> Message.empty("Nobody is working on an alert.",
                    new Paragraph("An alert comes here once somebody has taken it."));
            case CLOSED -> Message.empty("No alert was closed yet.",
                    new Paragraph("Closed alerts stay, with the reason that was given."));
        };
    }

    /// What the top of the page says; counted with the list, so that both tell the same.
    private record Counts(Map<Status, Long> byStatus, long critical, long high) {
    }

    private void count() {
        readings.ask(this, this::counts, answer -> {
            if (answer instanceof Readings.Answer.Found<Counts>(var counts)) {
                say(counts);
            }
        });
    }

    private Counts counts() {
        var byStatus = new EnumMap<Status, Long>(Status.class);
        for (var each : Status.values()) {
            byStatus.put(each, alerts.count(AlertQuery.any().in(each)));
        }
        var newest = alerts.find(AlertQuery.any().in(Status.OPEN).limit(AlertQuery.MOST));
        return new Counts(byStatus, with(newest, Severity.CRITICAL), with(newest, Severity.HIGH));
    }

    private static long with(java.util.List<Alert> open, Severity severity) {
        return open.stream().filter(alert -> alert.severity() == severity).count();
    }

    private void say(Counts counts) {
        long open = counts.byStatus().getOrDefault(Status.OPEN, 0L);
        sentence.removeAll();
        if (open == 0) {
            sentence.say("Nothing is open");
        } else {
            sentence.say(Sentence.counted(open, "open alert"));
            graver(counts.critical(), Severity.CRITICAL);
            graver(counts.high(), Severity.HIGH);
        }
        tabs.removeAll();
        counts.byStatus().forEach((each, count) -> tabs.add(tab(each, count)));
    }

    private void graver(long count, Severity severity) {
        if (count > 0) {
            var words = new Span(SeverityMark.counted(severity, count));
            words.addClassName(SeverityMark.tone(severity));
            sentence.say(", ").with(words);
        }
    }

    private Component tab(Status each, long count) {
        var number = new Span(NumberLink.format(count));
        number.addClassName("q");
        var word = each.wireName();
        var tab = new Anchor(Navigation.alerts(word));
        tab.setRouterIgnore(false);
        tab.add(new Span(word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1)), number);
        if (each == status) {
            tab.getElement().setAttribute("aria-current", "page");
        }
        return tab;
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Alerts"), Titled.slash(), new Span(status.wireName())};
    }
}
