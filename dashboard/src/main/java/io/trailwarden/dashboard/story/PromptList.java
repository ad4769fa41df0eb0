package io.trailwarden.dashboard.story;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Who;
import io.trailwarden.event.EventId;
import io.trailwarden.store.PersonTrail;
import io.trailwarden.store.PersonTrail.Filter;
import io.trailwarden.store.PersonTrail.Order;
import io.trailwarden.store.PersonTrail.Prompt;
import io.trailwarden.store.PersonTrail.Scope;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail.Page;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A trail by session and prompt. Prompts are read a page at a time, what was done for one when it is opened.
public final class PromptList extends Div {

    private static final int AT_ONCE = 50;

    /// So many prompts are open from the start, where they are short.
    private static final int OPEN = 4;
    private static final int SHORT = 60;

    private final Scope scope;
    private final Order order;
    private final boolean sessions;
    private final Sources sources;
    private final Who viewer;
    private @Nullable EventId wanted;
    private final Component nothing;
    private final Div list = new Div();
    private final Div foot = new Div();
    private final List<PromptSection> sections = new ArrayList<>();
    private PromptSection.@Nullable Told told;
    private @Nullable StoredEvent target;
    private @Nullable String next;
    private String session = "";
    private String day = "";

    /// What is read at once.
    ///
    /// @param within whether the page begins in the middle of the session
    private record Read(PromptSection.Told told, Page<Prompt> page, @Nullable StoredEvent target, boolean within) {
    }

    /// The prompts of `scope`.
    ///
    /// @param sessions whether the beginning of another session is said; on a session's own page it is not
    /// @param wanted record to open and point at; null for none
    /// @param nothing what to show when there is none
    public PromptList(Scope scope, Order order, boolean sessions, Sources sources, Who viewer, @Nullable EventId wanted, Component nothing) {
        this.scope = scope;
        this.order = order;
        this.sessions = sessions;
        this.sources = sources;
        this.viewer = viewer;
        this.wanted = wanted;
        this.nothing = nothing;
        addClassName("prompts");
        foot.addClassName("more");
        add(list, foot);
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        if (sections.isEmpty()) {
            list.add(Message.loading(10));
            more();
        }
    }

    private void more() {
        foot.removeAll();
        var from = next;
        var known = told;
        sources.readings().ask(this, () -> read(known, from), answer -> {
            switch (answer) {
                case Answer.Found<Read>(var read) -> show(read);
                case Answer.Failed<Read> failed -> {
                    if (sections.isEmpty()) {
                        list.removeAll();
                    }
                    foot.add(Part.failure("The trail", failed, this::more));
                }
            }
        });
    }

    private Read read(PromptSection.@Nullable Told known, @Nullable String from) {
        if (known != null) {
            return new Read(known, sources.trail().prompts(scope, order, AT_ONCE, from), target, false);
        }
        var breaks = Break.in(sources.stretches(scope));
        var alerts = sources.alertsOf(scope.person());
        var sought = wanted == null ? null : sources.records().event(wanted).orElse(null);
        var told = new PromptSection.Told(alerts, Sources.byRecord(alerts), breaks);
        var page = sources.trail().prompts(scope, order, AT_ONCE, from);
        if (sought == null || page.next() == null || page.items().stream().anyMatch(prompt -> PromptSection.holds(prompt, sought))) {
            return new Read(told, page, sought, false);
        }
        return new Read(told, sources.trail().prompts(scope, order, AT_ONCE, justBefore(sought)), sought, true);
    }

    /// Far into a long session, the list begins with the prompt of `sought`.
    private @Nullable String justBefore(StoredEvent sought) {
        var prompt = sought.event().prompt();
        var hour = sought.event().time().truncatedTo(ChronoUnit.HOURS);
        var within = prompt == null ? new Scope(scope.person(), scope.session(), hour, scope.to()) : scope;
        var filter = new Filter(Set.of(), null, Objects.requireNonNullElse(prompt, ""), null);
        return sources.trail().records(within, filter, Order.OLDEST_FIRST, 1, null).items().stream().findFirst()
                .filter(_ -> order == Order.OLDEST_FIRST).map(record -> PersonTrail.from(record.event().time())).orElse(null);
    }

    private void fromTheBeginning() {
        wanted = null;
        told = null;
        next = null;
        sections.clear();
        session = "";
        day = "";
        list.removeAll();
        list.add(Message.loading(10));
        more();
    }

    private void show(Read read) {
        if (sections.isEmpty()) {
            list.removeAll();
            if (read.within()) {
                var before = new Div(new Button("Show from the beginning of the session", _ -> fromTheBeginning()));
                before.addClassName("more");
                list.add(before);
            }
        }
        told = read.told();
        target = read.target();
        next = read.page().next();
        for (var prompt : read.page().items()) {
            add(prompt, read.told());
        }
        if (sections.isEmpty()) {
            list.add(nothing);
        }
        if (next != null) {
            foot.add(new Button(order == Order.NEWEST_FIRST ? "Show earlier prompts" : "Show later prompts", _ -> more()));
        }
        if (wanted != null) {
            seek();
        }
    }

    private void add(Prompt prompt, PromptSection.Told told) {
        if (sessions && !prompt.session().equals(session)) {
            session = prompt.session();
            list.add(sessionHead(prompt));
        }
        var day = sources.moments().day(prompt.from());
        if (!sessions && !day.equals(this.day)) {
            var head = new Div(new Span(day));
            head.addClassName("session-head");
            list.add(head);
        }
        this.day = day;
        var section = new PromptSection(prompt, scope, sources, viewer, told);
        sections.add(section);
        list.add(section);
        if (wanted == null && sections.size() <= OPEN && prompt.records() <= SHORT || sections.size() == 1 && wanted == null) {
            section.open(true);
        } else {
            section.open(false);
        }
    }

    private Component sessionHead(Prompt prompt) {
        var head = new Div();
        head.addClassName("session-head");
        if (session.isEmpty()) {
            head.add(new Span("No session was told"));
            return head;
        }
        var link = new Anchor(Navigation.session(scope.person(), session));
        link.setRouterIgnore(false);
        link.add(new Span("Session "), ClientText.line(shortened(session)));
        link.getElement().setAttribute("title", InertText.plain(session, 200));
        var when = new Span(sources.moments().day(prompt.from()));
        when.addClassName("q");
        head.add(link, when);
        return head;
    }

    private void seek() {
        var sought = target;
        if (sought == null) {
            foot.addComponentAsFirst(new Paragraph("The record in this address is no longer kept, or never was."));
            return;
        }
        Optional<PromptSection> section = sections.stream().filter(each -> PromptSection.holds(each.prompt(), sought)).findFirst();
        if (section.isPresent()) {
            section.get().point(sought);
        } else if (next != null) {
            more();
        }
    }

    /// Ids are told apart by their first eight characters; the whole is on hover and in the address.
    public static String shortened(String id) {
        return id.length() <= 8 ? id : id.substring(0, id.offsetByCodePoints(0, Math.min(8, id.codePointCount(0, id.length()))));
    }
}
