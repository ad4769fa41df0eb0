package io.trailwarden.dashboard.people;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.identity.Roles;
import io.trailwarden.store.Trail;
import io.trailwarden.store.Trail.Person;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everybody whose agent sent something: who is on, in which mode, and who has open alerts.
@Route("people")
@PageTitle("People · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class PeopleView extends Div implements Titled {

    /// Who sent something within this time counts as at work now.
    private static final Duration NOW = Duration.ofMinutes(15);

    private static final int MOST_OPEN = 1000;

    private static final String TEMPLATE = """
            <div class="people-row">\
            <a class="who c" href="${item.href}" router-link>${item.name.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>\
            <span class="ago" title="${item.utc}">${item.ago}</span>\
            <span class="mode" title="${item.modeTitle}"><span class="sw ${item.swatch}"></span>${item.mode.length \
            ? html`<span class="c">${item.mode.map((p) => p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` \
            : p.text)}</span>` : html`<span class="q">not told</span>`}</span>\
            <span class="c client">${item.client.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span>\
            <span class="r">${item.sessions}</span><span class="r">${item.events}</span>\
            <span class="r alerts">${item.open ? html`<a class="n" href="${item.href}" router-link>${item.open}</a>` \
            : html`<span class="q">none</span>`}</span></div>""";

    private final Trail trail;
    private final Alerts alerts;
    private final InstantSource clock;
    private final Moments moments;
    private final Sentence sentence = new Sentence();
    private final Part<CursorPages<Row, String>> list;
    private final Live live;
    private boolean empty;
    private @Nullable Registration following;

    @Inject
    PeopleView(Trail trail, Alerts alerts, Readings readings, Live live, InstantSource clock) {
        this.trail = trail;
        this.alerts = alerts;
        this.clock = clock;
        this.live = live;
        moments = Viewer.moments(clock);
        list = new Part<>("People", 12, readings, this::firstPage, this::listed);
        list.addClassName("fill");
        addClassNames("page", "tall");
        sentence.say("People");
        var lead = new Div(sentence);
        lead.addClassName("lead");
        add(lead, list);
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        following = live.listen((records, _) -> {
            if (!records.isEmpty()) {
                Pages.push(ui, this::fillWhenEmpty);
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent left) {
        if (following != null) {
            following.remove();
        }
    }

    /// The page that waits for a first record shows it by itself; a list that is being read stays as it is.
    private void fillWhenEmpty() {
        if (empty && isAttached()) {
            list.refresh();
        }
    }

    /// A person and how many of their alerts are open.
    private record Row(Person person, long open) {
    }

    private CursorPages<Row, String> firstPage() {
        var pages = new CursorPages<Row, String>(cursor -> {
            var page = trail.people(Rows.PAGE, cursor);
            var open = openByPerson();
            return new Slice<>(page.items().stream().map(person -> row(person, open)).toList(), page.next());
        });
        pages.rows(0, Rows.PAGE);
        return pages;
    }

    /// One question for a page of people. Only when more alerts are open than it may list are people counted one by one.
    private @Nullable Map<String, Long> openByPerson() {
        var open = alerts.find(AlertQuery.unfinished().limit(MOST_OPEN));
        return open.size() == MOST_OPEN
                ? null
                : open.stream().collect(Collectors.groupingBy(Alert::person, Collectors.counting()));
    }

    private Row row(Person person, @Nullable Map<String, Long> open) {
        return new Row(person, open == null
                ? alerts.count(AlertQuery.unfinished().about(person.name()))
                : open.getOrDefault(person.name(), 0L));
    }

    private Component listed(CursorPages<Row, String> pages) {
        var first = pages.rows(0, Rows.PAGE);
        summarise(first, pages.complete());
        empty = first.isEmpty();
        if (empty) {
            return nobody();
        }
        list.note("last seen first");
        return new Rows<>("people", pages, renderer(), list::refresh, "person", "last record", "mode", "client", "sessions",
                "records", "open alerts");
    }

    private LitRenderer<Row> renderer() {
        return LitRenderer.<Row>of(TEMPLATE)
                .withProperty("href", row -> Navigation.person(row.person().name()))
                .withProperty("name", row -> InertText.line(row.person().name(), 80))
                .withProperty("ago", row -> moments.ago(row.person().lastSeen()))
                .withProperty("utc", row -> Moments.utc(row.person().lastSeen()))
                .withProperty("swatch", row -> ModeSwatch.swatch(row.person().mode()))
                .withProperty("modeTitle", row -> ModeSwatch.title(row.person().mode()))
                .withProperty("mode", row -> pieces(row.person().mode()))
                .withProperty("client", row -> pieces(row.person().clientVersion()))
                .withProperty("sessions", row -> NumberLink.format(row.person().sessions()))
                .withProperty("events", row -> NumberLink.format(row.person().events()))
                .withProperty("open", row -> row.open() == 0 ? "" : NumberLink.format(row.open()));
    }

    private static List<InertText.Piece> pieces(@Nullable String text) {
        return text == null ? List.of() : InertText.line(text, 40);
    }

    private void summarise(List<Row> first, boolean all) {
        sentence.removeAll();
        if (first.isEmpty()) {
            sentence.say("No record has arrived yet");
            return;
        }
        var since = clock.instant().minus(NOW);
        long atWork = first.stream().filter(row -> row.person().lastSeen().isAfter(since)).count();
        long bypassing = first.stream().filter(row -> "bypassPermissions".equals(row.person().mode())).count();
        sentence.say((all ? "" : "More than ") + Sentence.counted(first.size(), "person").replace("persons", "people") + ", ")
                .say(atWork == 0 ? "nobody at work now" : NumberLink.format(atWork) + " at work now");
        if (bypassing > 0) {
            sentence.say(", ").stress(NumberLink.format(bypassing) + " where nobody is asked");
        }
    }

    private static Component nobody() {
        var settings = new Pre("""
                "env": {
                  "CLAUDE_CODE_ENABLE_TELEMETRY": "1",
                  "OTEL_LOGS_EXPORTER": "otlp",
                  "OTEL_METRICS_EXPORTER": "otlp",
                  "OTEL_LOG_TOOL_DETAILS": "1",
                  "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
                  "OTEL_EXPORTER_OTLP_ENDPOINT": "<otlpHttp of first-run.json>",
                  "OTEL_EXPORTER_OTLP_HEADERS": "Authorization=Bearer <ingestToken of first-run.json>"
                }""");
        settings.addClassName("code");
        return Message.empty("No record has arrived yet.",
                new Paragraph("Put this into the managed settings of one machine and start Claude Code there. "
                        + "This page fills by itself."), settings);
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("People")};
    }
}
