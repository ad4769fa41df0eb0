package io.trailwarden.dashboard.story;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Severity;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.Who;
import io.trailwarden.dashboard.record.Waits;
import io.trailwarden.event.EventId;
import io.trailwarden.store.PersonTrail;
import io.trailwarden.store.PersonTrail.Filter;
import io.trailwarden.store.PersonTrail.Order;
import io.trailwarden.store.PersonTrail.Prompt;
import io.trailwarden.store.PersonTrail.Scope;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail.Page;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One prompt and what was done for it, oldest first; read when it is opened.
final class PromptSection extends Section {

    private static final int AT_ONCE = 200;
    private static final int CONTEXT = 20;

    private final Prompt prompt;
    private final Scope scope;
    private final Sources sources;
    private final Who viewer;
    private final Told told;
    private final NativeButton head;
    private final Div acts = new Div();
    private final Div foot = new Div();
    private final List<StoredEvent> read = new ArrayList<>();
    private final Map<EventId, ActRow> rows = new HashMap<>();
    private boolean open;
    private @Nullable String next;
    private @Nullable StoredEvent pointed;

    /// What all sections of a list know.
    ///
    /// @param alerts of the person
    /// @param byRecord which of them each record shows
    /// @param breaks in the sessions of the list
    record Told(List<Alert> alerts, Map<EventId, List<Alert>> byRecord, List<Break> breaks) {
    }

    private record Slice(Page<StoredEvent> page, Map<EventId, java.time.Duration> waits, boolean within) {
    }

    PromptSection(Prompt prompt, Scope scope, Sources sources, Who viewer, Told told) {
        this.prompt = prompt;
        var session = prompt.session().isEmpty() ? scope.session() : prompt.session();
        // What belongs to no prompt has no name to ask by, only its time; and nothing else of a long session is read.
        this.scope = new Scope(scope.person(), session, prompt.from(), prompt.to().plusNanos(1000));
        this.sources = sources;
        this.viewer = viewer;
        this.told = told;
        addClassName("prompt");
        head = new NativeButton("", _ -> open(!open));
        head.addClassName("prompt-head");
        head.getElement().setAttribute("aria-expanded", "false");
        fillHead();
        acts.addClassName("story-acts");
        foot.addClassName("more");
        add(head, acts, foot);
    }

    private void fillHead() {
        var time = new Span(sources.moments().clock(prompt.from()));
        time.addClassName("t");
        time.getElement().setAttribute("title", Moments.utc(prompt.from()));
        var band = new Span();
        band.addClassNames("band", ModeSwatch.swatch(prompt.modes().isEmpty() ? null : prompt.modes().getFirst()));
        band.getElement().setAttribute("aria-hidden", "true");
        var title = new Span(title());
        title.addClassName("title");
        var sums = new Span(sums());
        sums.addClassNames("sums");
        head.add(time, band, title);
        gravest().ifPresent(severity -> {
            var mark = new SeverityMark(severity);
            head.add(mark);
        });
        head.add(sums);
    }

    private String title() {
        if (prompt.id() == null) {
            return "Outside of any prompt";
        }
        if (prompt.record() == null) {
            return "A prompt that did not arrive";
        }
        return prompt.length() == null ? "Prompt" : "Prompt of " + Sentence.counted(prompt.length(), "character");
    }

    private String sums() {
        var sums = new ArrayList<String>();
        sums.add(prompt.tools() == 0 ? Sentence.counted(prompt.records(), "record") : Sentence.counted(prompt.tools(), "tool"));
        if (prompt.asked() > 0) {
            sums.add(NumberLink.format(prompt.asked()) + " asked");
        }
        if (prompt.refused() > 0) {
            sums.add(NumberLink.format(prompt.refused()) + " refused");
        }
        if (prompt.cost() >= 0.005) {
            sums.add(String.format(Locale.ROOT, "$%.2f", prompt.cost()));
        }
        return String.join(", ", sums);
    }

    private java.util.Optional<Severity> gravest() {
        return told.alerts().stream().filter(alert -> prompt.session().equals(Objects.requireNonNullElse(alert.session(), "")))
                .filter(alert -> alert.evidence().stream().anyMatch(evidence -> covers(prompt, evidence.time())))
                .map(Alert::severity).max(Severity::compareTo);
    }

    private static boolean covers(Prompt prompt, java.time.Instant time) {
        return !time.isBefore(prompt.from()) && !time.isAfter(prompt.to());
    }

    /// Whether `record` may be in `prompt`, by its session and prompt.
    static boolean holds(Prompt prompt, StoredEvent record) {
        return prompt.session().equals(Objects.requireNonNullElse(record.event().session(), ""))
                && Objects.equals(prompt.id(), record.event().prompt()) && (prompt.id() != null || covers(prompt, micros(record)));
    }

    Prompt prompt() {
        return prompt;
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        if (open && read.isEmpty()) {
            more();
        }
    }

    /// Opens at `record`, which it [#holds].
    void point(StoredEvent record) {
        pointed = record;
        open(true);
    }

    /// Shows what was done, or hides it.
    void open(boolean now) {
        open = now;
        head.getElement().setAttribute("aria-expanded", String.valueOf(now));
        setClassName("open", now);
        acts.setVisible(now);
        foot.setVisible(now);
        if (now && read.isEmpty() && isAttached()) {
            acts.removeAll();
            acts.add(Message.loading((int) Math.min(8, prompt.records())));
            more();
        }
    }

    private void more() {
        foot.removeAll();
        var filter = new Filter(Set.of(), null, Objects.requireNonNullElse(prompt.id(), ""), null);
        var within = read.isEmpty() && prompt.records() > AT_ONCE ? pointed : null;
        var from = next;
        sources.readings().ask(this, () -> {
            var page = sources.trail().records(scope, filter, Order.OLDEST_FIRST, AT_ONCE, within == null ? from : shortlyBefore(within, filter));
            return new Slice(page, Waits.before(page.items(), sources.records()), within != null);
        }, answer -> {
            switch (answer) {
                case Answer.Found<Slice>(var slice) -> show(slice);
                case Answer.Failed<Slice> failed -> {
                    if (read.isEmpty()) {
                        acts.removeAll();
                    }
                    foot.add(Part.failure("These records", failed, this::more));
                }
            }
        });
    }

    /// A record in the middle of much is shown with a few before it, not with all.
    private @Nullable String shortlyBefore(StoredEvent sought, Filter filter) {
        var before = sources.trail().records(scope, filter, Order.NEWEST_FIRST, CONTEXT, PersonTrail.after(sought)).items();
        return before.size() < CONTEXT ? null : PersonTrail.from(before.getLast().event().time());
    }

    private void fromTheBeginning() {
        read.clear();
        rows.clear();
        next = null;
        acts.removeAll();
        acts.add(Message.loading(8));
        more();
    }

    private void show(Slice slice) {
        if (read.isEmpty()) {
            acts.removeAll();
            if (slice.within()) {
                var before = new Div(new Button("Show from the beginning of the prompt", _ -> fromTheBeginning()));
                before.addClassName("more");
                acts.add(before);
            }
        }
        read.addAll(slice.page().items());
        next = slice.page().next();
        for (var act : Act.of(slice.page().items(), slice.waits())) {
            breakBefore(act.record()).forEach(acts::add);
            var row = new ActRow(act, sources, viewer, alertsOf(act));
            rows.put(act.record().event().id(), row);
            if (act.result() != null) {
                rows.put(act.result().event().id(), row);
            }
            acts.add(row);
        }
        if (next != null) {
            foot.add(new Button("Show " + NumberLink.format(Math.min(AT_ONCE, prompt.records() - read.size())) + " more of "
                    + NumberLink.format(prompt.records()), _ -> more()));
        }
        seek();
    }

    private List<Component> breakBefore(StoredEvent record) {
        return told.breaks().stream()
                .filter(each -> each.after().session().equals(prompt.session()) && each.at().equals(micros(record)) && first(each, record))
                .map(Break::row).toList();
    }

    /// Of records at the same microsecond the one whose number begins the stretch.
    private static boolean first(Break each, StoredEvent record) {
        var sequence = record.event().sequence();
        return sequence == null || each.after().firstSequence() == null || sequence.equals(each.after().firstSequence());
    }

    private static java.time.Instant micros(StoredEvent record) {
        return record.event().time().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }

    private List<Alert> alertsOf(Act act) {
        var alerts = new ArrayList<>(told.byRecord().getOrDefault(act.record().event().id(), List.of()));
        if (act.result() != null) {
            told.byRecord().getOrDefault(act.result().event().id(), List.of()).stream().filter(alert -> !alerts.contains(alert)).forEach(alerts::add);
        }
        alerts.sort(java.util.Comparator.comparing(Alert::severity).reversed());
        return alerts;
    }

    /// Reads on until the record that was asked for is here, or there are no more.
    private void seek() {
        if (pointed == null) {
            return;
        }
        var row = rows.get(pointed.event().id());
        if (row != null) {
            pointed = null;
            row.point();
        } else if (next != null) {
            more();
        }
    }
}
