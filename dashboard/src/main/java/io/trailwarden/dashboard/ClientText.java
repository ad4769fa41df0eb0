package io.trailwarden.dashboard;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Locale;

/// What a client sent: monospaced, inert and whole. Only text nodes, so markup is text; what would deceive is a small
/// box with a name (see [InertText]).
public final class ClientText extends Span {

    private ClientText(List<InertText.Piece> pieces) {
        addClassName("c");
        for (var piece : pieces) {
            if (piece.named() == null) {
                add(new Text(piece.text()));
            } else {
                add(box(piece.text(), piece.named()));
            }
        }
    }

    /// All of `text` on one line.
    public static ClientText line(String text) {
        return new ClientText(InertText.line(text));
    }

    /// The beginning of `text` on one line, and how much more there is.
    ///
    /// @param limit most UTF-16 units shown
    public static ClientText line(String text, int limit) {
        var shown = new ClientText(InertText.line(text, limit));
        int beyond = InertText.beyond(text, limit);
        if (beyond > 0) {
            var more = new Span("… " + String.format(Locale.ROOT, "%,d", beyond) + " more");
            more.addClassName("tw-more");
            shown.add(more);
        }
        return shown;
    }

    /// All of `text` over as many lines as it has.
    public static ClientText lines(String text) {
        var shown = new ClientText(InertText.lines(text));
        shown.addClassName("tw-lines");
        return shown;
    }

    static Span box(String name, String inWords) {
        var box = new Span(name);
        box.addClassName("cc");
        box.getElement().setAttribute("title", inWords);
        return box;
    }
}
