package io.trailwarden.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// Times as people say them: relative in lists, absolute in evidence, UTC on hover.
///
/// @param clock what now is
/// @param zone the viewer's
public record Moments(InstantSource clock, ZoneId zone) {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_MINUTES = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ENGLISH).withZone(java.time.ZoneOffset.UTC);

    /// `12 s ago`, `1 h 52 ago`; `just now` under a second, and for a clock that runs ahead `in 3 min`.
    public String ago(Instant then) {
        var now = clock.instant();
        if (then.isAfter(now.plusSeconds(1))) {
            return "in " + rough(Duration.between(now, then));
        }
        var since = Duration.between(then, now);
        return since.toMillis() < 1000 ? "just now" : rough(since) + " ago";
    }

    /// How long ago, without saying "ago": for columns that are called age.
    public String age(Instant then) {
        var since = Duration.between(then, clock.instant());
        return since.toMillis() < 1000 ? "now" : rough(since);
    }

    /// Ages are read at a glance: whole seconds, whole minutes.
    private static String rough(Duration age) {
        long seconds = age.toSeconds();
        return seconds < 60 ? seconds + " s" : seconds < 3600 ? seconds / 60 + " min" : span(age);
    }

    /// `14:04:19` today, `Wed 18 Nov, 14:04` this year, `18 Nov 2025` before.
    public String at(Instant then) {
        var time = then.atZone(zone);
        var today = LocalDate.ofInstant(clock.instant(), zone);
        if (time.toLocalDate().equals(today)) {
            return CLOCK.format(time);
        }
        return time.getYear() == today.getYear() ? DAY.format(time) + ", " + MINUTES.format(time) : YEAR.format(time);
    }

    /// `14:04:19` whatever the day: for rows under a head that names it.
    public String clock(Instant then) {
        return CLOCK.format(then.atZone(zone));
    }

    /// `14:04` whatever the day.
    public String minutes(Instant then) {
        return MINUTES.format(then.atZone(zone));
    }

    /// `14:04:19` on the day of `newest`, `18 Nov 14:04` before: for rows under a row of that day.
    public String under(Instant newest, Instant then) {
        var time = then.atZone(zone);
        return time.toLocalDate().equals(LocalDate.ofInstant(newest, zone)) ? CLOCK.format(time) : DAY_AND_MINUTES.format(time);
    }

    /// `Thu 19 Nov`, with the year when it is not this one's.
    public String day(Instant then) {
        var time = then.atZone(zone);
        return time.getYear() == clock.instant().atZone(zone).getYear() ? DAY.format(time) : YEAR.format(time);
    }

    /// `13:00 to 14:15` today, and before that when it began: `Wed 18 Nov, 09:02`.
    public String fromTo(Instant from, Instant to) {
        var begin = from.atZone(zone);
        var end = to.atZone(zone);
        if (!begin.toLocalDate().equals(LocalDate.ofInstant(clock.instant(), zone))) {
            return day(from) + ", " + MINUTES.format(begin);
        }
        return MINUTES.format(begin) + (to.isBefore(from.plusSeconds(60)) ? "" : " to " + MINUTES.format(end));
    }

    /// The full time in UTC, for hovering and for what leaves the console.
    public static String utc(Instant then) {
        return UTC.format(then);
    }

    /// `812 ms`, `4.1 s`, `3 min 20`, `1 h 52`, `3 d`: two figures are enough.
    public static String span(Duration length) {
        long millis = length.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 10_000 && millis % 1000 >= 50) {
            return String.format(Locale.ROOT, "%.1f s", Math.floor(millis / 100.0) / 10);
        }
        long seconds = length.truncatedTo(ChronoUnit.SECONDS).toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min" + (seconds < 600 && seconds % 60 > 0 ? " " + seconds % 60 : "");
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h" + (seconds / 60 % 60 > 0 ? " %02d".formatted(seconds / 60 % 60) : "");
        }
        return seconds / 86_400 + " d";
    }
}
