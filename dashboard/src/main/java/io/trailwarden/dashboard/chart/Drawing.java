package io.trailwarden.dashboard.chart;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.nodefeature.ElementAttributeMap;
import io.trailwarden.dashboard.chart.Paths.Outline;

/// A picture made of elements, never of markup: Flow creates each in the name space of SVG. Its label is all that a
/// screen reader gets of it, so it says what the picture shows.
@Tag("svg")
final class Drawing extends Component {

    /// An empty picture.
    ///
    /// @param label what it shows, in our words
    Drawing(String label) {
        set(getElement(), "viewBox", "0 0 " + Paths.WIDTH + " " + Paths.HEIGHT);
        set(getElement(), "preserveAspectRatio", "none");
        set(getElement(), "focusable", "false");
        set(getElement(), "role", "img");
        set(getElement(), "aria-label", label);
    }

    /// Adds what `outline` encloses.
    Drawing fill(Outline outline, Tone tone) {
        return add(outline, "k-fill " + tone.style());
    }

    /// Adds what `outline` encloses, with words on hover.
    Drawing fill(Outline outline, Tone tone, String words) {
        fill(outline, tone);
        if (!outline.isEmpty()) {
            var title = new Element("title");
            title.setText(words);
            getElement().getChild(getElement().getChildCount() - 1).appendChild(title);
        }
        return this;
    }

    /// Adds `outline` itself, as thick at any size.
    Drawing draw(Outline outline, String style) {
        return add(outline, style);
    }

    private Drawing add(Outline outline, String style) {
        if (!outline.isEmpty()) {
            var path = new Element("path");
            set(path, "d", outline.toString());
            set(path, "class", style);
            set(path, "vector-effect", "non-scaling-stroke");
            getElement().appendChild(path);
        }
        return this;
    }

    /// Flow's own setter makes names lower case, and what is below it asserts that they are; HTML does not mind, SVG does:
    /// `viewBox` would not be found.
    private static void set(Element element, String name, String value) {
        element.getNode().getFeature(ElementAttributeMap.class).set(name, value);
    }
}
