package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.record.RecordDetail;
import io.trailwarden.dashboard.record.Telling;
import io.trailwarden.event.EventId;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The records that show it, numbered, oldest first, each with what it contributes and all of it on request.
final class EvidencePart extends Block {

    private final Alert alert;
    private final Trail trail;
    private final Readings readings;
    private final Moments moments;

    EvidencePart(Alert alert, Trail trail, Readings readings, Moments moments) {
        super("What happened");
        this.alert = alert;
        this.trail = trail;
        this.readings = readings;
        this.moments = moments;
        var session = alert.session();
        if (session == null) {
            note(Sentence.counted(alert.evidence().size(), "record"));
        } else {
            var link = AlertView.link(Navigation.trail(alert.person(), session, null));
            link.add(new Span("the whole session"));
            note(new Span(Sentence.counted(alert.evidence().size(), "record") + " of evidence; "), link);
        }
        show(Message.loading(alert.evidence().size()));
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        read();
    }

    private void read() {
        var ids = alert.evidence().stream().map(Evidence::event).toList();
        readings.ask(this, () -> trail.events(ids), answer -> {
            switch (answer) {
                case Answer.Found<List<StoredEvent>>(var records) -> list(records.stream()
                        .collect(Collectors.toMap(record -> record.event().id(), Function.identity(), (one, _) -> one)));
                case Answer.Failed<List<StoredEvent>> failed -> show(Part.failure("The evidence", failed, this::read));
            }
        });
    }

    private void list(Map<EventId, StoredEvent> records) {
        var list = new OrderedList();
        list.addClassName("evidence");
        for (var evidence : alert.evidence()) {
            list.add(item(evidence, records.get(evidence.event())));
        }
        show(list);
    }

    private Component item(Evidence evidence, @Nullable StoredEvent record) {
        var time = new Span(moments.at(evidence.time()));
        time.addClassName("t");
        time.getElement().setAttribute("title", Moments.utc(evidence.time()));
        var says = new OurText(InertText.line(evidence.says(), 300));
        says.addClassName("says");
        var line = new Div(time, offset(evidence), says);
        line.addClassName("line");
        return record == null ? new ListItem(line, gone()) : new ListItem(line, told(record), all(record));
    }

    private Component offset(Evidence evidence) {
        var before = Duration.between(evidence.time(), alert.at());
        var words = before.isZero() ? "0" : before.isNegative() ? "+" + Moments.span(before.negated()) : "−" + Moments.span(before);
        var offset = new Span(words);
        offset.addClassNames("offset", "q");
        offset.getElement().setAttribute("title", "from the record that raised the alert");
        return offset;
    }

    private static Component told(StoredEvent record) {
        var telling = Telling.of(record.event());
        var what = new Span(telling.theirs() ? ClientText.line(telling.what(), 60) : new Span(telling.what()));
        what.addClassName("what");
        var told = new Div(new ModeSwatch(record.mode()), what);
        told.addClassName("told");
        if (telling.text() != null) {
            told.add(ClientText.line(telling.text(), 2000));
        }
        if (telling.masked() != null) {
            told.add(new Span(telling.masked() + " characters, masked"));
        }
        var by = new Span(new Span(telling.outcome() + " "), ClientText.line(Objects.requireNonNullElse(telling.wire(), "")));
        by.addClassNames("by", telling.weight() == Telling.Weight.REFUSED ? "b" : "s");
        told.add(by);
        return told;
    }

    private static Component all(StoredEvent record) {
        var details = new Details("All of this record");
        details.addOpenedChangeListener(change -> {
            if (change.isOpened() && details.getContent().findAny().isEmpty()) {
                details.add(new RecordDetail(record));
            }
        });
        return details;
    }

    private static Component gone() {
        var gone = new Paragraph("This record is no longer kept.");
        gone.addClassName("q");
        return gone;
    }
}
