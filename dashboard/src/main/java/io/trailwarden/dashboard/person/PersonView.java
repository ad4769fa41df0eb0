package io.trailwarden.dashboard.person;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Risk;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.story.DayStrip;
import io.trailwarden.dashboard.story.Lanes;
import io.trailwarden.dashboard.story.Sources;
import io.trailwarden.identity.Roles;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One person: who that is, what is wrong, a day at a glance, and the trail. What is shown of it is in the address.
///
/// Alerts appear by themselves. New records wait behind a line, so that nothing moves under somebody's hand.
@Route("people")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class PersonView extends Div implements HasUrlParameter<String>, HasDynamicTitle, Titled {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM", Locale.ENGLISH);

    private final Trail trail;
    private final Alerts alerts;
    private final Risk risk;
    private final Readings readings;
    private final Live live;
    private final InstantSource clock;
    private final Sources sources;
    private final Who viewer = Who.asks();

    private TrailFilter filter = new TrailFilter("", null, null, null, null, null);
    private @Nullable PersonHead head;
    private @Nullable PersonAlerts theirAlerts;
    private @Nullable TrailPart theirTrail;
    private final Div days = new Div();
    private final Div lanes = new Div();
    private final Div touched = new Div();
    private LocalDate lastDay = LocalDate.EPOCH;
    private Alerts.@Nullable Registration listening;
    private @Nullable Registration following;

    @Inject
    PersonView(Trail trail, Alerts alerts, Risk risk, Readings readings, Live live, InstantSource clock, Sources sources) {
        this.trail = trail;
        this.alerts = alerts;
        this.risk = risk;
        this.readings = readings;
        this.live = live;
        this.clock = clock;
        this.sources = sources;
        addClassNames("page", "person");
    }

    @Override
    public void setParameter(BeforeEvent arriving, String segment) {
        var before = filter;
        filter = TrailFilter.of(Navigation.personOf(segment), arriving.getLocation().getQueryParameters());
        if (filter.person().equals(before.person()) && theirTrail != null) {
            if (!filter.shown(lastDay).equals(before.shown(lastDay))) {
                drawDay();
            }
            theirTrail.narrow(filter);
        } else if (isAttached()) {
            open();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        listening = alerts.listen(alert -> {
            if (alert.person().equals(filter.person())) {
                Pages.push(ui, () -> raised(alert));
            }
        });
        following = live.listen((records, _) -> {
            var theirs = records.stream().filter(filter::takes).toList();
            if (!theirs.isEmpty()) {
                Pages.push(ui, () -> stored(theirs));
            }
        });
        open();
    }

    /// Nobody asks for it where a session or the program ends.
    @PermitAll
    @Override
    protected void onDetach(DetachEvent left) {
        if (listening != null) {
            listening.close();
        }
        if (following != null) {
            following.remove();
        }
    }

    private void open() {
        removeAll();
        theirTrail = null;
        add(Message.loading(4));
        readings.ask(this, () -> PersonFacts.of(filter.person(), trail, alerts, risk), answer -> {
            removeAll();
            switch (answer) {
                case Answer.Found<Optional<PersonFacts>>(var facts) ->
                        facts.ifPresentOrElse(this::fill, () -> add(unheardOf()));
                case Answer.Failed<Optional<PersonFacts>> failed -> add(Part.failure("This person", failed, this::open));
            }
        });
    }

    private Component unheardOf() {
        var name = new Paragraph(new Span("No record names "), ClientText.line(filter.person(), 200),
                new Span(". A person is named by the e-mail of a Claude login, else by enduser.id, else by the id of the "
                        + "installation; the name must be written as it was sent."));
        return Message.empty("Nobody of this name has sent a record.", name,
                new Paragraph(new NumberLink("Everybody who has", Navigation.PEOPLE.path())));
    }

    private void fill(PersonFacts facts) {
        var moments = Viewer.moments(clock);
        lastDay = LocalDate.ofInstant(facts.person().lastSeen(), moments.zone());
        head = new PersonHead(facts, moments);
        theirAlerts = new PersonAlerts(filter.person(), alerts, readings, moments);
        theirTrail = new TrailPart(filter, lastDay, sources, viewer);
        var side = new Div(theirAlerts, new SessionsPart(filter.person(), trail, readings, moments), touched);
        side.addClassName("side");
        var columns = new Div(side, theirTrail);
        columns.addClassName("columns");
        add(head, days, lanes, columns);
        drawDay();
    }

    /// The strip of days, and all that is about the one that is shown.
    private void drawDay() {
        var zone = Viewer.moments(clock).zone();
        var shown = filter.shown(lastDay);
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var end = shown.isAfter(lastDay.minusDays(DayStrip.DAYS)) && !shown.isAfter(lastDay) ? lastDay
                : shown.plusDays(DayStrip.DAYS / 2).isAfter(today) ? today : shown.plusDays(DayStrip.DAYS / 2);
        days.removeAll();
        days.add(new DayStrip(filter.person(), end, shown, sources));
        var scope = new TrailFilter(filter.person(), null, null, shown, null, null).scope(lastDay, zone, clock.instant());
        lanes.removeAll();
        lanes.add(new Lanes(DAY.format(shown), scope, sources));
        touched.removeAll();
        var here = new TrailFilter(filter.person(), null, null, shown, null, null);
        touched.add(new Part<>("Touched on this day", 4, readings, () -> sources.trail().touched(scope, TouchedPart.MOST),
                found -> TouchedPart.of(found, here)));
    }

    private void raised(Alert alert) {
        if (theirAlerts == null || head == null || !isAttached()) {
            return;
        }
        theirAlerts.raised(alert.key());
        readings.ask(this, () -> PersonFacts.of(filter.person(), trail, alerts, risk), answer -> {
            if (head != null && answer instanceof Answer.Found<Optional<PersonFacts>>(var facts)) {
                facts.ifPresent(head::say);
            }
        });
    }

    private void stored(List<StoredEvent> records) {
        if (theirTrail == null) {
            open();
        } else {
            theirTrail.waiting(records.size());
        }
    }

    @Override
    public String getPageTitle() {
        return InertText.plain(filter.person(), 120) + " · Trailwarden";
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.above(Navigation.PEOPLE), Titled.slash(), ClientText.line(filter.person(), 60)};
    }
}
