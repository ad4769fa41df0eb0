package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// By when somebody should have acknowledged an alert: the one place that says what "late" means.
///
/// An alert is late while it is open, nobody having said that they saw it, for longer than its severity allows after it
/// was raised. An acknowledged one is in somebody's hands and is not late, however old.
public final class Due {

    private Due() {
    }

    /// How long after it was raised an alert of `severity` is due; null for informational ones, which never are.
    public static @Nullable Duration after(Severity severity) {
        return switch (severity) {
            case CRITICAL -> Duration.ofHours(1);
            case HIGH -> Duration.ofHours(8);
            case MEDIUM -> Duration.ofDays(1);
            case LOW -> Duration.ofDays(3);
            case INFORMATIONAL -> null;
        };
    }

    /// Whether an alert is late at `now`.
    public static boolean late(Status status, Severity severity, Instant raisedAt, Instant now) {
        var after = after(severity);
        return status == Status.OPEN && after != null && raisedAt.plus(after).isBefore(now);
    }

    /// How long ago an alert was raised, in the steps that due times take: [#late] is the same for all open alerts of
    /// one severity in one band.
    public enum Age {
        UNDER_1_HOUR(Duration.ofHours(1)),
        UNDER_8_HOURS(Duration.ofHours(8)),
        UNDER_1_DAY(Duration.ofDays(1)),
        UNDER_3_DAYS(Duration.ofDays(3)),
        OLDER(null);

        private final @Nullable Duration end;

        Age(@Nullable Duration end) {
            this.end = end;
        }

        /// The band of an alert.
        public static Age of(Instant raisedAt, Instant now) {
            return Arrays.stream(values()).filter(age -> age.end == null || !raisedAt.plus(age.end).isBefore(now)).findFirst().orElse(OLDER);
        }

        /// Whether an open alert of `severity` in this band is late.
        public boolean late(Severity severity) {
            var after = after(severity);
            return after != null && (end == null || end.compareTo(after) > 0);
        }

        /// Raised before this much ago, the youngest of the band; zero for the first.
        public Duration begin() {
            var before = ordinal() == 0 ? null : values()[ordinal() - 1].end;
            return before == null ? Duration.ZERO : before;
        }

        /// Raised at most this much ago; null for the last band, which has no end.
        public @Nullable Duration end() {
            return end;
        }

        /// Where in this list an age in seconds falls is its band. A microsecond, the database's step, is added, because a
        /// band holds its end.
        static Object[] beyond() {
            return Arrays.stream(values()).flatMap(age -> Stream.ofNullable(age.end)).map(end -> end.toSeconds() + 1e-6).toArray();
        }
    }
}
