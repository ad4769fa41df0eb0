package io.trailwarden.rules;

import io.trailwarden.rules.Evaluator.Saved;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// How far rules are, and what they remember, in the database. For one thread.
final class DetectorSnapshots {

    private static final String CURSOR = "live";

    private static final String READ_CURSOR = "select position, snapshot_position from detection_cursor where name = ?";

    private static final String READ_STATES = "select rule, form, shape, state from detector_snapshot";

    private static final String BEGIN = """
            insert into detection_cursor (name, position, snapshot_position, moved_at)
            values (?, 0, 0, ?)
            on conflict do nothing
            """;

    private static final String MOVE = """
            update detection_cursor
               set position = ?, moved_at = ?
             where name = ? and position = ?
            """;

    private static final String MOVE_SNAPSHOT = "update detection_cursor set snapshot_position = ? where name = ?";

    private static final String WRITE_STATE = """
            insert into detector_snapshot (rule, form, shape, state)
            values (?, ?, ?, ?)
            on conflict on constraint detector_snapshot_pk
            do update set form = excluded.form, shape = excluded.shape, state = excluded.state
            """;

    private static final String REMOVE_OTHERS = "delete from detector_snapshot where not (rule = any(?))";

    private Map<String, Saved> written = Map.of();

    /// How far rules were.
    ///
    /// @param position findings of records up to here are written
    /// @param from the memory is of here; the trail is to be read again after it
    /// @param states what was remembered there, by rule
    record Stand(long position, long from, Map<String, Saved> states) {
    }

    /// Reads how far rules were; the beginning of the trail when they never ran. Memory in a form that this version does
    /// not read is left behind: rules then go on, empty, from where findings were written.
    Stand read(Connection connection, Instant now) throws SQLException {
        begin(connection, now);
        try (var query = connection.prepareStatement(READ_CURSOR)) {
            query.setString(1, CURSOR);
            try (var found = query.executeQuery()) {
                found.next();
                long position = found.getLong("position");
                var states = states(connection);
                written = states == null ? Map.of() : states;
                return states == null ? new Stand(position, position, Map.of()) : new Stand(position, found.getLong("snapshot_position"), states);
            }
        }
    }

    private static void begin(Connection connection, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, CURSOR);
            insert.setObject(2, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static @org.jspecify.annotations.Nullable Map<String, Saved> states(Connection connection) throws SQLException {
        var states = new HashMap<String, Saved>();
        try (var query = connection.prepareStatement(READ_STATES); var found = query.executeQuery()) {
            while (found.next()) {
                if (found.getInt("form") != Evaluator.FORM) {
                    return null;
                }
                states.put(found.getString("rule"), new Saved(found.getString("shape"), found.getBytes("state")));
            }
        }
        return states;
    }

    /// Moves the cursor in the caller's transaction.
    ///
    /// @return false when somebody else moved it meanwhile: nothing of this transaction may be committed
    boolean move(Connection transaction, long from, long to, Instant now) throws SQLException {
        try (var update = transaction.prepareStatement(MOVE)) {
            update.setLong(1, to);
            update.setObject(2, now.atOffset(ZoneOffset.UTC));
            update.setString(3, CURSOR);
            update.setLong(4, from);
            return update.executeUpdate() == 1;
        }
    }

    /// Writes what is remembered at `position`, as far as it changed, in the caller's transaction.
    void write(Connection transaction, long position, Map<String, Saved> states) throws SQLException {
        try (var upsert = transaction.prepareStatement(WRITE_STATE)) {
            for (var entry : states.entrySet()) {
                var before = written.get(entry.getKey());
                if (before == null || !before.shape().equals(entry.getValue().shape()) || !Arrays.equals(before.state(), entry.getValue().state())) {
                    upsert.setString(1, entry.getKey());
                    upsert.setInt(2, Evaluator.FORM);
                    upsert.setString(3, entry.getValue().shape());
                    upsert.setBytes(4, entry.getValue().state());
                    upsert.addBatch();
                }
            }
            upsert.executeBatch();
        }
        try (var delete = transaction.prepareStatement(REMOVE_OTHERS)) {
            delete.setArray(1, transaction.createArrayOf("text", states.keySet().toArray()));
            delete.executeUpdate();
        }
        try (var update = transaction.prepareStatement(MOVE_SNAPSHOT)) {
            update.setLong(1, position);
            update.setString(2, CURSOR);
            update.executeUpdate();
        }
    }

    /// The transaction of the last [#write] was committed.
    void committed(Map<String, Saved> states) {
        written = states;
    }
}
