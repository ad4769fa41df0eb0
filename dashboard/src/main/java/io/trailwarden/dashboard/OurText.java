package io.trailwarden.dashboard;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/// Words of ours that may quote a few of a client's, such as an alert's title: not monospaced, and just as inert.
public final class OurText extends Span {

    /// Shows `pieces` of text.
    public OurText(List<InertText.Piece> pieces) {
        for (var piece : pieces) {
            if (piece.named() == null) {
                add(new Text(piece.text()));
            } else {
                add(ClientText.box(piece.text(), piece.named()));
            }
        }
    }
}
