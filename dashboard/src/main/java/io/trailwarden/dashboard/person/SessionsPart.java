package io.trailwarden.dashboard.person;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.AttachEvent;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.store.Trail;
import io.trailwarden.store.Trail.Page;
import io.trailwarden.store.Trail.Session;

/// A person's sessions, last seen first; one opens on a page of its own.
final class SessionsPart extends Block {

    private static final int SHOWN = 12;

    private final String person;
    private final Trail trail;
    private final Readings readings;
    private final Moments moments;

    SessionsPart(String person, Trail trail, Readings readings, Moments moments) {
        super("Sessions");
        this.person = person;
        this.trail = trail;
        this.readings = readings;
        this.moments = moments;
        show(Message.loading(4));
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        refresh();
    }

    private void refresh() {
        readings.ask(this, () -> trail.sessions(person, SHOWN, null), answer -> {
            switch (answer) {
                case Answer.Found<Page<Session>>(var page) -> list(page);
                case Answer.Failed<Page<Session>> failed -> show(Part.failure("Sessions", failed, this::refresh));
            }
        });
    }

    private void list(Page<Session> page) {
        if (page.items().isEmpty()) {
            show(Message.empty("None.", new Paragraph("The client sends no session id; it can be told not to.")));
            return;
        }
        note(page.next() == null ? "last seen first" : "the last " + SHOWN);
        var list = new UnorderedList();
        list.addClassName("session-list");
        page.items().forEach(session -> list.add(item(session)));
        show(list);
    }

    private Component item(Session session) {
        var when = new Span(moments.fromTo(session.firstSeen(), session.lastSeen()));
        when.getElement().setAttribute("title",
                Moments.utc(session.firstSeen()) + " to " + Moments.utc(session.lastSeen()));
        when.addClassName("when");
        var id = new Anchor(Navigation.session(person, session.id()));
        id.setRouterIgnore(false);
        id.addClassName("n");
        id.add(ClientText.line(shortened(session.id())));
        id.getElement().setAttribute("title", InertText.plain(session.id(), 200));
        var count = new Span(NumberLink.format(session.events()));
        count.addClassNames("r", "s");
        count.getElement().setAttribute("title", session.events() + " records");
        return new ListItem(new Div(when, id, new ModeSwatch(session.mode()), count));
    }

    /// Ids are told apart by their first eight characters; the whole is on hover and in the address.
    static String shortened(String id) {
        return id.length() <= 8 ? id : id.substring(0, id.offsetByCodePoints(0, Math.min(8, id.codePointCount(0, id.length()))));
    }
}
