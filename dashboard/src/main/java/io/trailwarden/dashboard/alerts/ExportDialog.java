package io.trailwarden.dashboard.alerts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.streams.DownloadEvent;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Who;
import io.trailwarden.export.Export;
import io.trailwarden.export.Exports;
import io.trailwarden.export.Format;
import io.trailwarden.export.Taker;
import io.trailwarden.identity.IdentityUnavailable;
import java.io.IOException;
import java.time.InstantSource;

/// The list as it is filtered, as a file to take away.
final class ExportDialog extends Dialog {

    private static final int FORBIDDEN = 403;

    private final Exports exports;
    private final AlertsFilter filter;
    private final InstantSource clock;

    ExportDialog(Exports exports, AlertsFilter filter, InstantSource clock) {
        this.exports = exports;
        this.filter = filter;
        this.clock = clock;
        addClassName("export-dialog");
        setHeaderTitle("Export this list");
        var log = new Paragraph("That you took it, and which, is kept in the access log.");
        log.addClassNames("q", "xs");
        add(new Paragraph("All alerts that fit the filter, in the order shown, at most " + NumberLink.format(Exports.MOST) + ", with their evidence."),
                choice(Format.CSV, "for a spreadsheet. Nothing in it is a formula, and control characters are spelt out."),
                choice(Format.JSON_LINES, "for a program: one object a line, every text as it is kept."), log);
        getFooter().add(new Button("Done", _ -> close()));
    }

    private Div choice(Format format, String words) {
        var link = new Anchor((DownloadHandler) download -> hand(format, download), format.words());
        link.addClassName("b");
        link.getElement().setAttribute("aria-label", "Download as " + format.words());
        var choice = new Div(link, new Span(words));
        choice.addClassName("choice");
        return choice;
    }

    /// On the thread of the download, while the page goes on.
    private void hand(Format format, DownloadEvent download) throws IOException {
        try {
            var export = exported(format, download.getRequest());
            download.setFileName(export.fileName());
            download.setContentType(export.format().mediaType());
            download.getResponse().setHeader("Cache-Control", "no-store");
            export.content().writeTo(download.getOutputStream());
        } catch (SecurityException refused) {
            download.getResponse().sendError(FORBIDDEN, "This takes another role.");
        } catch (IdentityUnavailable | AlertsUnavailable silent) {
            throw new IOException("the database does not answer, so the list is not whole", silent);
        }
    }

    private Export exported(Format format, VaadinRequest request) {
        var who = Who.asks();
        var taker = Taker.person(who.name(), who.roles(), request.getRemoteAddr());
        return exports.alerts(filter.query(who.name(), clock.instant()), narrowed(Navigation.alerts(filter)), format, taker);
    }

    private static String narrowed(String address) {
        int query = address.indexOf('?');
        return query < 0 ? "" : address.substring(query + 1);
    }
}
