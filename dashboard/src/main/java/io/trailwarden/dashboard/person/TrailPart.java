package io.trailwarden.dashboard.person;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.WaitingNews;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.record.RecordDetail;
import io.trailwarden.dashboard.record.RecordRow;
import io.trailwarden.dashboard.record.Telling;
import io.trailwarden.dashboard.record.Waits;
import io.trailwarden.dashboard.story.PromptList;
import io.trailwarden.dashboard.story.Sources;
import io.trailwarden.event.EventId;
import io.trailwarden.store.PersonTrail.Order;
import io.trailwarden.store.PersonTrail.Which;
import io.trailwarden.store.StoredEvent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/// The trail: by session and prompt, newest first; or, where a kind or a text is asked for, one dense line a record.
final class TrailPart extends Block {

    private static final String ALL = "all";

    private final Sources sources;
    private final Who viewer;
    private final LocalDate lastDay;
    private final Div chips = new Div();
    private final Div place = new Div();
    private final WaitingNews news = new WaitingNews(this::read);
    private TrailFilter filter;
    private int asked;

    TrailPart(TrailFilter filter, LocalDate lastDay, Sources sources, Who viewer) {
        super("Trail");
        this.filter = filter;
        this.lastDay = lastDay;
        this.sources = sources;
        this.viewer = viewer;
        addClassName("trail-part");
        chips.addClassName("chips");
        show(chips, news, place);
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        narrow(filter);
    }

    /// Shows what `filter` takes.
    void narrow(TrailFilter filter) {
        this.filter = filter;
        chips.removeAll();
        chips.add(kinds(), search());
        if (filter.day() != null) {
            chips.add(chip("day", new Span(sources.moments().day(filter.day().atTime(12, 0).atZone(sources.moments().zone()).toInstant())),
                    filter.on(null)));
        }
        if (filter.session() != null) {
            chips.add(chip("session", ClientText.line(PromptList.shortened(filter.session()), 60), filter.in(null)));
        }
        if (filter.name() != null) {
            chips.add(chip("records", ClientText.line(filter.name(), 60), filter.named(null)));
        }
        if (filter.text() != null) {
            chips.add(chip("with", ClientText.line(filter.text(), 60), filter.with(null)));
        }
        read();
    }

    /// Says that `count` records that belong here were stored.
    void waiting(int count) {
        news.more(count, "record");
    }

    private Component kinds() {
        var kinds = new Select<String>();
        var offered = new ArrayList<String>(List.of(ALL));
        Arrays.stream(Which.values()).map(TrailFilter::wire).forEach(offered::add);
        offered.add(TrailFilter.ALERTS);
        kinds.setItems(offered);
        kinds.setItemLabelGenerator(TrailPart::caption);
        kinds.setAriaLabel("Kind of record");
        kinds.addThemeNames("small");
        kinds.addClassName("by-kind");
        kinds.setValue(Objects.requireNonNullElse(filter.show(), ALL));
        kinds.addValueChangeListener(chosen -> {
            if (chosen.isFromClient()) {
                go(filter.showing(ALL.equals(chosen.getValue()) ? null : chosen.getValue()));
            }
        });
        return kinds;
    }

    private static String caption(String kind) {
        return switch (kind) {
            case ALL -> "Everything, by prompt";
            case "prompts" -> "Prompts and answers";
            case "decisions" -> "Decisions";
            case "refusals" -> "Refusals";
            case "commands" -> "Commands";
            case "files" -> "Files";
            case "mcp" -> "MCP";
            case "egress" -> "Egress";
            case "modes" -> "Mode changes";
            default -> "What alerts show";
        };
    }

    private Component search() {
        var search = new TextField();
        search.setPlaceholder("Command, file, host or server");
        search.setAriaLabel("Search this trail; prompts are not searched");
        search.setMaxLength(200);
        search.addClassName("search");
        search.setClearButtonVisible(true);
        search.setValue(Objects.requireNonNullElse(filter.text(), ""));
        search.addKeyPressListener(Key.ENTER, _ -> go(filter.with(search.getValue())));
        return search;
    }

    private void go(TrailFilter to) {
        getUI().ifPresent(ui -> ui.navigate(to.address()));
    }

    private static Component chip(String what, Component value, TrailFilter without) {
        var off = new Anchor(without.address(), "×");
        off.setRouterIgnore(false);
        off.getElement().setAttribute("aria-label", "Without this " + what);
        var chip = new Span(new Span(what), value, off);
        chip.addClassName("chip");
        return chip;
    }

    private void read() {
        news.none();
        int turn = ++asked;
        place.removeAll();
        if (!filter.flat()) {
            note(filter.session() == null ? "newest prompt first, what was done for it in order" : "one session, newest prompt first");
            place.add(new PromptList(filter.scope(lastDay, sources.moments().zone(), sources.clock().instant()), Order.NEWEST_FIRST, true, sources, viewer,
                    null, nothing()), before());
            return;
        }
        place.add(Message.loading(14));
        sources.readings().ask(this, this::firstPage, answer -> {
            if (turn == asked) {
                settle(answer);
            }
        });
    }

    private Component before() {
        var shown = filter.shown(lastDay);
        var before = new Anchor(filter.on(shown.minusDays(1)).address(), "The day before");
        before.setRouterIgnore(false);
        before.addClassName("day-before");
        before.setVisible(filter.session() == null);
        return before;
    }

    private void settle(Answer<CursorPages<RecordRow, String>> answer) {
        place.removeAll();
        place.add(switch (answer) {
            case Answer.Found<CursorPages<RecordRow, String>>(var pages) when pages.read() == 0 -> nothing();
            case Answer.Found<CursorPages<RecordRow, String>>(var pages) -> rows(pages);
            case Answer.Failed<CursorPages<RecordRow, String>> failed -> Part.failure("The trail", failed, this::read);
        });
    }

    private CursorPages<RecordRow, String> firstPage() {
        var narrowed = filter;
        var scope = narrowed.scope(lastDay, sources.moments().zone(), sources.clock().instant());
        var pages = new CursorPages<RecordRow, String>(cursor -> {
            if (TrailFilter.ALERTS.equals(narrowed.show())) {
                return new Slice<>(told(alerting(narrowed)), null);
            }
            var page = sources.trail().records(scope, narrowed.filter(), Order.NEWEST_FIRST, Rows.PAGE, cursor);
            return new Slice<>(told(page.items()), page.next());
        });
        pages.rows(0, Rows.PAGE);
        return pages;
    }

    private List<StoredEvent> alerting(TrailFilter narrowed) {
        var scope = narrowed.scope(lastDay, sources.moments().zone(), sources.clock().instant());
        var ids = new LinkedHashSet<EventId>();
        for (Alert alert : sources.alertsOf(narrowed.person())) {
            alert.evidence().forEach(evidence -> ids.add(evidence.event()));
        }
        return sources.records().events(ids.stream().limit(1000).toList()).reversed().stream()
                .filter(record -> narrowed.takes(record) && (scope.from() == null || !record.event().time().isBefore(scope.from()))
                        && (scope.to() == null || record.event().time().isBefore(scope.to())))
                .toList();
    }

    private List<RecordRow> told(List<StoredEvent> records) {
        var waits = Waits.before(records, sources.records());
        return records.stream()
                .map(record -> new RecordRow(record, Telling.of(record.event()), waits.get(record.event().id())))
                .toList();
    }

    private Component rows(CursorPages<RecordRow, String> pages) {
        var newest = pages.rows(0, 1).getFirst().record().event().time();
        note("newest first, click for all of a record");
        var rows = new Rows<>("trail", pages, RecordRow.renderer(record -> sources.moments().under(newest, record.event().time())), this::read,
                RecordRow.HEADS.toArray(String[]::new));
        rows.setItemDetailsRenderer(new ComponentRenderer<>(row -> new RecordDetail(row.record(), sources.masks().of(row.record(), viewer))));
        return rows;
    }

    private Component nothing() {
        if (filter.flat()) {
            return Message.empty("No record fits.", new Paragraph(filter.day() == null && filter.session() == null
                    ? "None of the last 30 days. A day that is chosen above is searched whole." : "This person has records, but none of this kind here."),
                    new Paragraph(new NumberLink("Show all records", Navigation.person(filter.person()))));
        }
        if (filter.day() != null) {
            return Message.empty("Nothing on this day.", new Paragraph("Their agent sent no record with a time of this day."),
                    new Paragraph(new NumberLink("Show the last day with records", Navigation.person(filter.person()))));
        }
        return Message.empty("Only metrics and spans have arrived.",
                new Paragraph("The trail is made of log records. The client sends them when OTEL_LOGS_EXPORTER is otlp."));
    }
}
