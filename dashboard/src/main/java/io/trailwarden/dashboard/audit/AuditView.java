package io.trailwarden.dashboard.audit;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.AccessLog.Line;
import io.trailwarden.identity.AccessLog.Query;
import io.trailwarden.identity.AccessLog.What;
import io.trailwarden.identity.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The access log, newest first. There is nothing to press that changes it, and nothing in the program that could.
@Route("audit")
@PageTitle("Audit · Trailwarden")
@RolesAllowed({Roles.AUDITOR, Roles.ADMIN})
class AuditView extends Div implements BeforeEnterObserver, Titled {

    private static final String ANYTHING = "any";

    /// Text goes into the page as text nodes of a template, never as markup.
    private static final String TEMPLATE = """
            <div class="audit-row ${item.kind}"><span class="t" title="${item.utc}">${item.at}</span>\
            <span class="who c">${item.who.map((p) => p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span>\
            <span class="did"><span>${item.did}</span>${item.whose.length ? html` <a class="n c" href="${item.href}" router-link>${item.whose.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</a>` : ''}${item.record ? html` <a class="n" \
            href="${item.record}" router-link>the record</a>` : ''}\
            ${item.about.length ? html` <span class="c">${item.about.map((p) => p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` \
            : p.text)}</span>` : ''}${item.why.length ? html`<span class="why">${item.why.map((p) => p.named \
            ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span>` : ''}</span>\
            <span class="c from">${item.from.map((p) => p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span></div>""";

    private final AccessLog log;
    private final Readings readings;
    private final InstantSource clock;
    private final Moments moments;
    private final Sentence sentence = new Sentence();
    private final Block block = new Block("Log");
    private final Div chips = new Div();
    private final Div place = new Div();
    private AuditFilter filter = new AuditFilter(null, null, null, 0);
    private int asked;

    private record Read(CursorPages<Line, Line> lines, long count, long reveals, long failed, List<String> names) {
    }

    @Inject
    AuditView(AccessLog log, Readings readings, InstantSource clock) {
        this.log = log;
        this.readings = readings;
        this.clock = clock;
        moments = Viewer.moments(clock);
        addClassNames("page", "tall", "audit");
        chips.addClassName("chips");
        place.addClassNames("fill", "column");
        block.addClassName("fill");
        block.note("written once; nobody can change or remove a line");
        block.show(chips, place);
        sentence.say("Audit");
        var lead = new Div(sentence, new Paragraph("Who came, who was turned away, who changed who may come, who approved what, who held up forwarding,"
                + " who read whose words, and who took a list away; and why."));
        lead.addClassName("lead");
        add(lead, block);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent arriving) {
        filter = AuditFilter.of(arriving.getLocation().getQueryParameters());
        if (isAttached()) {
            read();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        read();
    }

    private void read() {
        place.removeAll();
        place.add(Message.loading(14));
        int turn = ++asked;
        readings.ask(this, this::ask, answer -> {
            if (turn == asked) {
                place.removeAll();
                switch (answer) {
                    case Answer.Found<Read>(var read) -> fill(read);
                    case Answer.Failed<Read> failed -> place.add(Part.failure("The log", failed, this::read));
                }
            }
        });
    }

    private Read ask() {
        var narrowed = filter;
        var now = clock.instant();
        var lines = new CursorPages<Line, Line>(after -> {
            var page = log.find(narrowed.query(now, after, Rows.PAGE));
            return new Slice<>(page, page.size() < Rows.PAGE ? null : page.getLast());
        });
        lines.rows(0, Rows.PAGE);
        var week = now.minus(Duration.ofDays(7));
        return new Read(lines, log.count(narrowed.query(now, null, 1)),
                log.count(new Query(List.of(What.WORDS_REVEALED), null, null, week, null, null, 1)),
                log.count(new Query(List.of(What.SIGN_IN_FAILED), null, null, week, null, null, 1)), log.names());
    }

    private void fill(Read read) {
        sentence.removeAll();
        sentence.say("In seven days ")
                .with(new NumberLink(read.reveals() == 0 ? "nobody's words" : Sentence.counted(read.reveals(), "text"),
                        new AuditFilter(What.WORDS_REVEALED, null, null, 7).address()))
                .say(read.reveals() == 1 ? " was read, " : " were read, ")
                .with(new NumberLink(read.failed() == 0 ? "no sign-in" : Sentence.counted(read.failed(), "sign-in"),
                        new AuditFilter(What.SIGN_IN_FAILED, null, null, 7).address()))
                .say(" failed");
        chips.removeAll();
        chips.add(kinds(), names(read.names()), times());
        if (filter.whose() != null) {
            var off = new Anchor(filter.readOf(null).address(), "×");
            off.setRouterIgnore(false);
            off.getElement().setAttribute("aria-label", "Of anybody");
            var chip = new Span(new Span("words of"), ClientText.line(filter.whose(), 60), off);
            chip.addClassName("chip");
            chips.add(chip);
        }
        chips.add(new Span(Sentence.counted(read.count(), "line")));
        place.add(read.lines().read() == 0
                ? Message.empty("No line fits.", new Paragraph(filter.narrowed() ? "Nothing of this kind was written down in this time."
                        : "Nothing has happened yet."), new Paragraph(new NumberLink("Show the whole log", Navigation.AUDIT.path())))
                : new Rows<>("audit", read.lines(), renderer(), this::read, "when", "who", "did", "from"));
    }

    private LitRenderer<Line> renderer() {
        return LitRenderer.<Line>of(TEMPLATE)
                .withProperty("kind", line -> line.read() == null ? "plain" : "read")
                .withProperty("at", line -> moments.at(line.at()))
                .withProperty("utc", line -> Moments.utc(line.at()))
                .withProperty("who", line -> InertText.line(line.who(), 80))
                .withProperty("did", AuditView::did)
                .withProperty("whose", line -> line.read() == null ? List.of() : InertText.line(line.read().person(), 80))
                .withProperty("href", line -> line.read() == null ? "" : filter.readOf(line.read().person()).address())
                .withProperty("record", line -> line.read() == null ? "" : Navigation.person(line.read().person()))
                .withProperty("about", line -> InertText.line(line.detail(), 200))
                .withProperty("why", line -> line.reason() == null ? List.of() : InertText.line(line.reason(), 500))
                .withProperty("from", line -> InertText.line(line.address(), 60));
    }

    private static String did(Line line) {
        return line.what() == null ? line.wire().replace('_', ' ') : did(line.what(), line.read() != null && line.read().attribute().startsWith("response"));
    }

    private static String did(What what, boolean answer) {
        return switch (what) {
            case SIGNED_IN -> "signed in";
            case SIGN_IN_FAILED -> "could not sign in";
            case SIGNED_OUT -> "signed out";
            case TOKEN_ISSUED -> "made a";
            case TOKEN_REVOKED -> "revoked";
            case ACCOUNT_CREATED -> "made the";
            case PASSWORD_CHANGED -> "changed the password of";
            case PASSWORD_REFUSED -> "gave a wrong password to change that of";
            case ROLES_CHANGED -> "changed the roles of";
            case ACCOUNT_REMOVED -> "removed the";
            case MCP_SERVER_APPROVED -> "approved the MCP server";
            case MCP_SERVER_APPROVAL_WITHDRAWN -> "took back the approval of the MCP server";
            case DESTINATION_APPROVED -> "approved the destination";
            case DESTINATION_APPROVAL_WITHDRAWN -> "took back the approval of the destination";
            case FORWARDING_PAUSED -> "paused forwarding to";
            case FORWARDING_RESUMED -> "resumed forwarding to";
            case FORWARDING_RETRIED -> "tried again what was refused by";
            case WORDS_REVEALED -> answer ? "read an answer to" : "read a prompt of";
            case LIST_EXPORTED -> "took a list away:";
        };
    }

    private Component kinds() {
        var kinds = new Select<String>();
        var items = new ArrayList<>(List.of(ANYTHING));
        for (var what : What.values()) {
            items.add(what.wireName());
        }
        kinds.setItems(items);
        kinds.setItemLabelGenerator(AuditView::caption);
        kinds.setAriaLabel("What happened");
        kinds.setValue(filter.what() == null ? ANYTHING : filter.what().wireName());
        kinds.addClassName("by-kind");
        kinds.addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                var what = java.util.Arrays.stream(What.values()).filter(each -> each.wireName().equals(chosen.getValue())).findFirst().orElse(null);
                go(filter.about(what));
            }
        });
        return kinds;
    }

    private static String caption(String wire) {
        return switch (wire) {
            case ANYTHING -> "Everything";
            case "words_revealed" -> "Words read";
            case "list_exported" -> "Lists taken away";
            case "sign_in_failed" -> "Sign-ins that failed";
            case "signed_in" -> "Sign-ins";
            case "signed_out" -> "Sign-outs";
            case "mcp_server_approved" -> "MCP servers approved";
            case "mcp_server_approval_withdrawn" -> "MCP servers no longer approved";
            case "destination_approved" -> "Destinations approved";
            case "destination_approval_withdrawn" -> "Destinations no longer approved";
            case "forwarding_retried" -> "Forwarding tried again";
            default -> Character.toUpperCase(wire.charAt(0)) + wire.substring(1).replace('_', ' ');
        };
    }

    private Component names(List<String> names) {
        var who = new Select<String>();
        var items = new ArrayList<>(List.of(""));
        items.addAll(names);
        if (filter.who() != null && !items.contains(filter.who())) {
            items.add(filter.who());
        }
        who.setItems(items);
        who.setItemLabelGenerator(name -> name.isEmpty() ? "Anybody" : name);
        who.setAriaLabel("Who did it");
        who.setValue(Objects.requireNonNullElse(filter.who(), ""));
        who.addClassName("by-kind");
        who.addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                go(filter.by(chosen.getValue().isEmpty() ? null : chosen.getValue()));
            }
        });
        return who;
    }

    private Component times() {
        var times = new Select<Integer>();
        times.setItems(0, 1, 7, 30);
        times.setItemLabelGenerator(days -> days == 0 ? "Any time" : days == 1 ? "Last 24 hours" : "Last " + days + " days");
        times.setAriaLabel("When");
        times.setValue(filter.days());
        times.addClassName("by-kind");
        times.addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                go(filter.within(chosen.getValue()));
            }
        });
        return times;
    }

    private void go(AuditFilter to) {
        getUI().ifPresent(ui -> ui.navigate(to.address()));
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Audit")};
    }
}
