package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.VaadinRequest;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.event.Words;
import io.trailwarden.identity.Permission;
import io.trailwarden.reveal.Reveal;
import io.trailwarden.reveal.Reveal.Asker;
import io.trailwarden.reveal.Reveal.Revealed;
import io.trailwarden.store.StoredEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Words of a prompt or an answer: bars and their length until somebody who may says why they read them. Then that one
/// text, until it is hidden or the page is left.
public final class MaskedText extends Div {

    private final StoredEvent record;
    private final Words.Spot words;
    private final Masks masks;
    private final boolean may;

    MaskedText(StoredEvent record, Words.Spot words, Masks masks, boolean may) {
        this.record = record;
        this.words = words;
        this.masks = masks;
        this.may = may;
        addClassName("words");
        hide();
    }

    /// Bars as long as words of `length` would be, and that length; for words that nobody can read any more.
    ///
    /// @param length in characters; null when nothing tells
    /// @param byClient whether the client kept them back; otherwise our policy masked them
    static Component gone(@Nullable Integer length, boolean byClient) {
        var gone = new Div(bars(length == null ? 40 : length), new Span((length == null ? "" : Sentence.counted(length, "character") + ", ")
                + (byClient ? "kept back by the client" : "masked before it was stored; nobody can read it")));
        gone.addClassNames("words", "q");
        return gone;
    }

    private void hide() {
        removeAll();
        var length = new Span(Sentence.counted(words.length(), "character") + ", masked.");
        length.addClassName("s");
        add(bars(words.length()), length);
        if (may) {
            var open = new Button("Reveal…", _ -> ask());
            open.addThemeNames("tertiary", "small");
            open.addClassName("reveal");
            open.getElement().setAttribute("aria-label", "Reveal " + what() + "…");
            add(open);
        } else {
            var not = new Span("Read by analysts and auditors only, for a reason.");
            not.addClassName("q");
            add(not);
        }
    }

    private void ask() {
        Who.asks().must(Permission.REVEAL);
        removeAll();
        var reason = new TextField();
        reason.setPlaceholder("Why, such as the alert that you look into");
        reason.setMaxLength(Reveal.LONGEST_REASON);
        reason.setAriaLabel("Reason to reveal " + what());
        var reveal = new Button("Reveal and log", _ -> reveal(reason));
        reveal.addThemeNames("primary", "small");
        reason.addKeyPressListener(Key.ENTER, _ -> reveal(reason));
        var not = new Button("Leave masked", _ -> hide());
        not.addThemeNames("tertiary", "small");
        var question = new Span("Reveal " + what() + "?");
        question.addClassName("b");
        var line = new Div(question, reason, reveal, not);
        line.addClassName("line");
        var seen = new Paragraph("Who, when, whose and why is written down first, for good; auditors and administrators read it.");
        seen.addClassNames("q", "xs");
        var form = new Div(line, seen);
        form.addClassName("asking");
        add(form);
        reason.focus();
    }

    private void reveal(TextField reason) {
        var who = Who.asks();
        who.must(Permission.REVEAL);
        var why = reason.getValue().strip();
        if (why.length() < Reveal.SHORTEST_REASON) {
            reason.setErrorMessage("A reason takes at least " + Reveal.SHORTEST_REASON + " characters.");
            reason.setInvalid(true);
            reason.focus();
            return;
        }
        var request = VaadinRequest.getCurrent();
        var asker = new Asker(who.name(), who.roles(), request == null ? "" : request.getRemoteAddr());
        masks.readings().ask(this, () -> masks.reveal().reveal(record.event().id(), words.attribute(), asker, why), answer -> {
            switch (answer) {
                case Answer.Found<Optional<Revealed>>(var found) -> found.ifPresentOrElse(it -> show(it, why), this::noLonger);
                case Answer.Failed<Optional<Revealed>> failed -> {
                    removeAll();
                    add(Part.failure("These words", failed, this::hide));
                }
            }
        });
    }

    private void show(Revealed revealed, String why) {
        removeAll();
        var text = new Div(ClientText.lines(revealed.words()));
        text.addClassName("revealed");
        var hide = new Button("Hide", _ -> hide());
        hide.addThemeNames("tertiary", "small");
        var logged = new Span("Logged " + masks.moments().at(revealed.at()) + ": ");
        var note = new Div(logged, new OurText(InertText.line(why)), hide);
        note.addClassNames("q", "xs", "line");
        add(text, note);
    }

    private void noLonger() {
        removeAll();
        add(new Span("This record is no longer kept; nothing was read and nothing was logged."));
    }

    /// Whoever comes back to the page finds it masked.
    @Override
    protected void onDetach(DetachEvent left) {
        hide();
    }

    private String what() {
        var kind = switch (words.kind()) {
            case PROMPT -> "the prompt";
            case ANSWER -> "the answer";
        };
        return kind + " of " + masks.moments().at(record.event().time());
    }

    private static Span bars(int length) {
        var bars = new Span();
        bars.addClassName("bars-of-words");
        bars.getElement().setAttribute("aria-hidden", "true");
        for (int bar = 0; bar < Math.clamp(Math.round(length / 13.0), 1, 14); bar++) {
            bars.add(new Span());
        }
        return bars;
    }
}
