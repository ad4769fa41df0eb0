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
import io.trailwarden.identity.Roles;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One person: who that is, what is wrong, and the trail. What the trail is narrowed to is in the address.
///
/// Alerts appear by themselves. New records wait behind a line, so that nothing moves under somebody's hand.
@Route("people")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class PersonView extends Div implements HasUrlParameter<String>, HasDynamicTitle, Titled {

    private final Trail trail;
    private final Alerts alerts;
    private final Readings readings;
    private final Live live;
    private final InstantSource clock;

    private TrailFilter filter = new TrailFilter("", null, null);
    private @Nullable PersonHead head;
    private @Nullable PersonAlerts theirAlerts;
    private @Nullable TrailPart theirTrail;
    private Alerts.@Nullable Registration listening;
    private @Nullable Registration following;

    @Inject
    PersonView(Trail trail, Alerts alerts, Readings readings, Live live, InstantSource clock) {
        this.trail = trail;
        this.alerts = alerts;
        this.readings = readings;
        this.live = live;
        this.clock = clock;
        addClassNames("page", "tall", "person");
    }

    @Override
    public void setParameter(BeforeEvent arriving, String segment) {
        var asked = arriving.getLocation().getQueryParameters();
        var next = new TrailFilter(Navigation.personOf(segment), asked.getSingleParameter("session").orElse(null),
                asked.getSingleParameter("name").orElse(null));
        boolean samePerson = next.person().equals(filter.person()) && theirTrail != null;
        filter = next;
        if (samePerson && theirTrail != null) {
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
        readings.ask(this, () -> PersonFacts.of(filter.person(), trail, alerts), answer -> {
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
        head = new PersonHead(facts, moments);
        theirAlerts = new PersonAlerts(filter.person(), alerts, readings, moments);
        theirTrail = new TrailPart(filter, trail, readings, moments);
        var side = new Div(theirAlerts, new SessionsPart(filter.person(), trail, readings, moments));
        side.addClassName("side");
        var columns = new Div(side, theirTrail);
        columns.addClassName("columns");
        add(head, columns);
    }

    private void raised(Alert alert) {
        if (theirAlerts == null || head == null || !isAttached()) {
            return;
        }
        theirAlerts.raised(alert.key());
        readings.ask(this, () -> PersonFacts.of(filter.person(), trail, alerts), answer -> {
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
