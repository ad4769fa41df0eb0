package io.trailwarden.dashboard;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/// "2 new alerts, show them": what arrived waits here, so that a list never moves under somebody's hand.
public final class WaitingNews extends Div {

    private final Span words = new Span();
    private final Button button;
    private long waiting;

    /// Nothing waits yet.
    ///
    /// @param show brings the list up to date
    public WaitingNews(Runnable show) {
        addClassName("news");
        getElement().setAttribute("role", "status");
        button = new Button("Show them", _ -> show.run());
        button.addThemeNames("tertiary", "small");
        add(words, button);
        setVisible(false);
    }

    /// Prints the key that shows them, too.
    public void key(String key) {
        var printed = new Span(key);
        printed.addClassName("kbd");
        printed.getElement().setAttribute("aria-hidden", "true");
        button.setSuffixComponent(printed);
    }

    /// `count` more `thing`s arrived.
    public void more(long count, String thing) {
        waiting += count;
        words.setText(NumberLink.format(waiting) + " new " + thing + (waiting == 1 ? "" : "s") + " since you began reading");
        setVisible(waiting > 0);
    }

    /// All of it is in the list now.
    public void none() {
        waiting = 0;
        setVisible(false);
    }
}
