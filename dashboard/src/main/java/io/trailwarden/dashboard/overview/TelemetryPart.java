package io.trailwarden.dashboard.overview;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.PeopleFilter.Within;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.inventory.Activity;
import io.trailwarden.rules.Rules;
import io.trailwarden.store.Fleet;
import io.trailwarden.store.Trail;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// Whether what is shown can be trusted: is it all there, and is it recent.
final class TelemetryPart {

    private static final PeopleFilter SILENT = PeopleFilter.ALL.seenWithin(Within.TWO_DAYS).quietFor(Within.DAY);

    private TelemetryPart() {
    }

    /// @param lastHour records whose own time is in the last full hour
    /// @param gaps alerts of missing records within 7 days
    private record Read(Trail.Books books, long lastHour, Rules.Progress rules, Activity.Progress inventory, long gaps, long silent) {
    }

    static Part<?> part(Trail trail, Fleet fleet, Activity activity, Rules rules, Alerts alerts, InstantSource clock, Readings readings) {
        var part = new Part<Read>("Telemetry", 6, readings, () -> {
            var now = clock.instant();
            var hour = now.truncatedTo(ChronoUnit.HOURS);
            return new Read(trail.books(),
                    activity.hours(hour.minus(Duration.ofHours(1)), hour).stream().mapToLong(each -> each.sums().records()).sum(),
                    rules.progress(), activity.progress(),
                    alerts.count(AlertQuery.any().ofRule("telemetry_sequence_gap").raised(now.minus(Duration.ofDays(7)), null)),
                    fleet.count(SILENT.query(now, null, null)));
        }, TelemetryPart::shown);
        part.note("is it all there");
        return part;
    }

    private static Component shown(Read read) {
        var books = read.books();
        long unreadable = books.rejected().values().stream().mapToLong(Long::longValue).sum();
        var rows = new Div(
                Figures.row("Records in the trail", null, Figures.plain(NumberLink.format(books.stored()))),
                Figures.row("Received in the last full hour", perSecond(read.lastHour()), Figures.plain(NumberLink.format(read.lastHour()))),
                Figures.row("Acknowledged, not yet stored", null, Figures.plain(NumberLink.format(books.waiting()))),
                detection(read.rules()),
                Figures.row("Runs with missing records", "7 days", Figures.count(read.gaps(),
                        Navigation.alerts(AlertsFilter.OPEN.in(Set.of()).ofRule("telemetry_sequence_gap")))),
                Figures.row("Here yesterday, silent for a day", null, Figures.count(read.silent(), Navigation.people(SILENT))),
                Figures.row("Could not be read", null, Figures.plain(unreadable == 0 ? "none" : NumberLink.format(unreadable))));
        if (read.inventory().behind() > 1000 || !read.inventory().running()) {
            rows.add(Figures.row("Figures of this page lag by", "records", Figures.plain(NumberLink.format(read.inventory().behind()))));
        }
        rows.addClassName("rows-of");
        return rows;
    }

    private static String perSecond(long inAnHour) {
        return inAnHour < 3600 ? "" : Math.round(inAnHour / 3600.0) + " /s";
    }

    private static Component detection(Rules.Progress rules) {
        if (!rules.running()) {
            var row = Figures.row("Rules do not run", null, Figures.plain(NumberLink.format(rules.behind()) + " waiting"));
            row.addClassNames("high", "b");
            return row;
        }
        return Figures.row("From receipt to rules", rules.behind() == 0 ? "" : NumberLink.format(rules.behind()) + " waiting",
                Figures.plain(Moments.span(rules.lag())));
    }
}
