package io.trailwarden.dashboard.session;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.WaitingNews;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.story.Lanes;
import io.trailwarden.dashboard.story.PromptList;
import io.trailwarden.dashboard.story.Sources;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import io.trailwarden.identity.Roles;
import io.trailwarden.store.PersonTrail.Filter;
import io.trailwarden.store.PersonTrail.Order;
import io.trailwarden.store.PersonTrail.Scope;
import io.trailwarden.store.PersonTrail.Totals;
import io.trailwarden.store.StoredEvent;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One session: what it came to, all of it at a glance, and every record in order. `?record=` opens at one of them.
@Route("people/:person/sessions/:session")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class SessionView extends Div implements BeforeEnterObserver, HasDynamicTitle, Titled {

    private final Sources sources;
    private final Live live;
    private final Who viewer = Who.asks();
    private final WaitingNews news = new WaitingNews(this::open);
    private Scope scope = new Scope("", "", null, null);
    private @Nullable EventId wanted;
    private @Nullable Registration following;

    /// What is known of a session before its prompts are read.
    private record Facts(Totals totals, StoredEvent first, StoredEvent last) {
    }

    @Inject
    SessionView(Sources sources, Live live) {
        this.sources = sources;
        this.live = live;
        addClassNames("page", "session-page");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent arriving) {
        var parameters = arriving.getRouteParameters();
        var next = new Scope(Navigation.personOf(parameters.get("person").orElse("")), Navigation.personOf(parameters.get("session").orElse("")), null, null);
        var record = arriving.getLocation().getQueryParameters().getSingleParameter("record").map(SessionView::id).orElse(null);
        boolean other = !next.equals(scope) || !Objects.equals(record, wanted);
        scope = next;
        wanted = record;
        if (other && isAttached()) {
            open();
        }
    }

    private static @Nullable EventId id(String text) {
        try {
            return new EventId(UUID.fromString(text));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        following = live.listen((records, _) -> {
            long theirs = records.stream().filter(this::belongs).count();
            if (theirs > 0) {
                Pages.push(ui, () -> news.more(theirs, "record"));
            }
        });
        open();
    }

    /// Nobody asks for it where a session or the program ends.
    @PermitAll
    @Override
    protected void onDetach(DetachEvent left) {
        if (following != null) {
            following.remove();
        }
    }

    private boolean belongs(StoredEvent record) {
        var event = record.event();
        return event.signal() == Signal.LOG && event.person().equals(scope.person()) && Objects.equals(event.session(), scope.session());
    }

    private void open() {
        news.none();
        removeAll();
        add(Message.loading(6));
        sources.readings().ask(this, this::facts, answer -> {
            removeAll();
            switch (answer) {
                case Answer.Found<List<Facts>>(var found) when found.isEmpty() -> add(unheardOf());
                case Answer.Found<List<Facts>>(var found) -> fill(found.getFirst());
                case Answer.Failed<List<Facts>> failed -> add(Part.failure("This session", failed, this::open));
            }
        });
    }

    private List<Facts> facts() {
        var first = sources.trail().records(scope, Filter.ALL, Order.OLDEST_FIRST, 1, null).items();
        var last = sources.trail().records(scope, Filter.ALL, Order.NEWEST_FIRST, 1, null).items();
        return first.isEmpty() || last.isEmpty() ? List.of() : List.of(new Facts(sources.trail().totals(scope), first.getFirst(), last.getFirst()));
    }

    private Component unheardOf() {
        return Message.empty("No record of this session is kept.",
                new Paragraph(new Span("It is known by the id "), ClientText.line(Objects.requireNonNullElse(scope.session(), ""), 200),
                        new Span(" of "), ClientText.line(scope.person(), 200), new Span(", or was, before it expired.")),
                new Paragraph(new NumberLink("The person", Navigation.person(scope.person()))));
    }

    private void fill(Facts facts) {
        var list = new PromptList(scope, Order.OLDEST_FIRST, false, sources, viewer, wanted,
                Message.empty("Only metrics and spans.", new Paragraph("The session sent no log records.")));
        var told = new Block("In order");
        told.note("a prompt, and what was done for it");
        told.show(news, list);
        add(head(facts), new Lanes("At a glance", scope, sources), told);
    }

    private Component head(Facts facts) {
        var moments = sources.moments();
        var totals = facts.totals();
        var from = facts.first().event().time();
        var to = facts.last().event().time();
        var sentence = new Sentence().say(Sentence.counted(totals.prompts(), "prompt") + ", ").say(Sentence.counted(totals.tools(), "tool") + ", ")
                .say(totals.asked() == 0 ? "nobody asked" : NumberLink.format(totals.asked()) + " asked");
        if (totals.refused() > 0) {
            sentence.say(", ").stress(NumberLink.format(totals.refused()) + " refused");
        }
        if (totals.failed() > 0) {
            sentence.say(", " + NumberLink.format(totals.failed()) + " failed");
        }
        var second = new Paragraph(new Text(moments.fromTo(from, to) + ", " + Moments.span(Duration.between(from, to)) + ", last record "),
                Age.ago(moments, to));
        var told = new Div(sentence, second);
        told.addClassName("told");
        var list = new DescriptionList();
        list.addClassName("facts");
        var person = new Anchor(Navigation.person(scope.person()));
        person.setRouterIgnore(false);
        person.addClassName("n");
        person.add(ClientText.line(scope.person(), 60));
        fact(list, "Person", person);
        fact(list, "Session", ClientText.line(Objects.requireNonNullElse(scope.session(), ""), 60));
        fact(list, "Client", ClientText.line(Objects.requireNonNullElse(facts.last().event().text("client.version"), "not told"), 40));
        fact(list, "Terminal", ClientText.line(Objects.requireNonNullElse(facts.last().event().text("terminal.type"), "not told"), 40));
        fact(list, "Mode", new ModeSwatch(facts.last().mode()));
        fact(list, "Model", new Span(Sentence.counted(totals.requests(), "request") + ", " + Sentence.counted(totals.tokens(), "token")));
        fact(list, "Cost", new Span(String.format(Locale.ROOT, "$%.2f", totals.cost())));
        fact(list, "Records", new Span(NumberLink.format(totals.records())));
        var head = new Div(told, list);
        head.addClassNames("lead", "head");
        return head;
    }

    private static void fact(DescriptionList list, String term, Component value) {
        list.add(new Div(new DescriptionList.Term(term), new DescriptionList.Description(value)));
    }

    @Override
    public String getPageTitle() {
        return "Session " + PromptList.shortened(Objects.requireNonNullElse(scope.session(), "")) + " · Trailwarden";
    }

    @Override
    public Component[] crumbs() {
        var person = new Anchor(Navigation.person(scope.person()));
        person.setRouterIgnore(false);
        person.add(ClientText.line(scope.person(), 40));
        return new Component[] {Titled.above(Navigation.PEOPLE), Titled.slash(), person, Titled.slash(),
                ClientText.line(PromptList.shortened(Objects.requireNonNullElse(scope.session(), "")))};
    }
}
