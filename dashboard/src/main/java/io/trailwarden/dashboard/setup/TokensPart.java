package io.trailwarden.dashboard.setup;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableBody;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeader;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.notification.Notification;
import io.trailwarden.dashboard.Age;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Who;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.identity.Permission;
import io.trailwarden.identity.Tokens;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Token;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// Every token, those in force first, with when it was last used: which are still needed, and which to end.
final class TokensPart {

    private final Tokens tokens;
    private final Moments moments;
    private final Runnable changed;

    /// @param changed called after one was revoked
    TokensPart(Tokens tokens, Moments moments, Runnable changed) {
        this.tokens = tokens;
        this.moments = moments;
        this.changed = changed;
    }

    Component show(List<Token> all) {
        if (all.isEmpty()) {
            return Message.empty("No token yet.", new Paragraph("Without one nobody can send; make the first above."));
        }
        var now = moments.clock().instant();
        var heads = new NativeTableRow();
        List.of("for whom", "use", "id", "made", "last used", "state", "").forEach(head -> heads.add(new NativeTableHeaderCell(head)));
        var body = new NativeTableBody();
        all.stream().sorted(Comparator.comparing((Token token) -> !inForce(token, now))).forEach(token -> body.add(row(token, now)));
        var table = new NativeTable(new NativeTableHeader(heads), body);
        table.addClassName("tokens");
        return table;
    }

    private NativeTableRow row(Token token, Instant now) {
        var id = new Span(token.id());
        id.addClassName("c");
        var row = new NativeTableRow(
                new NativeTableCell(new OurText(InertText.line(token.name(), 100))),
                new NativeTableCell(token.kind() == Kind.INGEST ? "sends" : "reads"),
                new NativeTableCell(id),
                new NativeTableCell(moments.day(token.createdAt())),
                new NativeTableCell(token.lastUsedAt() == null ? new Text("never") : Age.ago(moments, token.lastUsedAt())),
                new NativeTableCell(state(token, now)),
                new NativeTableCell(inForce(token, now) ? revoke(token) : new Span()));
        row.setClassName("ended", !inForce(token, now));
        return row;
    }

    private static boolean inForce(Token token, Instant now) {
        return token.revokedAt() == null && (token.expiresAt() == null || token.expiresAt().isAfter(now));
    }

    private String state(Token token, Instant now) {
        if (token.revokedAt() != null) {
            return "revoked " + moments.ago(token.revokedAt());
        }
        if (token.expiresAt() == null) {
            return "in force, never ends";
        }
        return token.expiresAt().isAfter(now) ? "in force until " + moments.day(token.expiresAt()) : "ended " + moments.ago(token.expiresAt());
    }

    private Component revoke(Token token) {
        var button = new Button("Revoke…", _ -> ask(token));
        button.addThemeNames("tertiary", "small");
        button.setAriaLabel("Revoke token " + token.id() + "…");
        return button;
    }

    private void ask(Token token) {
        var dialog = new ConfirmDialog();
        dialog.setHeader("Revoke this token?");
        var consequence = new Paragraph(token.kind() == Kind.INGEST
                ? "Machines that send with it are answered 401 from now on, and Claude Code drops their telemetry without a word to the person. "
                        + "Give them new settings first."
                : "Programs that read with it are answered 401 from now on.");
        dialog.setText(new Div(new Paragraph(new OurText(InertText.line(token.name(), 100))), consequence));
        dialog.setCancelable(true);
        dialog.setCancelText("Keep it");
        dialog.setConfirmText("Revoke");
        dialog.setConfirmButtonTheme("error primary");
        dialog.addConfirmListener(_ -> revoke(token.id()));
        dialog.open();
    }

    private void revoke(String id) {
        var who = Who.asks();
        who.must(Permission.SET_UP);
        try {
            Notification.show(tokens.revoke(id, who.name()) ? "The token is revoked." : "Somebody else revoked it before.");
        } catch (IdentityUnavailable silent) {
            Notification.show("It was not revoked: the database does not answer. Try again in a moment.");
        }
        changed.run();
    }
}
