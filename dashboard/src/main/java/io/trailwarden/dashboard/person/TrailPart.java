package io.trailwarden.dashboard.person;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.WaitingNews;
import io.trailwarden.dashboard.record.RecordDetail;
import io.trailwarden.dashboard.record.RecordRow;
import io.trailwarden.dashboard.record.Telling;
import io.trailwarden.dashboard.record.Waits;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.util.ArrayList;
import java.util.List;

/// The trail, newest first, one dense line a record; a click opens all of it.
final class TrailPart extends Block {

    /// The records that people look for by name, in the order of a session's life.
    private static final List<String> NAMES = List.of("user_prompt", "tool_decision", "tool_result", "permission_mode_changed",
            "managed_settings_resolved", "mcp_server_connection", "hook_execution_complete", "api_request", "api_error",
            "assistant_response", "plugin_loaded");

    private final Trail trail;
    private final Readings readings;
    private final Moments moments;
    private final Div chips = new Div();
    private final Div place = new Div();
    private final WaitingNews news = new WaitingNews(this::read);
    private TrailFilter filter;
    private int asked;

    TrailPart(TrailFilter filter, Trail trail, Readings readings, Moments moments) {
        super("Trail");
        this.filter = filter;
        this.trail = trail;
        this.readings = readings;
        this.moments = moments;
        addClassNames("fill", "trail-part");
        chips.addClassName("chips");
        place.addClassNames("fill", "column");
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
        chips.add(byName());
        if (filter.session() != null) {
            chips.add(chip("session", SessionsPart.shortened(filter.session()),
                    Navigation.trail(filter.person(), null, filter.name())));
        }
        if (filter.name() != null) {
            chips.add(chip("records", filter.name(), Navigation.trail(filter.person(), filter.session(), null)));
        }
        place.removeAll();
        place.add(Message.loading(14));
        read();
    }

    /// Says that `count` records that belong here were stored.
    void waiting(int count) {
        news.more(count, "record");
    }

    private Component byName() {
        var names = new Select<String>();
        names.setItems(offered());
        names.setPlaceholder("All records");
        names.setEmptySelectionAllowed(true);
        names.setEmptySelectionCaption("All records");
        names.setAriaLabel("Records by name");
        names.addThemeNames("small");
        names.addClassName("by-name");
        names.setValue(filter.name());
        names.addValueChangeListener(chosen -> getUI().ifPresent(
                ui -> ui.navigate(Navigation.trail(filter.person(), filter.session(), chosen.getValue()))));
        return names;
    }

    private List<String> offered() {
        var offered = new ArrayList<>(NAMES);
        if (filter.name() != null && !offered.contains(filter.name())) {
            offered.add(filter.name());
        }
        return offered;
    }

    private static Component chip(String what, String value, String without) {
        var off = new Anchor(without, "×");
        off.setRouterIgnore(false);
        off.getElement().setAttribute("aria-label", "Without this " + what);
        var chip = new Span(new Span(what), ClientText.line(value, 60), off);
        chip.addClassName("chip");
        return chip;
    }

    private void read() {
        news.none();
        int turn = ++asked;
        readings.ask(this, this::firstPage, answer -> {
            if (turn == asked) {
                settle(answer);
            }
        });
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
        var pages = new CursorPages<RecordRow, String>(cursor -> {
            var page = trail.events(narrowed.query(Rows.PAGE, cursor));
            return new Slice<>(told(page.items()), page.next());
        });
        pages.rows(0, Rows.PAGE);
        return pages;
    }

    private List<RecordRow> told(List<StoredEvent> records) {
        var waits = Waits.before(records, trail);
        return records.stream()
                .map(record -> new RecordRow(record, Telling.of(record.event()), waits.get(record.event().id())))
                .toList();
    }

    private Component rows(CursorPages<RecordRow, String> pages) {
        var newest = pages.rows(0, 1).getFirst().record().event().time();
        note("newest first, click for all of a record");
        var rows = new Rows<>("trail", pages, RecordRow.renderer(record -> moments.under(newest, record.event().time())), this::read,
                RecordRow.HEADS.toArray(String[]::new));
        rows.setItemDetailsRenderer(new ComponentRenderer<>(row -> new RecordDetail(row.record())));
        return rows;
    }

    private Component nothing() {
        var all = new NumberLink("Show all records", Navigation.person(filter.person()));
        return filter.narrowed()
                ? Message.empty("No record fits.", new Paragraph("This person has records, but none of this session and "
                        + "name."), new Paragraph(all))
                : Message.empty("Only metrics and spans have arrived.",
                        new Paragraph("The trail is made of log records. The client sends them when OTEL_LOGS_EXPORTER is otlp."));
    }
}
