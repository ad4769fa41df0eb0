package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/// A part of a page: a thin ink line, a bold heading, a quiet note at the right, and air. Never a card.
public class Block extends Section {

    private final Span note = new Span();
    private final Div body = new Div();

    /// An empty block.
    public Block(String heading) {
        addClassName("block");
        getElement().setAttribute("aria-label", heading);
        body.addClassName("body");
        note.addClassName("note");
        add(new Header(new H2(heading), note), body);
    }

    /// Says `words`, quietly, at the right of the heading.
    public final void note(String words) {
        note.setText(words);
    }

    /// Puts `parts` at the right of the heading.
    public final void note(Component... parts) {
        note.removeAll();
        note.add(parts);
    }

    /// Shows `content` in place of what was there. What is there already is left alone: whoever is about to press a button in it
    /// would miss it if it were taken out and put back.
    public final void show(Component... content) {
        if (body.getChildren().toList().equals(List.of(content))) {
            return;
        }
        body.removeAll();
        body.add(content);
    }

    /// Where content goes.
    protected final HasComponents body() {
        return body;
    }
}
