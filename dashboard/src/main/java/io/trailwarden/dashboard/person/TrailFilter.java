package io.trailwarden.dashboard.person;

import com.vaadin.flow.router.QueryParameters;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.event.Signal;
import io.trailwarden.store.PersonTrail.Filter;
import io.trailwarden.store.PersonTrail.Scope;
import io.trailwarden.store.PersonTrail.Which;
import io.trailwarden.store.StoredEvent;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which of a person's records are shown, as the address says it. Log records only: metrics are sums and spans repeat
/// what records say.
///
/// @param session null for all
/// @param name of the records, such as `tool_decision`; null for all
/// @param day of the viewer; null for the last one with records, or for all where something else narrows
/// @param show a kind, or [#ALERTS]; null for all, by prompt
/// @param text in commands, files, hosts and servers; null for any
record TrailFilter(String person, @Nullable String session, @Nullable String name, @Nullable LocalDate day, @Nullable String show,
        @Nullable String text) {

    /// Records that show an alert.
    static final String ALERTS = "alerts";

    /// Without a day, a search goes back so far.
    private static final Duration BACK = Duration.ofDays(30);

    private static final int LONGEST_TEXT = 200;

    static TrailFilter of(String person, QueryParameters asked) {
        var text = asked.getSingleParameter("q").map(String::strip).filter(said -> !said.isEmpty())
                .map(said -> said.substring(0, Math.min(LONGEST_TEXT, said.length()))).orElse(null);
        return new TrailFilter(person, asked.getSingleParameter("session").orElse(null), asked.getSingleParameter("name").orElse(null),
                asked.getSingleParameter("day").map(TrailFilter::date).orElse(null),
                asked.getSingleParameter("show").filter(TrailFilter::known).orElse(null), text);
    }

    private static @Nullable LocalDate date(String said) {
        try {
            return LocalDate.parse(said);
        } catch (DateTimeException _) {
            return null;
        }
    }

    private static boolean known(String show) {
        return show.equals(ALERTS) || Arrays.stream(Which.values()).anyMatch(which -> wire(which).equals(show));
    }

    static String wire(Which which) {
        return which.name().toLowerCase(Locale.ROOT);
    }

    boolean takes(StoredEvent record) {
        var event = record.event();
        return event.signal() == Signal.LOG && event.person().equals(person)
                && (session == null || session.equals(event.session())) && (name == null || name.equals(event.name()));
    }

    /// Whether records are listed one by one, not by prompt.
    boolean flat() {
        return name != null || show != null || text != null;
    }

    /// Whether anything but the day narrows it.
    boolean narrowed() {
        return flat() || session != null;
    }

    /// Whose records, and when.
    ///
    /// @param lastDay the last one with records
    Scope scope(LocalDate lastDay, ZoneId zone, Instant now) {
        if (day == null && session != null) {
            return new Scope(person, session, null, null);
        }
        if (day == null && flat()) {
            return new Scope(person, null, now.minus(BACK), null);
        }
        return new Scope(person, session, shown(lastDay).atStartOfDay(zone).toInstant(), shown(lastDay).plusDays(1).atStartOfDay(zone).toInstant());
    }

    /// The day that the timeline shows.
    LocalDate shown(LocalDate lastDay) {
        return day == null ? lastDay : day;
    }

    Filter filter() {
        return new Filter(show == null || show.equals(ALERTS) ? Set.of() : Set.of(Which.valueOf(show.toUpperCase(Locale.ROOT))), name, null, text);
    }

    TrailFilter in(@Nullable String other) {
        return new TrailFilter(person, other, name, day, show, text);
    }

    TrailFilter named(@Nullable String other) {
        return new TrailFilter(person, session, other, day, show, text);
    }

    TrailFilter on(@Nullable LocalDate other) {
        return new TrailFilter(person, session, name, other, show, text);
    }

    TrailFilter showing(@Nullable String other) {
        return new TrailFilter(person, session, name, day, other, text);
    }

    TrailFilter with(@Nullable String other) {
        return new TrailFilter(person, session, name, day, show, other == null || other.isBlank() ? null : other.strip());
    }

    /// The address that says this.
    String address() {
        return Navigation.trail(person, session, name, day, show, text);
    }
}
