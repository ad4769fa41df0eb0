package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Pace;
import io.trailwarden.alert.Tally;
import io.trailwarden.alert.Triage;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.PeopleFilter.Within;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Ticks;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.overview.Opening.Piece;
import io.trailwarden.forward.Forwarding;
import io.trailwarden.identity.Roles;
import io.trailwarden.inventory.Activity;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Kind;
import io.trailwarden.rules.RuleBook;
import io.trailwarden.rules.Rules;
import io.trailwarden.store.Fleet;
import io.trailwarden.store.Trail;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The start page: what needs a person now, and whether what is shown can be trusted.
@Route("")
@PageTitle("Overview · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class OverviewView extends Div implements Titled {

    private static final int TELEMETRY = 5;
    private static final Duration FORWARDING_EVERY = Duration.ofSeconds(10);

    private final Trail trail;
    private final Alerts alerts;
    private final Triage triage;
    private final Activity activity;
    private final Rules rules;
    private final Forwarding forwarding;
    private final Ticks ticks;
    private final Readings readings;
    private final Live live;
    private final InstantSource clock;
    private final Sentence sentence = new Sentence();
    private final Paragraph onward = new Paragraph();
    private final Div lead = new Div(sentence);
    private final List<Kept> parts = new ArrayList<>();
    private final boolean maySetUp = Navigation.SETUP.opensFor(Who.asks());
    private @Nullable Registration following;
    private @Nullable Registration ticking;
    private Alerts.@Nullable Registration listening;
    private Alerts.@Nullable Registration watching;
    private Instant saidAt = Instant.EPOCH;

    @Inject
    OverviewView(Trail trail, Fleet fleet, Alerts alerts, Pace pace, Triage triage, Activity activity, Inventory inventory, Rules rules, RuleBook book,
            Forwarding forwarding, Readings readings, Live live, Ticks ticks, InstantSource clock) {
        this.trail = trail;
        this.alerts = alerts;
        this.triage = triage;
        this.activity = activity;
        this.rules = rules;
        this.forwarding = forwarding;
        this.ticks = ticks;
        this.readings = readings;
        this.live = live;
        this.clock = clock;
        var moments = Viewer.moments(clock);
        var zone = moments.zone();
        addClassNames("page", "overview");
        lead.addClassName("lead");
        sentence.say("Overview");
        var blocks = new Div(
                kept(AlertsPart.part(alerts, pace, zone, readings), 5, Duration.ofSeconds(2)),
                kept(ModesPart.part(activity, clock, zone, readings), 7, Duration.ofSeconds(30)),
                kept(PolicyPart.part(activity, rules, clock, readings), 4, Duration.ofSeconds(30)),
                kept(ClientsPart.part(activity, book, clock, readings), 4, Duration.ofSeconds(30)),
                kept(ApprovalsPart.part(activity, alerts, clock, readings), 4, Duration.ofSeconds(30)),
                kept(TelemetryPart.part(trail, fleet, activity, rules, alerts, clock, readings), 3, Duration.ofSeconds(5)),
                kept(CounterpartsPart.part(Kind.MCP_SERVER, inventory, moments, readings), 3, Duration.ofSeconds(30)),
                kept(CounterpartsPart.part(Kind.DESTINATION, inventory, moments, readings), 3, Duration.ofSeconds(30)),
                kept(CostPart.part(activity, clock, readings), 3, Duration.ofSeconds(30)));
        // What there is to see before the first record.
        parts.get(TELEMETRY).part.addClassName("keeps");
        blocks.addClassName("twelve");
        add(lead, blocks);
    }

    /// A part and how often it is worth reading again while records come in.
    private static final class Kept {
        private final Part<?> part;
        private final Duration every;
        private Instant readAt;

        private Kept(Part<?> part, Duration every, Instant readAt) {
            this.part = part;
            this.every = every;
            this.readAt = readAt;
        }
    }

    private Component kept(Part<?> part, int columns, Duration every) {
        part.addClassName("w" + columns);
        parts.add(new Kept(part, every, clock.instant()));
        return part;
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        following = live.listen((_, _) -> Pages.push(ui, this::keep));
        listening = alerts.listen(_ -> Pages.push(ui, this::alertsChanged));
        watching = triage.listen(_ -> Pages.push(ui, this::alertsChanged));
        ticking = ticks.every(ui, FORWARDING_EVERY, this::sayOnward);
        say();
        sayOnward();
    }

    /// Nobody asks for it where a session or the program ends.
    @PermitAll
    @Override
    protected void onDetach(DetachEvent left) {
        if (following != null) {
            following.remove();
        }
        if (ticking != null) {
            ticking.remove();
        }
        for (var registration : new Alerts.Registration[] {listening, watching}) {
            if (registration != null) {
                registration.close();
            }
        }
    }

    /// Figures change in their place; a block whose time has not come stays as it is.
    private void keep() {
        var now = clock.instant();
        for (var kept : parts) {
            if (isAttached() && kept.readAt.plus(kept.every).isBefore(now)) {
                kept.readAt = now;
                kept.part.refresh();
            }
        }
        if (saidAt.plusSeconds(5).isBefore(now)) {
            say();
        }
    }

    private void alertsChanged() {
        if (isAttached()) {
            parts.getFirst().readAt = clock.instant();
            parts.getFirst().part.refresh();
            say();
        }
    }

    private record State(long head, Tally tally, long bypassing, boolean detecting) {
    }

    private void say() {
        saidAt = clock.instant();
        readings.ask(this, () -> new State(trail.head(), alerts.tally(),
                activity.now(clock.instant().minus(Within.HOUR.length())).byMode().getOrDefault("bypassPermissions", 0L),
                rules.progress().running()), answer -> {
            if (answer instanceof Readings.Answer.Found<State>(var state)) {
                say(state);
            }
        });
    }

    private void say(State state) {
        boolean empty = state.head() == 0;
        var opening = empty ? Opening.empty() : Opening.of(state.tally(), state.bypassing(), state.detecting());
        sentence.removeAll();
        sentence.setClassName("calm", opening.calm());
        opening.pieces().forEach(piece -> sentence.with(piece(piece)));
        lead.removeAll();
        lead.add(sentence, empty ? first() : onward);
        setClassName("nothing-yet", empty);
    }

    /// Forwarding announces nothing, so it is asked now and then.
    private void sayOnward() {
        if (isAttached()) {
            readings.ask(this, () -> Onward.of(forwarding.destinations(), forwarding.countDeadLetters(), clock.instant()), answer -> {
                onward.removeAll();
                switch (answer) {
                    case Readings.Answer.Found<List<Piece>>(var pieces) -> pieces.forEach(piece -> onward.add(piece(piece)));
                    case Readings.Answer.Failed<List<Piece>> _ -> onward.add(new Span("How forwarding stands cannot be read now."));
                }
            });
        }
    }

    private static Component piece(Piece piece) {
        var shown = piece.link() != null ? new NumberLink(piece.words(), piece.link())
                : piece.kind() == Opening.Kind.WIRE ? ClientText.line(piece.words()) : new Span(piece.words());
        switch (piece.kind()) {
            case CRITICAL -> shown.addClassNames("crit", "b");
            case HIGH -> shown.addClassNames("high", "b");
            case PLAIN, WIRE -> {
                // As it is.
            }
        }
        return shown;
    }

    private Component first() {
        var words = new Paragraph("This page fills by itself with the first record of a client. ");
        if (maySetUp) {
            var way = new Anchor(Navigation.SETUP.path(), "Set up a sender");
            way.setRouterIgnore(false);
            words.add(way, new Span(", which takes a token and a file of managed settings."));
        } else {
            words.add(new Span("An engineer or admin sets up senders."));
        }
        return words;
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Overview"), Titled.slash(), new Span("everyone")};
    }
}
