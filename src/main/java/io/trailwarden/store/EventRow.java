package io.trailwarden.store;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as a row of `event`, both ways.
///
/// What a column holds exactly is left out of the attributes and put back on reading: a text under the column's own
/// name, or a whole number. What differs (a sequence sent as text) stays among the attributes too.
final class EventRow {

    /// The columns in the order in which [#write] writes them.
    static final String COLUMNS = """
            position, day, kind_key, event_time, received_at, sequence, id, person_key, session_key, origin_key, \
            event_nanos, mode, prompt, tool, decision, decided_by, attributes, derived, envelope""";

    private static final int FIELDS = 19;

    private EventRow() {
    }

    /// Numbers that stand for what a record repeats.
    ///
    /// @param session 0 for none
    record Keys(int kind, int origin, int person, int session) {
    }

    /// Appends `event` as one row.
    ///
    /// @param day days since 1970, or null when the client's clock is out of range
    /// @param kind what `keys.kind()` stands for
    static void write(CopyBuffer out, long position, @Nullable Integer day, Keys keys, Kind kind, AuditEvent event, @Nullable String mode) {
        out.row(FIELDS);
        out.int8Field(position);
        if (day == null) {
            out.nullField();
        } else {
            out.dateField(day);
        }
        out.int4Field(keys.kind());
        time(out, event.time());
        time(out, event.receivedAt());
        var attributes = event.seen().attributes();
        var sequence = event.sequence();
        number(out, sequence);
        out.uuidField(event.id().value());
        out.int4Field(keys.person());
        if (keys.session() == 0) {
            out.nullField();
        } else {
            out.int4Field(keys.session());
        }
        out.int4Field(keys.origin());
        int nanos = event.time().getNano() % 1000;
        if (nanos == 0) {
            out.nullField();
        } else {
            out.int2Field(nanos);
        }
        text(out, mode);
        text(out, event.prompt());
        text(out, event.tool());
        text(out, event.decision());
        text(out, event.decidedBy());
        attributes(out, attributes, kind);
        json(out, event.seen().derived());
        json(out, event.seen().envelope());
    }

    /// Reads a row that was selected with [#COLUMNS].
    static StoredEvent read(ResultSet row, Map<Integer, Kind> kinds, Map<Integer, Origin> origins) throws SQLException {
        var kind = found(kinds, row.getInt("kind_key"), "kind");
        var origin = found(origins, row.getInt("origin_key"), "origin");
        var time = row.getObject("event_time", OffsetDateTime.class).toInstant().plusNanos(row.getInt("event_nanos"));
        var seen = new Observation(kind.signal(), kind.name(), time, origin, attributes(row, kind, time), json(row, "derived"),
                json(row, "envelope"));
        var event = new AuditEvent(new EventId(row.getObject("id", java.util.UUID.class)),
                row.getObject("received_at", OffsetDateTime.class).toInstant(), seen);
        return new StoredEvent(row.getLong("position"), event, row.getString("mode"));
    }

    private static <T> T found(Map<Integer, T> known, int key, String what) {
        var value = known.get(key);
        if (value == null) {
            throw new IllegalStateException(what + " " + key + " is not in the database");
        }
        return value;
    }

    /// Which attributes columns stand in for.
    private static boolean held(String key, Value value, Attributes all, Kind kind) {
        return switch (key) {
            case "event.name" -> kind.stated();
            case "event.timestamp" -> kind.stamped();
            case "event.sequence" -> value instanceof Value.Int;
            case "prompt.id", "tool_name" -> value instanceof Value.Text;
            case "decision" -> value instanceof Value.Text && !all.has("decision_type");
            case "source" -> value instanceof Value.Text && all.has("decision");
            case "decision_source" -> value instanceof Value.Text && !all.has("decision");
            default -> false;
        };
    }

    private static void attributes(CopyBuffer out, Attributes attributes, Kind kind) {
        int field = out.beginField();
        out.put(1);
        out.put('{');
        int empty = out.length();
        for (var entry : attributes.asMap().entrySet()) {
            if (!held(entry.getKey(), entry.getValue(), attributes, kind)) {
                if (out.length() > empty) {
                    out.put(',');
                }
                StoredJson.writeKey(out, entry.getKey());
                StoredJson.writeValue(out, entry.getValue());
            }
        }
        if (out.length() == empty) {
            out.cut(field - 4);
            out.nullField();
        } else {
            out.put('}');
            out.endField(field);
        }
    }

    private static Attributes attributes(ResultSet row, Kind kind, Instant time) throws SQLException {
        var own = json(row, "attributes");
        var all = Attributes.builder();
        if (kind.stated()) {
            all.put("event.name", kind.name());
        }
        if (kind.stamped()) {
            all.put("event.timestamp", Kind.stamp(time));
        }
        long sequence = row.getLong("sequence");
        if (!row.wasNull() && !own.has("event.sequence")) {
            all.put("event.sequence", sequence);
        }
        putBack(all, own, "prompt.id", row.getString("prompt"));
        putBack(all, own, "tool_name", row.getString("tool"));
        var decision = row.getString("decision");
        boolean decided = own.has("decision") || decision != null && !own.has("decision_type");
        if (decided) {
            putBack(all, own, "decision", decision);
        }
        putBack(all, own, decided ? "source" : "decision_source", row.getString("decided_by"));
        return all.putAll(own).build();
    }

    private static void putBack(Attributes.Builder all, Attributes own, String key, @Nullable String text) {
        if (!own.has(key)) {
            all.put(key, text);
        }
    }

    private static void json(CopyBuffer out, Attributes attributes) {
        if (attributes.isEmpty()) {
            out.nullField();
            return;
        }
        int field = out.beginField();
        out.put(1);
        StoredJson.write(out, attributes);
        out.endField(field);
    }

    private static Attributes json(ResultSet row, String column) throws SQLException {
        var json = row.getString(column);
        return json == null ? Attributes.NONE : StoredJson.read(json);
    }

    private static void time(CopyBuffer out, Instant time) {
        out.timestampField(time.getEpochSecond(), time.getNano() / 1000);
    }

    private static void number(CopyBuffer out, @Nullable Long number) {
        if (number == null) {
            out.nullField();
        } else {
            out.int8Field(number);
        }
    }

    private static void text(CopyBuffer out, @Nullable String text) {
        if (text == null) {
            out.nullField();
        } else {
            out.textField(text);
        }
    }
}
