package io.trailwarden.dashboard;

import com.vaadin.flow.component.UI;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Who looks, as far as a page must know: the clock on their wall.
public final class Viewer {

    private Viewer() {
    }

    /// Times for the person in front of the current page; UTC when their browser does not name a zone we know.
    public static Moments moments(InstantSource clock) {
        return new Moments(clock, zone());
    }

    private static ZoneId zone() {
        var ui = UI.getCurrent();
        var details = ui == null ? null : ui.getPage().getExtendedClientDetails();
        var named = details == null ? null : details.getTimeZoneId();
        try {
            return named == null || named.isBlank() ? ZoneOffset.UTC : ZoneId.of(named);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }
}
