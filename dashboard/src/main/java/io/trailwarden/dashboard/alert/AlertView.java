package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Checklist;
import io.trailwarden.alert.Triage;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Keys;
import io.trailwarden.dashboard.Masks;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.Roles;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.rules.RuleBook;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.rules.Rules;
import io.trailwarden.store.Trail;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One alert: what happened and why it matters, the records that show it, whose agent it was, what to do next, and what
/// others did about it.
@Route("alerts")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class AlertView extends Div implements HasUrlParameter<String>, HasDynamicTitle, Titled {

    private static final int SIMILAR = 5;

    private final Trail trail;
    private final Alerts alerts;
    private final Triage triage;
    private final Checklist checklist;
    private final Rules rules;
    private final RuleBook book;
    private final Masks masks;
    private final Inventory inventory;
    private final Readings readings;
    private final InstantSource clock;
    private final Keys keys;
    private String asked = "";
    private int turn;
    private String title = "Alert";
    private AlertsFilter list = AlertsFilter.OPEN;

    /// As of the request that opened the page; what is read in the background has none.
    private Who viewer = new Who("", List.of());
    private @Nullable Neighbours neighbours;

    /// Whether the alert and its place in the list are read, or cannot be.
    private boolean placed;
    private final Span place = new Span();
    private @Nullable Alert shown;
    private @Nullable Lead lead;
    private @Nullable Part<?> history;
    private Alerts.@Nullable Registration listening;

    @Inject
    AlertView(Trail trail, Alerts alerts, Triage triage, Checklist checklist, Rules rules, RuleBook book, Masks masks,
            Inventory inventory, Readings readings, InstantSource clock) {
        this.trail = trail;
        this.alerts = alerts;
        this.triage = triage;
        this.checklist = checklist;
        this.rules = rules;
        this.book = book;
        this.masks = masks;
        this.inventory = inventory;
        this.readings = readings;
        this.clock = clock;
        addClassNames("page", "alert");
        keys = Keys.on(this, List.of("a", "e", "c", "j", "k"), () -> placed, this::press, clock);
        place.addClassName("place");
    }

    @Override
    public void setParameter(BeforeEvent arriving, String key) {
        asked = key;
        var parameters = arriving.getLocation().getQueryParameters();
        list = AlertsFilter.of(parameters::getSingleParameter);
        viewer = Who.asks();
        if (isAttached()) {
            open();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        listening = triage.listen(change -> Pages.push(ui, () -> changed(change)));
        open();
    }

    /// Nobody asks for it where a session or the program ends.
    @PermitAll
    @Override
    protected void onDetach(DetachEvent left) {
        if (listening != null) {
            listening.close();
        }
    }

    /// Somebody, perhaps the one who looks, did something to the alert.
    private void changed(Triage.Change change) {
        var now = shown;
        if (now == null || !isAttached() || !change.alerts().contains(now.key())) {
            return;
        }
        readings.ask(this, () -> alerts.get(now.key()), answer -> {
            if (answer instanceof Answer.Found<Optional<Alert>>(var found) && found.isPresent() && lead != null && now == shown) {
                shown = found.get();
                lead.now(found.get());
                if (history != null) {
                    history.refresh();
                }
            }
        });
    }

    /// Whoever works through a list goes on in it, whatever became of the alert that they leave.
    private void go(@Nullable AlertKey key) {
        if (key != null) {
            getUI().ifPresent(ui -> ui.navigate(Navigation.alert(key), QueryParameters.simple(list.parameters())));
        }
    }

    private void readPlace(AlertKey key, String me) {
        var query = list.query(me, clock.instant());
        readings.ask(this, () -> Neighbours.of(key, query, alerts), answer -> {
            if (shown == null || !shown.key().equals(key)) {
                return;
            }
            placed = true;
            keys.resume();
            if (answer instanceof Answer.Found<Neighbours>(var found)) {
                neighbours = found;
                place.removeAll();
                place.add(Titled.slash(), new Span(found.place() == 0 ? NumberLink.format(found.of()) + " in the list"
                        : found.place() + " of " + NumberLink.format(found.of())), key("k", found.before(), "The one before"),
                        key("j", found.after(), "The next one"));
            }
        });
    }

    private Component key(String letter, @Nullable AlertKey to, String words) {
        var hint = new Span(letter);
        hint.addClassName("kbd");
        if (to == null) {
            hint.addClassName("off");
            hint.getElement().setAttribute("aria-hidden", "true");
            return hint;
        }
        var link = link(Navigation.alert(to, list));
        link.add(hint);
        link.getElement().setAttribute("aria-label", words);
        link.getElement().setAttribute("title", words + ", key " + letter);
        return link;
    }

    private void press(String key) {
        switch (key) {
            case "j" -> go(neighbours == null ? null : neighbours.after());
            case "k" -> go(neighbours == null ? null : neighbours.before());
            case String _ when lead != null -> lead.press(key);
            case String _ -> {
            }
        }
    }

    /// Nothing of the alert before is left that a key could still work on.
    private void open() {
        shown = null;
        lead = null;
        history = null;
        neighbours = null;
        placed = false;
        removeAll();
        add(Message.loading(6));
        int mine = ++turn;
        var wanted = asked;
        readings.ask(this, () -> alert(wanted), answer -> {
            if (mine != turn) {
                return;
            }
            removeAll();
            switch (answer) {
                case Answer.Found<Optional<Alert>>(var found) -> found.ifPresentOrElse(this::fill, () -> nothing(unknown()));
                case Answer.Failed<Optional<Alert>> failed -> nothing(Part.failure("The alert", failed, this::open));
            }
        });
    }

    private void nothing(Component words) {
        add(words);
        keys.forget();
    }

    private Optional<Alert> alert(String wanted) {
        try {
            return alerts.get(new AlertKey(UUID.fromString(wanted)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Component unknown() {
        return Message.empty("There is no such alert.",
                new Paragraph("The address may be cut short. Alerts are not deleted, closed ones included."),
                new Paragraph(new NumberLink("All open alerts", Navigation.ALERTS.path())));
    }

    private void fill(Alert alert) {
        var moments = Viewer.moments(clock);
        title = alert.title();
        getUI().ifPresent(ui -> ui.getPage().setTitle(titled()));
        var top = new Lead(alert, new Actions(alert, triage, readings, viewer), moments);
        shown = alert;
        lead = top;
        place.removeAll();
        readPlace(alert.key(), viewer.name());
        var main = new Div(Message.loading(8));
        main.addClassName("main");
        var side = new Div();
        side.addClassName("side");
        var columns = new Div(main, side);
        columns.addClassNames("columns", "wide-left");
        add(top, columns);
        readScene(alert, top, main, side, moments);
    }

    private void readScene(Alert alert, Lead top, Div main, Div side, Moments moments) {
        readings.ask(this, () -> Scene.read(alert, trail), answer -> {
            if (top != lead) {
                return;
            }
            main.removeAll();
            side.removeAll();
            switch (answer) {
                case Answer.Found<Scene>(var scene) -> {
                    top.tell(scene);
                    var rule = rules.find(alert.rule());
                    main.add(new WhyPart(scene, rule, book::listed), new HappenedPart(scene, trail, readings, masks, moments, viewer),
                            new ElsewherePart(scene));
                    fillSide(side, scene, rule, moments);
                }
                case Answer.Failed<Scene> failed ->
                        main.add(Part.failure("What happened", failed, () -> readScene(alert, top, main, side, moments)));
            }
        });
    }

    private void fillSide(Div side, Scene scene, Optional<RuleInfo> rule, Moments moments) {
        var alert = scene.alert();
        var done = new Part<>("History", 3, readings, () -> HistoryPart.Read.of(alert, triage, checklist),
                read -> HistoryPart.list(alert, read, moments));
        var runbook = new RunbookPart(alert.key(), rule.map(RuleInfo::runbook).orElse(List.of()), () -> Answers.of(scene, inventory), checklist, readings,
                moments, viewer, done::refresh);
        var similar = new Part<>("Similar, and how they ended", 3, readings,
                () -> alerts.find(AlertQuery.any().ofRule(alert.rule()).limit(SIMILAR + 1)).stream()
                        .filter(other -> !other.key().equals(alert.key())).limit(SIMILAR).toList(),
                others -> SimilarPart.list(others, moments));
        similar.note(new NumberLink("all of this rule", Navigation.alerts(AlertsFilter.OPEN.in(List.of()).ofRule(alert.rule()))));
        side.add(new PersonPart(scene, alerts, readings, moments), runbook, similar, done);
        history = done;
    }

    @Override
    public String getPageTitle() {
        return titled();
    }

    /// Private, because roles are checked on a page's open methods, and what was read in the background arrives outside of
    /// any request that could tell them.
    private String titled() {
        return InertText.plain(title, 120) + " · Trailwarden";
    }

    @Override
    public Component[] crumbs() {
        var here = new Span(asked.length() > 8 ? asked.substring(0, 8).toLowerCase(Locale.ROOT) : asked);
        here.addClassName("c");
        var queue = link(Navigation.alerts(list));
        queue.add(new Span(Navigation.ALERTS.label()));
        return new Component[] {queue, Titled.slash(), here, place};
    }

    static Anchor link(String path) {
        var link = new Anchor(path);
        link.setRouterIgnore(false);
        return link;
    }
}
