package io.trailwarden.alert;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Appends to the feed of alerts, in the transaction that changed them.
///
/// Positions are given out under a lock that lasts until the commit, so that they are in the order of commits and a follower
/// cannot pass one by that becomes visible later. Append **last in the transaction, and once**: whoever changes another alert
/// after it may wait for somebody who waits for this lock.
final class FeedWriter {

    private static final String APPEND = """
            with head as (
              update alert_feed_head set position = position + cardinality(?::uuid[])
              returning position - cardinality(?::uuid[]) as before
            )
            insert into alert_feed (position, alert_id, change, at, by, status, assignee, reason, note)
            select head.before + place, alert.id, happened.change, happened.at, by, alert.status, alert.assigned_to, reason, note
            from head,
              unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[])
                with ordinality as happened (alert_id, change, at, by, reason, note, place)
              join alert on alert.id = happened.alert_id
            """;

    private FeedWriter() {
    }

    /// One thing that happened; see [AlertChange]. Where the alert is now, and whose, is read from the alert.
    ///
    /// @param alert exists, and nobody else can change it before the commit
    record Entry(UUID alert, AlertChange.Kind kind, Instant at, @Nullable String by, @Nullable String reason, String note) {

        /// A rule raised `alert`.
        static Entry raised(UUID alert, Instant at) {
            return new Entry(alert, AlertChange.Kind.RAISED, at, null, null, "");
        }

        /// Somebody did `step` to `alert`.
        static Entry of(UUID alert, Triage.Step step) {
            var reason = step.reason();
            return new Entry(alert, AlertChange.Kind.valueOf(step.action().name()), step.at(), step.by(),
                    reason == null ? null : reason.wireName(), step.note());
        }
    }

    /// Gives `entries` the next positions, in their order.
    static void append(Connection transaction, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (var insert = transaction.prepareStatement(APPEND)) {
            var alerts = transaction.createArrayOf("uuid", entries.stream().map(entry -> entry.alert()).toArray());
            insert.setArray(1, alerts);
            insert.setArray(2, alerts);
            insert.setArray(3, alerts);
            insert.setArray(4, texts(transaction, entries, entry -> entry.kind().wireName()));
            insert.setArray(5, texts(transaction, entries, entry -> Storable.time(entry.at()).atOffset(ZoneOffset.UTC).toString()));
            insert.setArray(6, texts(transaction, entries, Entry::by));
            insert.setArray(7, texts(transaction, entries, Entry::reason));
            insert.setArray(8, texts(transaction, entries, Entry::note));
            insert.executeUpdate();
        }
    }

    private static java.sql.Array texts(Connection transaction, List<Entry> entries, Function<Entry, @Nullable String> part) throws SQLException {
        var texts = new String[entries.size()];
        for (int i = 0; i < texts.length; i++) {
            var text = part.apply(entries.get(i));
            texts[i] = text == null ? null : Storable.text(text);
        }
        return transaction.createArrayOf("text", texts);
    }
}
