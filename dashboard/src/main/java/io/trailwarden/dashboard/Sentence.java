package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;

/// The line that a page opens with: a sentence that was worked out, not a title. Its numbers are links; what a client
/// said in it is client text.
public final class Sentence extends H1 {

    /// Adds our words.
    public Sentence say(String words) {
        add(new Text(words));
        return this;
    }

    /// Adds our words, bold.
    public Sentence stress(String words) {
        var bold = new Span(words);
        bold.addClassName("b");
        add(bold);
        return this;
    }

    /// Adds what a client said, cut where it would fill the page; the whole is elsewhere on it.
    public Sentence quote(String clientText) {
        add(ClientText.line(clientText, 120));
        return this;
    }

    /// Adds a part made elsewhere.
    public Sentence with(Component part) {
        add(part);
        return this;
    }

    /// `1 alert`, `3 alerts`.
    public static String counted(long count, String one) {
        return NumberLink.format(count) + " " + one + (count == 1 ? "" : "s");
    }
}
