package io.trailwarden.export;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.Trail.EventQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Hands out lists as files, after it was written down who takes which.
///
/// When that line cannot be written, nothing is handed out: throws [io.trailwarden.identity.IdentityUnavailable] then, and what
/// the list's source throws when it does not answer.
@ApplicationScoped
public class Exports {

    /// Most rows in a file. Whoever gets this many asks on from the last one's time.
    public static final int MOST = 100_000;

    /// Rows in memory at a time. A record may have 60 KB in each attribute.
    private static final int PAGE = 200;

    /// A longer address is cut in the log.
    private static final int LONGEST_DETAIL = 1000;

    private static final DateTimeFormatter IN_NAMES = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Alerts alerts;
    private final Trail trail;
    private final AccessLog log;
    private final InstantSource clock;

    @Inject
    public Exports(Alerts alerts, Trail trail, AccessLog log, InstantSource clock) {
        this.alerts = alerts;
        this.trail = trail;
        this.log = log;
        this.clock = clock;
    }

    /// The alerts of `query`, in its order, whatever its page.
    ///
    /// @param narrowed what the list is narrowed to, as its address says it, percent-encoded; empty for nothing
    public Export alerts(AlertQuery query, String narrowed, Format format, Taker taker) {
        long all = alerts.count(query);
        note((all > MOST ? MOST + " of " + all : all) + (all == 1 ? " alert" : " alerts"), narrowed, format, taker);
        return new Export(name("alerts", format), format, to -> Tables.ALERTS.write(format, to, MOST, new Pages<Alert, AlertKey>(after -> {
            var page = alerts.find((after == null ? query : query.after(after)).limit(PAGE));
            return new Pages.Page<>(page, page.size() < PAGE ? null : page.getLast().key());
        })));
    }

    /// The records of `query`, newest first, whatever its page, with the words of prompts and answers masked.
    ///
    /// @param narrowed as in [#alerts]
    public Export records(EventQuery query, String narrowed, Format format, Taker taker) {
        note("records", narrowed, format, taker);
        return new Export(name("records", format), format, to -> Tables.RECORDS.write(format, to, MOST, new Pages<StoredEvent, String>(cursor -> {
            var page = trail.events(new EventQuery(query.person(), query.session(), query.name(), query.from(), query.to(), query.signals(), PAGE, cursor));
            return new Pages.Page<>(page.items(), page.next());
        })));
    }

    private void note(String what, String narrowed, Format format, Taker taker) {
        var detail = what + " as " + format.words() + (narrowed.isEmpty() ? "" : ", narrowed to " + narrowed);
        log.exported(taker.name(), taker.address(), detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) + "…" : detail);
    }

    private String name(String list, Format format) {
        return "trailwarden-" + list + "-" + IN_NAMES.format(clock.instant()) + "." + format.ending();
    }
}
