package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Masks;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.record.RecordDetail;
import io.trailwarden.dashboard.record.Telling;
import io.trailwarden.event.EventId;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The records that show it, numbered, among what the session did around them: oldest first, with the permission mode as
/// one band at the left. What is context is dimmed; more of it loads in place.
final class HappenedPart extends Block {

    private static final int MORE = 20;

    /// A band this long has room for the name of its mode.
    private static final int NAMED = 4;

    private final Trail trail;
    private final Readings readings;
    private final Masks masks;
    private final Moments moments;
    private final Who viewer;
    private final Set<EventId> open = new HashSet<>();
    private Scene scene;
    private boolean beginning;
    private boolean end;

    HappenedPart(Scene scene, Trail trail, Readings readings, Masks masks, Moments moments, Who viewer) {
        super("What happened");
        addClassName("happened");
        this.scene = scene;
        this.trail = trail;
        this.readings = readings;
        this.masks = masks;
        this.moments = moments;
        this.viewer = viewer;
        draw();
    }

    private void draw() {
        note(notes());
        if (scene.records().isEmpty()) {
            show(Message.empty("None of these records is kept any more.",
                    new Paragraph("They expired, or were erased. What the rule wrote down when it found them is in the title.")));
            return;
        }
        var table = new NativeTable(head(), rows());
        table.addClassName("scene");
        show(table);
    }

    private Component[] notes() {
        var session = scene.alert().session();
        var words = Sentence.counted(scene.alert().evidence().size(), "record") + (scene.alert().evidence().size() == 1 ? " is" : " are")
                + " the evidence, the rest is context";
        if (session == null) {
            return new Component[] {new Span(words)};
        }
        var link = AlertView.link(Navigation.session(scene.alert().person(), session));
        link.add(new Span("session "), ClientText.line(session.length() > 8 ? session.substring(0, 8) : session));
        link.getElement().setAttribute("title", "All of the session");
        var before = wider("More before", "The session begins here", true);
        var after = wider("More after", "Nothing yet after this", false);
        return new Component[] {link, new Span(", " + words + "; "), before, new Span(", "), after};
    }

    private Component wider(String words, String nothing, boolean before) {
        if (before ? beginning : end) {
            return new Span(nothing);
        }
        var button = new Button(words, press -> widen(before));
        button.addThemeNames("tertiary-inline", "small");
        return button;
    }

    private void widen(boolean before) {
        var now = scene;
        readings.ask(this, () -> now.wider(trail, before, MORE), answer -> {
            switch (answer) {
                case Answer.Found<Scene>(var wider) -> {
                    boolean all = wider.records().size() < now.records().size() + MORE;
                    beginning |= before && all;
                    end |= !before && all;
                    scene = wider;
                    draw();
                }
                case Answer.Failed<Scene> failed -> show(Part.failure("What happened", failed, this::draw));
            }
        });
    }

    private static NativeTableHeader head() {
        var row = new NativeTableRow();
        for (var name : List.of("mode", "evidence", "time", "from the alert", "seq", "event", "what")) {
            var cell = new NativeTableHeaderCell(name);
            cell.addClassName("h-" + name.replace(' ', '-'));
            row.add(cell);
        }
        return new NativeTableHeader(row);
    }

    private NativeTableBody rows() {
        var body = new NativeTableBody();
        var numbers = scene.numbers();
        var says = scene.says();
        var records = scene.records();
        for (int i = 0; i < records.size(); i++) {
            var record = records.get(i);
            var row = row(record, numbers.get(record.event().id()), says.get(record.event().id()));
            if (i == 0 || !Objects.equals(records.get(i - 1).mode(), record.mode())) {
                row.addComponentAsFirst(band(records.subList(i, records.size())));
            }
            body.add(row);
            if (open.contains(record.event().id())) {
                var cell = new NativeTableCell(new RecordDetail(record));
                cell.setColspan(6);
                cell.addClassName("whole");
                body.add(new NativeTableRow(cell));
            }
        }
        return body;
    }

    /// The mode that the first of `rest` and some after it have, as one cell beside all of them.
    private NativeTableCell band(List<StoredEvent> rest) {
        var mode = rest.getFirst().mode();
        int rows = 0;
        int records = 0;
        for (var record : rest) {
            if (!Objects.equals(record.mode(), mode)) {
                break;
            }
            records++;
            rows += open.contains(record.event().id()) ? 2 : 1;
        }
        var bar = new Span();
        bar.addClassNames("bar", ModeSwatch.swatch(mode));
        bar.getElement().setAttribute("role", "img");
        bar.getElement().setAttribute("aria-label", ModeSwatch.title(mode));
        bar.getElement().setAttribute("title", ModeSwatch.title(mode));
        if (records >= NAMED && mode != null) {
            var name = ClientText.line(mode, 24);
            name.getElement().setAttribute("aria-hidden", "true");
            bar.add(name);
        }
        var cell = new NativeTableCell(bar);
        cell.setRowspan(rows);
        cell.addClassName("band");
        return cell;
    }

    private NativeTableRow row(StoredEvent record, @Nullable Integer number, @Nullable String says) {
        var row = new NativeTableRow(number(number), time(record), offset(record), sequence(record),
                cell("event", ClientText.line(record.event().name(), 40)), cell("bd", told(record, says)));
        row.addClassName(number == null ? "context" : "shown");
        row.setClassName("hit", record.equals(scene.hit()));
        return row;
    }

    private static NativeTableCell number(@Nullable Integer number) {
        if (number == null) {
            return cell("num", new Span());
        }
        var circle = new Span(String.valueOf(number));
        circle.addClassName("n-o");
        return cell("num", circle);
    }

    private NativeTableCell time(StoredEvent record) {
        var time = new Span(moments.under(scene.alert().at(), record.event().time()));
        time.getElement().setAttribute("title", Moments.utc(record.event().time()));
        return cell("t", time);
    }

    private NativeTableCell offset(StoredEvent record) {
        var before = Duration.between(record.event().time(), scene.alert().at());
        return cell("off", new Span(before.isZero() ? "0"
                : before.isNegative() ? "+" + Moments.span(before.negated()) : "−" + Moments.span(before)));
    }

    /// Opens all of the record. Named by the client's count, which shows what is missing between two.
    private NativeTableCell sequence(StoredEvent record) {
        var count = record.event().sequence();
        var id = record.event().id();
        var button = new Button(count == null ? "all" : String.valueOf(count), _ -> {
            if (!open.remove(id)) {
                open.add(id);
            }
            draw();
        });
        button.addThemeNames("tertiary-inline", "small");
        button.addClassNames("n", "whole-of");
        button.getElement().setAttribute("aria-label", "All of record " + (count == null ? "without a number" : count));
        button.getElement().setAttribute("aria-expanded", String.valueOf(open.contains(id)));
        return cell("seq", button);
    }

    private Component told(StoredEvent record, @Nullable String says) {
        var told = new Div();
        told.addClassName("told-of");
        if (says != null) {
            told.add(said(record, says));
        }
        var telling = Telling.of(record.event());
        var line = new Div(telling.theirs() ? ClientText.line(telling.what(), 60) : new Span(telling.what()));
        line.addClassName("line");
        if (telling.text() != null && (says == null || !says.contains(telling.text()))) {
            line.add(ClientText.line(telling.text(), says == null ? 160 : 600));
        }
        var masked = masks.of(record, viewer);
        line.add(masked);
        var by = new Span(new Span(telling.outcome() + " "), ClientText.line(Objects.requireNonNullElse(telling.wire(), ""), 60));
        by.addClassNames("by", telling.weight() == Telling.Weight.REFUSED ? "b" : "s");
        line.add(by);
        told.add(line);
        return told;
    }

    /// What the record contributes, in the rule's words, with those of the client told apart.
    private static Component said(StoredEvent record, String says) {
        var words = new Div();
        words.addClassName("says");
        for (var part : Story.of(says, List.of(record))) {
            words.add(part.theirs() ? ClientText.line(part.text(), 300) : new OurText(InertText.line(part.text(), 300)));
        }
        return words;
    }

    private static NativeTableCell cell(String style, Component content) {
        var cell = new NativeTableCell(content);
        cell.addClassName(style);
        return cell;
    }
}
