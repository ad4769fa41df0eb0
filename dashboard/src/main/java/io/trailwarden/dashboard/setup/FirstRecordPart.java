package io.trailwarden.dashboard.setup;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.Pages;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The third step: waits for a record and says whose it is, by itself.
final class FirstRecordPart extends Block {

    private final Live live;
    private final Moments moments;
    private @Nullable String awaited;
    private boolean seen;
    private @Nullable Registration following;

    FirstRecordPart(Live live, Moments moments) {
        super("3. See the first record");
        this.live = live;
        this.moments = moments;
        addClassName("first-record");
        getElement().setAttribute("aria-live", "polite");
        waiting("Waiting for a record. Put the settings on one machine, start Claude Code there and ask it something; "
                + "it shows here by itself, about a second later.");
    }

    /// From now on only what is sent with the token called `name` counts.
    void await(String name) {
        awaited = name;
        seen = false;
        waiting("Waiting for the first record that is sent with this token. Put the settings on one machine, start Claude Code "
                + "there and ask it something.");
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        var ui = shown.getUI();
        following = live.listen((records, _) -> {
            if (!records.isEmpty()) {
                Pages.push(ui, () -> look(records));
            }
        });
    }

    @Override
    protected void onDetach(DetachEvent left) {
        if (following != null) {
            following.remove();
        }
    }

    private void look(List<StoredEvent> records) {
        if (!seen && isAttached()) {
            records.stream().filter(this::counts).findFirst().ifPresent(this::here);
        }
    }

    private boolean counts(StoredEvent record) {
        return awaited == null || record.event().seen().origin().principal().equals(awaited);
    }

    private void here(StoredEvent record) {
        seen = true;
        var event = record.event();
        var what = new Paragraph();
        what.addClassName("h");
        what.add("Here it is: ");
        what.add(ClientText.line(event.name(), 60));
        what.add(" of ");
        what.add(ClientText.line(event.person(), 80));
        var took = Duration.between(event.time(), event.receivedAt());
        var when = new Paragraph("Received " + moments.at(event.receivedAt())
                + (took.isNegative() || took.toMinutes() > 5 ? "" : ", " + Moments.span(took) + " after it happened")
                + ", with token ");
        when.addClassName("q");
        when.add(ClientText.line(event.seen().origin().principal(), 100));
        var trail = new Anchor(Navigation.person(event.person()), "Open the trail");
        trail.setRouterIgnore(false);
        var here = new Div(what, when, trail);
        here.addClassName("here");
        show(here);
    }

    private void waiting(String words) {
        var dot = new Span();
        dot.addClassName("pulse");
        dot.getElement().setAttribute("aria-hidden", "true");
        Component line = new Paragraph(words);
        var waiting = new Div(dot, line);
        waiting.addClassName("waiting");
        show(waiting);
    }
}
