package io.trailwarden.dashboard.overview;

import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.chart.Table;
import io.trailwarden.inventory.Activity.Hour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// How many people were active in each mode in each hour of seven days, the viewer's today the last.
///
/// @param people by mode, one number for each hour
/// @param before by mode, those of this hour a week ago
record ModeWeek(List<LocalDate> days, Map<String, List<Long>> people, Map<String, Long> before) {

    static final Duration LENGTH = Duration.ofDays(7);

    /// Those that are shown, the least asked first.
    static final List<String> MODES = List.of("bypassPermissions", "auto", "acceptEdits", "default", "plan", "dontAsk");

    private static final int HOURS = 7 * 24;

    /// Midnight of the first of seven days, to the hour.
    static Instant begin(Instant now, ZoneId zone) {
        return LocalDate.ofInstant(now, zone).minusDays(6).atStartOfDay(zone).toInstant().truncatedTo(ChronoUnit.HOURS);
    }

    /// Sorts `hours` into the week that ends today; earlier ones only tell how it was a week ago.
    static ModeWeek of(List<Hour> hours, Instant now, ZoneId zone) {
        var begin = begin(now, zone);
        var weekAgo = now.minus(LENGTH).truncatedTo(ChronoUnit.HOURS);
        var people = new HashMap<String, List<Long>>();
        var before = new HashMap<String, Long>();
        for (var hour : hours) {
            long at = Duration.between(begin, hour.hour()).toHours();
            if (!hour.hour().isBefore(begin) && at < HOURS) {
                var row = people.computeIfAbsent(hour.mode(), _ -> new ArrayList<>(Collections.nCopies(HOURS, 0L)));
                row.set((int) at, row.get((int) at) + hour.people());
            }
            if (hour.hour().equals(weekAgo)) {
                before.merge(hour.mode(), hour.people(), Long::sum);
            }
        }
        var first = LocalDate.ofInstant(begin.plus(Duration.ofHours(1)), zone);
        return new ModeWeek(IntStream.range(0, 7).mapToObj(first::plusDays).toList(), people, before);
    }

    /// One number for each hour.
    List<Long> people(String mode) {
        return people.getOrDefault(mode, Collections.nCopies(HOURS, 0L));
    }

    /// How many were in `mode` in this hour a week ago.
    long weekAgo(String mode) {
        return before.getOrDefault(mode, 0L);
    }

    /// Most people in all modes in one hour.
    long most() {
        return IntStream.range(0, HOURS).mapToLong(at -> people.values().stream().mapToLong(row -> row.get(at)).sum()).max().orElse(0);
    }

    /// The busiest hour of each day in each mode.
    Table table() {
        var heads = new ArrayList<>(List.of("most people in an hour"));
        heads.addAll(MODES);
        var rows = new ArrayList<List<String>>();
        for (int day = 0; day < 7; day++) {
            var row = new ArrayList<>(List.of(days.get(day).toString()));
            for (var mode : MODES) {
                row.add(NumberLink.format(people(mode).subList(day * 24, day * 24 + 24).stream().mapToLong(Long::longValue).max().orElse(0)));
            }
            rows.add(row);
        }
        return new Table(heads, rows);
    }
}
