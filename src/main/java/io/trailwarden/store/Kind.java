package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// What a record can be. A trail knows few, so that a row holds a number.
///
/// @param stated whether the attribute `event.name` repeats the name
/// @param stamped whether the attribute `event.timestamp` repeats the time
record Kind(Signal signal, String name, boolean stated, boolean stamped) {

    /// How the client writes `event.timestamp`.
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /// The kind of `event`.
    static Kind of(AuditEvent event) {
        var attributes = event.seen().attributes();
        return new Kind(event.signal(), Storable.text(event.name()),
                attributes.get("event.name") instanceof Value.Text(var name) && name.equals(event.name()),
                attributes.get("event.timestamp") instanceof Value.Text(var stamp) && saysTime(stamp, event.time()));
    }

    /// `event.timestamp` of a record at `time`.
    static String stamp(Instant time) {
        return MILLIS.format(time);
    }

    /// Whether `stamp` is what [#stamp] writes for `time`; compared digit by digit, because each record asks.
    private static boolean saysTime(String stamp, Instant time) {
        if (stamp.length() != 24 || time.getNano() % 1_000_000 != 0) {
            return false;
        }
        return endsWithMillis(stamp, time.getNano() / 1_000_000) && secondsOf(stamp) == time.getEpochSecond();
    }

    private static boolean endsWithMillis(String stamp, int millis) {
        return stamp.charAt(19) == '.' && stamp.charAt(23) == 'Z' && number(stamp, 20, 23) == millis;
    }

    /// Seconds since 1970 of `yyyy-MM-ddTHH:mm:ss`, or a value that no time has.
    private static long secondsOf(String stamp) {
        boolean shaped = stamp.charAt(4) == '-' && stamp.charAt(7) == '-' && stamp.charAt(10) == 'T'
                && stamp.charAt(13) == ':' && stamp.charAt(16) == ':';
        int year = number(stamp, 0, 4);
        int month = number(stamp, 5, 7);
        int day = number(stamp, 8, 10);
        int hour = number(stamp, 11, 13);
        int minute = number(stamp, 14, 16);
        int second = number(stamp, 17, 19);
        if (!shaped || year < 0 || month < 1 || month > 12 || day < 1 || day > 28 && day > lengthOf(year, month)
                || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return Long.MIN_VALUE;
        }
        return java.time.LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second;
    }

    private static int lengthOf(int year, int month) {
        return java.time.YearMonth.of(year, month).lengthOfMonth();
    }

    /// The digits from `from` to `to`, or -1 when one is none.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
