package io.trailwarden.dashboard.people;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.people.PeopleList.Counts;
import io.trailwarden.identity.Roles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everybody whose agent sent something: in which mode they work, what there is against them, what their client is.
@Route("people")
@PageTitle("People · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class PeopleView extends Div implements BeforeEnterObserver, Titled {

    private final PeopleList people;
    private final Readings readings;
    private final Live live;
    private final Moments moments;
    private final Sentence sentence = new Sentence();
    private final FilterLine filters = new FilterLine(this::narrow);
    private final Div place = new Div();
    private final boolean maySetUp = Navigation.SETUP.opensFor(Who.asks());
    private PeopleFilter filter = PeopleFilter.ALL;
    private boolean empty;
    private @Nullable Registration following;

    @Inject
    PeopleView(PeopleList people, Readings readings, Live live, InstantSource clock) {
        this.people = people;
        this.readings = readings;
        this.live = live;
        moments = Viewer.moments(clock);
        addClassNames("page", "tall", "people-page");
        sentence.say("People");
        place.addClassNames("fill", "column");
        var lead = new Div(sentence);
        lead.addClassName("lead");
        add(lead, filters, place);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent arriving) {
        filter = PeopleFilter.of(arriving.getLocation().getQueryParameters()::getSingleParameter);
        filters.show(filter);
        if (isAttached()) {
            showAll();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        following = live.listen((records, _) -> {
            if (!records.isEmpty()) {
                Pages.push(ui, this::fillWhenEmpty);
            }
        });
        readings.ask(this, people::versions, answer -> {
            if (answer instanceof Readings.Answer.Found<List<String>>(var versions)) {
                filters.offer(versions);
            }
        });
        showAll();
    }

    /// Nobody asks for it where a session or the program ends.
    @PermitAll
    @Override
    protected void onDetach(DetachEvent left) {
        if (following != null) {
            following.remove();
        }
    }

    private void narrow(PeopleFilter wanted) {
        getUI().ifPresent(ui -> ui.navigate(Navigation.people(wanted)));
    }

    /// The page that waits for a first record shows it by itself; a list that is being read stays as it is.
    private void fillWhenEmpty() {
        if (empty && isAttached()) {
            showAll();
        }
    }

    private void showAll() {
        var wanted = filter;
        place.removeAll();
        var list = new Part<CursorPages<FleetRow, String>>("People", 14, readings, () -> people.rows(wanted), this::listed);
        list.addClassNames("fill", "bare");
        place.add(list);
        readings.ask(this, () -> people.counts(wanted), answer -> {
            if (answer instanceof Readings.Answer.Found<Counts>(var counts) && wanted.equals(filter)) {
                say(counts);
            }
        });
    }

    private Component listed(CursorPages<FleetRow, String> pages) {
        empty = pages.read() == 0 && filter.everybody();
        filters.setVisible(!empty);
        if (empty) {
            return nobodyYet();
        }
        if (pages.read() == 0) {
            return Message.empty("Nobody is like this.", new Paragraph("No person fits all that is asked for above. Take something back to see more."));
        }
        return new Rows<>("people", pages, FleetRow.renderer(moments), this::showAll, FleetRow.HEADS);
    }

    private void say(Counts counts) {
        sentence.removeAll();
        if (counts.people() == 0) {
            sentence.say(counts.everybody() <= 0 ? "No record has arrived yet" : "Nobody of " + counted(counts.everybody()));
            return;
        }
        sentence.say(counted(counts.people()) + (counts.everybody() < 0 ? "" : " of " + NumberLink.format(counts.everybody())) + ", ")
                .with(counts.atWork() == 0 ? new Span("nobody at work now")
                        : new NumberLink(NumberLink.format(counts.atWork()) + " at work now",
                                Navigation.people(filter.seenWithin(PeopleFilter.Within.MINUTES))));
        if (counts.bypassing() > 0) {
            var bypassing = new NumberLink(NumberLink.format(counts.bypassing()) + " where nobody is asked",
                    Navigation.people(filter.inMode("bypassPermissions")));
            bypassing.addClassNames("crit", "b");
            sentence.say(", ").with(bypassing);
        }
    }

    private static String counted(long people) {
        return people == 1 ? "1 person" : NumberLink.format(people) + " people";
    }

    private Component nobodyYet() {
        var words = new Paragraph("People appear here by themselves, with the first record of their client. ");
        if (maySetUp) {
            var way = new Anchor(Navigation.SETUP.path(), "Set up a sender");
            way.setRouterIgnore(false);
            words.add(way, new Span(", which takes a token and a file of managed settings."));
        } else {
            words.add(new Span("An engineer or admin sets up senders."));
        }
        return Message.empty("No record has arrived yet.", words);
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("People")};
    }
}
