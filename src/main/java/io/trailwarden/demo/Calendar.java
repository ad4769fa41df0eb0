package io.trailwarden.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// The two weeks up to a moment.
///
/// @param now the end of everything
record Calendar(Instant now) {

    private static final int DAYS = 14;

    /// Days from the oldest to today, by the calendar of UTC.
    List<LocalDate> days() {
        var today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        var days = new ArrayList<LocalDate>();
        for (int back = DAYS; back >= 0; back--) {
            days.add(today.minusDays(back));
        }
        return days;
    }

    static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /// A time on the `back`th working day before today; 1 is the last one. At least two thirds of a day ago wherever the
    /// zone is, because the last working day anywhere has begun and may not have ended.
    Instant workday(int back, String time, ZoneId zone) {
        var day = now.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(1);
        int left = back;
        while (true) {
            if (!isWeekend(day) && --left == 0) {
                var at = day.atTime(LocalTime.parse(time)).atZone(zone).toInstant();
                return at.isAfter(now.minusSeconds(3 * 3600)) ? at.minusSeconds(24 * 3600) : at;
            }
            day = day.minusDays(1);
        }
    }
}
