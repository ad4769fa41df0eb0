package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.dashboard.CopyButton;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Sentence;

/// The text of a rule's file with line numbers, coloured, as text nodes and nothing else.
final class SourcePart {

    /// A rule of more lines is cut here; its file has the rest.
    private static final int MOST_LINES = 400;

    private SourcePart() {
    }

    static Component of(String source) {
        var lines = SourceText.withoutTests(source);
        var list = new OrderedList();
        list.addClassNames("source", "code");
        list.getElement().setAttribute("tabindex", "0");
        list.getElement().setAttribute("aria-label", "The rule's YAML");
        lines.stream().limit(MOST_LINES).forEach(line -> list.add(line(line)));
        long tests = source.stripTrailing().lines().count() - lines.size();
        var words = new Paragraph(lines.size() > MOST_LINES ? Sentence.counted(lines.size() - MOST_LINES, "more line") + " in the file"
                : tests > 0 ? Sentence.counted(tests, "line") + " of tests follow; the list at the right says what they are" : "");
        var copy = new CopyButton("Copy the file", () -> source);
        copy.addThemeNames("tertiary", "small");
        words.addClassNames("q", "xs");
        var foot = new Div(words, copy);
        foot.addClassName("code-foot");
        return new Div(list, foot);
    }

    private static ListItem line(String line) {
        var item = new ListItem();
        for (var piece : SourceText.pieces(line)) {
            var text = new OurText(InertText.line(piece.text(), 2000));
            if (piece.style().isEmpty()) {
                item.add(text);
            } else {
                var coloured = new Span(text);
                coloured.addClassName(piece.style());
                item.add(coloured);
            }
        }
        return item;
    }
}
