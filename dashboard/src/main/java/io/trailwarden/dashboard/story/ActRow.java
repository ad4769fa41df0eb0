package io.trailwarden.dashboard.story;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ClickEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.record.RecordDetail;
import io.trailwarden.dashboard.record.Telling;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One act as one line; pressing its time opens all of its records.
final class ActRow extends Div {

    /// A line shows this much of a client's text. The rest is in the record's details, whole.
    private static final int SHOWN = 240;

    /// Questions that stood open longer than this fill their bar.
    private static final double LONGEST_MILLIS = 120_000;

    private final Act act;
    private final Sources sources;
    private final Who viewer;
    private final Div details = new Div();
    private final NativeButton time;

    ActRow(Act act, Sources sources, Who viewer, List<Alert> alerts) {
        this.act = act;
        this.sources = sources;
        this.viewer = viewer;
        var event = act.record().event();
        var telling = act.telling();
        setId("r-" + event.id());
        addClassName("act-place");
        time = new NativeButton(sources.moments().clock(event.time()), this::toggle);
        time.addClassName("t");
        time.getElement().setAttribute("title", Moments.utc(event.time()));
        time.getElement().setAttribute("aria-expanded", "false");
        time.getElement().setAttribute("aria-label", "All of the record of " + sources.moments().clock(event.time()));
        var line = new Div(time, band(act.record()), what(telling), said(telling), became(telling));
        line.addClassNames("trail-row", "act", (act.failed() ? Telling.Weight.FAILED : telling.weight()).name().toLowerCase(Locale.ROOT));
        if (!alerts.isEmpty()) {
            line.addClassNames("hot", SeverityMark.tone(alerts.getFirst().severity()) + "-row");
        }
        details.setVisible(false);
        add(line);
        alerts.stream().limit(4).map(this::alert).forEach(this::add);
        add(details);
    }

    private static Span band(StoredEvent record) {
        var band = new Span();
        band.addClassNames("band", ModeSwatch.swatch(record.mode()));
        band.getElement().setAttribute("role", "img");
        band.getElement().setAttribute("title", ModeSwatch.title(record.mode()));
        band.getElement().setAttribute("aria-label", ModeSwatch.title(record.mode()));
        return band;
    }

    private static Span what(Telling telling) {
        var what = new Span(telling.theirs() ? ClientText.line(telling.what(), 60) : new Span(telling.what()));
        what.addClassName("what");
        return what;
    }

    private Component said(Telling telling) {
        var said = new Div();
        said.addClassName("said");
        var words = sources.masks().of(act.record(), viewer);
        if (!words.isEmpty()) {
            said.addClassName("with-words");
            said.add(words);
        } else if (telling.masked() != null) {
            said.add(new Span(telling.masked() + " characters, not sent"));
        }
        if (telling.text() != null) {
            said.add(ClientText.line(telling.text(), SHOWN));
        }
        return said;
    }

    private Component became(Telling telling) {
        var by = new Div();
        by.addClassName("by");
        by.add(new Span(telling.outcome()));
        if (telling.wire() != null) {
            var wire = ClientText.line(telling.wire(), 60);
            wire.addClassName("wire");
            by.add(new Span(" "), wire);
        }
        if (act.asked()) {
            by.add(stood(act.stood()));
        }
        var ended = act.ended();
        if (!ended.isEmpty()) {
            by.add(new Span((telling.outcome().isEmpty() ? "" : ", ") + ended));
        }
        return by;
    }

    /// As long as the question stood open, on a scale of square roots: a second is seen, and two minutes fit.
    private Component stood(@Nullable Duration wait) {
        if (wait == null) {
            var unknown = new Span("wait not told");
            unknown.addClassNames("wait", "q");
            return unknown;
        }
        var bar = new Span();
        bar.addClassNames("wait-bar", act.exact() ? "exact" : "at-most");
        if (wait.toMillis() < 1500) {
            bar.addClassName("fast");
        }
        bar.getStyle().setWidth(Math.max(2, Math.round(72 * Math.sqrt(Math.min(1, wait.toMillis() / LONGEST_MILLIS)))) + "px");
        bar.getElement().setAttribute("aria-hidden", "true");
        var words = new Span("after " + act.waited());
        words.addClassName("wait");
        words.getElement().setAttribute("title", act.exact() ? "from asking to the answer, measured by the client"
                : "since the record before; the client sends no span of the question");
        var both = new Span(bar, words);
        both.addClassName("waited");
        return both;
    }

    private Component alert(Alert alert) {
        var link = new Anchor(Navigation.alert(alert.key()));
        link.setRouterIgnore(false);
        link.add(new OurText(InertText.line(alert.title(), 200)));
        var line = new Div(band(act.record()), new SeverityMark(alert.severity()), link);
        line.addClassName("act-alert");
        return line;
    }

    private void toggle(ClickEvent<NativeButton> press) {
        open(!details.isVisible());
    }

    /// Shows all of its records, or hides them.
    void open(boolean open) {
        details.removeAll();
        details.setVisible(open);
        time.getElement().setAttribute("aria-expanded", String.valueOf(open));
        if (open) {
            var record = act.record().event();
            details.add(new RecordDetail(act.record()));
            if (act.result() != null) {
                details.add(new RecordDetail(act.result()));
            }
            var link = new Anchor(Navigation.record(record.person(), Objects.requireNonNullElse(record.session(), ""), record.id()),
                    "Link to this record");
            link.addClassName("permalink");
            link.setRouterIgnore(false);
            link.setVisible(record.session() != null);
            details.add(link);
        }
    }

    /// Marks it as the one that the address names.
    void point() {
        addClassName("pointed");
        open(true);
        getElement().executeJs("this.scrollIntoView({block: 'center'})");
    }

    Act act() {
        return act;
    }
}
