package io.trailwarden.dashboard.record;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import io.trailwarden.event.Words;
import io.trailwarden.store.StoredEvent;
import java.util.List;

/// All of one record: what was sent, what we worked out, who sent it, and our own marks on it. Whole, except for prompts
/// and answers, whose words are masked whatever the store keeps of them.
public final class RecordDetail extends Div {

    /// All of `record`, its words masked for good.
    public RecordDetail(StoredEvent record) {
        this(record, List.of());
    }

    /// All of `record`.
    ///
    /// @param words what stands for its words, see [io.trailwarden.dashboard.Masks#of]; shown first
    public RecordDetail(StoredEvent record, List<Component> words) {
        addClassName("detail");
        var seen = Words.masked(record.event()).seen();
        add(words);
        add(part("Sent on this record", seen.attributes()),
                part("Worked out by Trailwarden", seen.derived()),
                ours(record),
                part("Sent with every record of the session", seen.origin().common()),
                part("Who sends", seen.origin().resource()),
                part("Around it", seen.envelope()));
    }

    private static Component part(String heading, Attributes attributes) {
        var list = new DescriptionList();
        attributes.forEach((name, value) -> list.add(new DescriptionList.Term(ClientText.line(name)), described(value)));
        var part = part(heading, list);
        part.setVisible(!attributes.isEmpty());
        return part;
    }

    private static Div part(String heading, DescriptionList list) {
        return new Div(new H3(heading), list);
    }

    private static DescriptionList.Description described(Value value) {
        var text = value.asText();
        if (!text.isEmpty() && Words.withheld(text)) {
            var length = Words.length(text);
            return new DescriptionList.Description(quiet(length == null ? "kept back by the client" : length + " characters, masked"));
        }
        return new DescriptionList.Description(text.isEmpty() ? quiet("empty") : ClientText.lines(text));
    }

    private static Component ours(StoredEvent record) {
        var event = record.event();
        var list = new DescriptionList();
        row(list, "id", ClientText.line(event.id().toString()));
        row(list, "position in the trail", new Span(String.valueOf(record.position())));
        row(list, "client's clock", new Span(Moments.utc(event.time())));
        row(list, "received", new Span(Moments.utc(event.receivedAt())));
        row(list, "mode then", new ModeSwatch(record.mode()));
        row(list, "verified sender", ClientText.line(event.seen().origin().principal()));
        return part("Kept by Trailwarden", list);
    }

    private static void row(DescriptionList list, String term, Component description) {
        list.add(new DescriptionList.Term(term), new DescriptionList.Description(description));
    }

    private static Span quiet(String words) {
        var quiet = new Span(words);
        quiet.addClassName("q");
        return quiet;
    }
}
