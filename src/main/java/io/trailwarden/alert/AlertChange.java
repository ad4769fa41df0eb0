package io.trailwarden.alert;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One thing that happened to an alert, with its place in the one order of all such things.
///
/// @param position from 1, in the order of commits, without gaps
/// @param at our clock
/// @param by user name of who did it; null for rules
/// @param status where the alert went with it
/// @param assignee user name of who had it afterwards; null for nobody
/// @param reason why it was closed, as [Triage.CloseReason#wireName]; null unless it was
/// @param note what they wrote, may be empty
/// @param alert as it stands when this is read, which may be later
public record AlertChange(long position, Kind kind, Instant at, @Nullable String by, Alert.Status status, @Nullable String assignee,
        @Nullable String reason, String note, Alert alert) {

    /// What happened. The name in lower case is what the database says.
    public enum Kind {
        RAISED,
        ACKNOWLEDGED,
        ASSIGNED,
        UNASSIGNED,
        COMMENTED,
        CLOSED,
        REOPENED;

        /// `raised` to `reopened`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
