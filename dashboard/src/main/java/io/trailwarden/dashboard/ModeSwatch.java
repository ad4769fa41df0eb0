package io.trailwarden.dashboard;

import com.vaadin.flow.component.html.Span;
import org.jspecify.annotations.Nullable;

/// A permission mode: a small square of its colour and, unless there is no room, the client's word for it.
public final class ModeSwatch extends Span {

    /// A square with the mode's name beside it.
    ///
    /// @param wire the client's word, null when nothing told it
    public ModeSwatch(@Nullable String wire) {
        var mode = Mode.of(wire);
        addClassName("mode");
        getElement().setAttribute("title", mode.says());
        add(square(mode), mode.told() ? ClientText.line(mode.wire(), 40) : quiet(mode.wire()));
    }

    /// The class that colours a square for `wire`.
    public static String swatch(@Nullable String wire) {
        return Mode.of(wire).swatch();
    }

    /// What a square without a name tells on hover and to a screen reader.
    public static String title(@Nullable String wire) {
        var mode = Mode.of(wire);
        return "mode " + InertText.plain(mode.wire(), 40) + ": " + mode.says();
    }

    private static Span square(Mode mode) {
        var square = new Span();
        square.addClassNames("sw", mode.swatch());
        return square;
    }

    private static Span quiet(String text) {
        var quiet = new Span(text);
        quiet.addClassName("q");
        return quiet;
    }
}
