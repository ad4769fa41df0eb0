package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Triage;
import io.trailwarden.dashboard.AlertActs;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.CloseDialog;
import io.trailwarden.dashboard.CommentDialog;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.HandOverDialog;
import io.trailwarden.dashboard.Keys;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.Notice;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.WaitingNews;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.alerts.Views.Counts;
import io.trailwarden.dashboard.alerts.Views.View;
import io.trailwarden.export.Exports;
import io.trailwarden.identity.Permission;
import io.trailwarden.identity.Roles;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.rules.Rules;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The queue: what to take next, and whether anything is late. What is new waits until it is asked for, and rows keep
/// their place whatever others do to their alerts, so that nothing moves under somebody's hand.
@Route("alerts")
@PageTitle("Alerts · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class AlertsView extends Div implements BeforeEnterObserver, Titled {

    private final Alerts alerts;
    private final Triage triage;
    private final Rules rules;
    private final Exports exports;
    private final Readings readings;
    private final InstantSource clock;
    private final AlertActs acts;
    private final Who who = Who.asks();
    private final boolean may = who.may(Permission.TRIAGE);
    private final Sentence sentence = new Sentence();
    private final Views views = new Views();
    private final FilterBar filters;
    private final Div place = new Div();
    private final WaitingNews news = new WaitingNews(this::showAll);
    private final ActionBar bar = new ActionBar(may, this::press);
    private final Keys keys;
    private AlertsFilter filter = AlertsFilter.OPEN;
    private @Nullable Queue queue;

    /// Whether the list is read; there may be nothing in it.
    private boolean listed;
    private @Nullable Dialog asking;
    private Alerts.@Nullable Registration raising;
    private Alerts.@Nullable Registration changing;

    @Inject
    AlertsView(Alerts alerts, Triage triage, Rules rules, Exports exports, Readings readings, InstantSource clock) {
        this.alerts = alerts;
        this.triage = triage;
        this.rules = rules;
        this.exports = exports;
        this.readings = readings;
        this.clock = clock;
        this.acts = new AlertActs(triage);
        filters = new FilterBar(rules.loaded().stream().map(RuleInfo::id).sorted().toList(), this::narrow,
                who.may(Permission.EXPORT) ? () -> ask(new ExportDialog(exports, filter, clock)) : null);
        addClassNames("page", "tall", "queue");
        place.addClassNames("fill", "column");
        sentence.say("Alerts");
        news.key(".");
        var lead = new Div(sentence);
        lead.addClassName("lead");
        add(lead, views, filters, news, place, bar);
        keys = Keys.on(this, QueueKeys.all(), () -> listed, this::press, clock);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent arriving) {
        filter = AlertsFilter.of(arriving.getLocation().getQueryParameters()::getSingleParameter);
        if (isAttached()) {
            showAll();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        raising = alerts.listen(alert -> Pages.push(ui, () -> raised(alert)));
        changing = triage.listen(change -> Pages.push(ui, () -> changed(change)));
        showAll();
    }

    /// Nobody asks for it where a session or the program ends.
    @PermitAll
    @Override
    protected void onDetach(DetachEvent left) {
        Stream.of(raising, changing).forEach(registration -> {
            if (registration != null) {
                registration.close();
            }
        });
    }

    private AlertQuery query() {
        return filter.query(who.name(), clock.instant());
    }

    private void narrow(AlertsFilter to) {
        getUI().ifPresent(ui -> ui.navigate(Navigation.ALERTS.path(), QueryParameters.simple(to.parameters())));
    }

    private void raised(Alert alert) {
        if (isAttached()) {
            if (query().matches(alert, clock.instant())) {
                news.more(1, "alert");
            }
            count();
        }
    }

    /// Somebody worked on alerts, here or at another screen: those that are read are shown as they are now.
    private void changed(Triage.Change change) {
        var shown = queue;
        if (!isAttached()) {
            return;
        }
        count();
        var mine = shown == null ? List.<AlertKey>of() : shown.among(change.alerts());
        if (shown != null && !mine.isEmpty()) {
            readings.ask(this, () -> alerts.get(mine), answer -> {
                if (answer instanceof Readings.Answer.Found<List<Alert>>(var now) && shown == queue) {
                    shown.update(now, alert -> query().matches(alert, clock.instant()));
                }
            });
        }
    }

    private void showAll() {
        var before = queue == null ? null : queue.current();
        news.none();
        filters.show(filter);
        queue = null;
        listed = false;
        settle();
        count();
        place.removeAll();
        place.add(list(before == null ? null : before.key()));
    }

    private Component list(@Nullable AlertKey cursor) {
        var asked = query();
        var shown = new Part<CursorPages<QueueRow, AlertKey>>("The alerts", 12, readings, () -> firstPage(asked), pages -> listed(pages, cursor));
        shown.addClassNames("fill", "bare");
        return shown;
    }

    private CursorPages<QueueRow, AlertKey> firstPage(AlertQuery asked) {
        var pages = new CursorPages<QueueRow, AlertKey>(after -> {
            var found = alerts.find(asked.after(after).limit(Rows.PAGE));
            return new Slice<>(found.stream().map(QueueRow::new).toList(), found.size() < Rows.PAGE ? null : found.getLast().key());
        });
        pages.rows(0, Rows.PAGE);
        return pages;
    }

    private Component listed(CursorPages<QueueRow, AlertKey> pages, @Nullable AlertKey cursor) {
        listed = true;
        keys.resume();
        if (pages.read() == 0) {
            return nothing();
        }
        var row = AlertRow.renderer(Viewer.moments(clock), filter, this::titleOf, may, this::touched, this::ticked);
        var made = new Queue(pages, row, this::showAll, this::settle);
        queue = made;
        made.startAt(cursor);
        return made.list();
    }

    private String titleOf(String rule) {
        return rules.find(rule).map(RuleInfo::title).orElseGet(() -> rule.replace('_', ' '));
    }

    private void touched(QueueRow row) {
        if (queue != null) {
            queue.point(row);
        }
    }

    private void ticked(QueueRow row) {
        if (queue != null && may) {
            queue.turn(row);
            queue.point(row);
        }
    }

    private void settle() {
        bar.selected(queue == null ? 0 : queue.selected().size());
    }

    private void press(String key) {
        if (asking != null && asking.isOpened()) {
            return;
        }
        if (key.equals("?")) {
            ask(QueueKeys.explain());
        } else if (key.equals(".")) {
            if (news.isVisible()) {
                showAll();
            }
        } else if (queue != null) {
            press(queue, key);
        }
    }

    /// One thing is asked at a time: a second key may be on its way before the first one's question is seen.
    private void ask(Dialog question) {
        asking = question;
        question.open();
    }

    private void press(Queue in, String key) {
        var current = in.current();
        switch (key) {
            case "j" -> in.move(1);
            case "k" -> in.move(-1);
            case "Enter" -> {
                if (current != null) {
                    getUI().ifPresent(ui -> ui.navigate(Navigation.alert(current.key()), QueryParameters.simple(filter.parameters())));
                }
            }
            case "Escape" -> in.clear(_ -> true);
            case "x" -> {
                if (current != null && may) {
                    in.turn(current);
                }
            }
            case "a" -> act(in, those -> after(in, acts.assignToMe(keys(those))));
            case "e" -> act(in, those -> after(in, acts.acknowledge(keys(those))));
            case "c" -> act(in, those -> ask(new CloseDialog(those, triage, readings, done -> after(in, done))));
            case "m" -> act(in, those -> ask(new CommentDialog(keys(those), triage, done -> after(in, done))));
            case ActionBar.HAND_OVER -> act(in, those -> ask(new HandOverDialog(keys(those), triage, readings, done -> after(in, done))));
            case String _ -> {
            }
        }
    }

    /// Works on what is selected, or on what is under the cursor.
    private static void act(Queue in, Consumer<List<Alert>> work) {
        if (!Who.asks().may(Permission.TRIAGE)) {
            Notice.say(AlertActs.whyNot() + ".");
            return;
        }
        var current = in.current();
        var those = in.selected();
        if (those.isEmpty() && current != null) {
            those = List.of(current.alert());
        }
        if (!those.isEmpty()) {
            work.accept(those);
        }
    }

    private static List<AlertKey> keys(List<Alert> those) {
        return those.stream().map(Alert::key).toList();
    }

    /// What was done need not be selected any more; what was not stays, for another try.
    private static void after(Queue in, List<AlertKey> done) {
        in.clear(done::contains);
    }

    private void count() {
        var week = AlertQuery.any().closedSince(clock.instant().minus(Duration.ofDays(Views.WEEK)));
        readings.ask(this, () -> new Counts(alerts.tally(), alerts.count(week)), answer -> {
            if (answer instanceof Readings.Answer.Found<Counts>(var counts)) {
                views.show(counts, who.name(), filter);
                say(counts);
            }
        });
    }

    private void say(Counts counts) {
        long open = counts.of(View.OPEN, who.name());
        sentence.removeAll();
        if (open == 0) {
            sentence.say("Nothing is open");
            return;
        }
        sentence.say(Sentence.counted(open, "open alert"));
        long unowned = counts.of(View.NO_OWNER, who.name());
        if (unowned > 0) {
            sentence.say(", ").with(new NumberLink(NumberLink.format(unowned) + " without an owner", Navigation.alerts(View.NO_OWNER.filter())));
        }
        long late = counts.of(View.LATE, who.name());
        if (late > 0) {
            var link = new NumberLink(NumberLink.format(late) + " late", Navigation.alerts(View.LATE.filter()));
            link.addClassName("high");
            sentence.say(", ").with(link);
        }
    }

    private Component nothing() {
        var all = new Paragraph(new NumberLink("All open alerts", Navigation.ALERTS.path()));
        return View.of(filter).map(view -> switch (view) {
            case OPEN -> Message.empty("Nothing is open.",
                    new Paragraph("Rules look at every record as it is stored. An alert appears here about a second after "
                            + "what caused it; this page need not be reloaded."));
            case NO_OWNER -> Message.empty("Every open alert has an owner.", new Paragraph("New ones come here until somebody takes them."), all);
            case MINE -> Message.empty("None is yours.", new Paragraph("Select alerts and press “Assign to me”: they come here."), all);
            case GRAVE -> Message.empty("Nothing critical or high is open.", all);
            case LATE -> Message.empty("Nothing is late.",
                    new Paragraph("An alert is late when nobody has acknowledged it in time: after 1 h for critical, 8 h for high, "
                            + "1 day for medium and 3 days for low ones."), all);
            case CLOSED -> Message.empty("No alert was closed this week.", new Paragraph("Closed alerts stay, with the reason that was given."), all);
        }).orElseGet(() -> Message.empty("No alert is like this.", new Paragraph("Take away a filter above to see more."), all));
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Alerts"), Titled.slash(), new Span(View.of(filter).map(View::label).orElse("Filtered"))};
    }
}
