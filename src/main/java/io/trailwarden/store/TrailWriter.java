package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Signal;
import io.trailwarden.spool.Spool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Writes one batch in the caller's transaction: rows, numbers, modes, books and positions, all or nothing.
///
/// Remembers between batches what the database would only repeat (numbers, modes, recent ids), as long as nobody else
/// moved the trail's head meanwhile. After [#write], say [#committed] or [#forget]. For the loader's thread.
final class TrailWriter {

    /// Loaders of all processes take turns under this lock: "trail" in ASCII.
    private static final long LOCK = 0x747261696CL;

    /// Bytes of rows that go to the server at once: as much as it reads at once.
    private static final int STREAMED = 64 * 1024;

    private static final String TAKE_LOCK = "select pg_advisory_xact_lock(?)";

    /// A statement of its own: it must see what the holder before committed.
    private static final String HEAD = "select position from trail_head";

    private static final String KNOWN = """
            select id from event where id = any(?::uuid[]) and (day = any(?::date[]) or day is null)
            """;

    private static final String LATER = "select id from event where id > ?::uuid limit ?";

    private static final String BOOKKEEPING = """
            with head as (
              update trail_head set position = ?
            ), place as (
              insert into spool_position (spool, segment, byte_offset, loaded_at) values (?, ?, ?, ?)
              on conflict (spool) do update
              set segment = excluded.segment, byte_offset = excluded.byte_offset, loaded_at = excluded.loaded_at
            ), entries as (
              insert into book (spool, entry, part, records)
              select ?, u.entry, u.part, u.records
              from unnest(?::text[], ?::text[], ?::bigint[]) as u (entry, part, records)
              on conflict (spool, entry, part) do update set records = book.records + excluded.records
            )
            insert into event_day (day, first_position, last_position, events)
            select u.day, u.first_position, u.last_position, u.events
            from unnest(?::date[], ?::bigint[], ?::bigint[], ?::bigint[]) as u (day, first_position, last_position, events)
            on conflict (day) do update
            set first_position = least(event_day.first_position, excluded.first_position),
                last_position = greatest(event_day.last_position, excluded.last_position),
                events = event_day.events + excluded.events
            """;

    private final UUID spool;
    private final Dimensions dimensions;
    private final Tallies tallies;
    private final RecentIds recent;
    private final int recentBound;
    private final Partitions partitions = new Partitions();
    private final List<CopyBuffer> buffers = new ArrayList<>();
    private long lastHead = -1;

    /// @param rememberedOrigins most origins and sessions to remember
    /// @param rememberedIds most ids to remember
    TrailWriter(UUID spool, int rememberedOrigins, int rememberedIds) {
        this.spool = spool;
        dimensions = new Dimensions(rememberedOrigins);
        tallies = new Tallies(rememberedOrigins);
        recent = new RecentIds(rememberedIds);
        recentBound = rememberedIds;
    }

    /// What a batch became.
    ///
    /// @param stored in their order, as they will be read back
    /// @param bytes of the rows as sent
    record Written(Spool.Position end, List<StoredEvent> stored, int duplicates, int refused, long bytes) {
    }

    /// Makes the partitions of `days` (since 1970), in the caller's transaction.
    void ensurePartitions(Connection connection, List<Integer> days) throws SQLException {
        lock(connection);
        partitions.ensure(connection, days);
    }

    /// Writes `batch` less `refused`, whose records are only counted.
    ///
    /// @param now our clock
    /// @throws ArithmeticException and other runtime exceptions when a record cannot be written as a row
    Written write(Connection connection, Batch batch, Set<AuditEvent> refused, Instant now) throws SQLException {
        long head = lock(connection);
        if (head != lastHead) {
            startOver(connection, now);
        }
        var all = batch.events();
        var events = refused.isEmpty() ? all : all.stream().filter(event -> !refused.contains(event)).toList();
        int refusals = all.size() - events.size();
        var fresh = fresh(connection, events);
        var stored = fresh.isEmpty() ? new Rows(List.of(), Map.of(), 0) : store(connection, fresh, head);
        Unreadables.write(connection, spool, batch, refused, now);
        keepBooks(connection, head, batch.end(), stored, events.size() - fresh.size(), refusals, now);
        return new Written(batch.end(), stored.events(), events.size() - fresh.size(), refusals, stored.bytes());
    }

    /// The transaction of `written` is committed.
    void committed(Written written) {
        dimensions.committed();
        tallies.committed();
        partitions.committed();
        written.stored().forEach(event -> recent.add(event.event().id()));
        lastHead += written.stored().size();
    }

    /// The transaction that [#ensurePartitions] was part of is committed.
    void partitionsReady() {
        partitions.committed();
    }

    /// The transaction is rolled back, or nobody knows.
    void forget() {
        lastHead = -1;
    }

    private long lock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement(TAKE_LOCK)) {
            lock.setLong(1, LOCK);
            lock.execute();
        }
        try (var query = connection.prepareStatement(HEAD); var found = query.executeQuery()) {
            if (!found.next()) {
                throw new SQLException("trail_head has no row; restore it with the highest position of event");
            }
            return found.getLong(1);
        }
    }

    /// Asks the database for what a loader before us, or another one, left there.
    private void startOver(Connection connection, Instant now) throws SQLException {
        tallies.forget();
        recent.forget();
        long floor = now.toEpochMilli();
        var later = new HashSet<UUID>();
        try (var query = connection.prepareStatement(LATER)) {
            query.setString(1, new UUID(floor << 16 | 0xFFFF, -1L).toString());
            query.setInt(2, recentBound);
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    later.add(found.getObject(1, UUID.class));
                }
            }
        }
        if (later.size() < recentBound) {
            recent.start(floor, later);
        }
    }

    /// Those of `events` that the trail does not have, each once.
    private List<AuditEvent> fresh(Connection connection, List<AuditEvent> events) throws SQLException {
        var distinct = new ArrayList<AuditEvent>(events.size());
        var inBatch = HashSet.<EventId>newHashSet(events.size());
        var unsure = new ArrayList<AuditEvent>();
        for (var event : events) {
            if (inBatch.add(event.id()) && !(recent.knows(event.id()) && recent.contains(event.id()))) {
                distinct.add(event);
                if (!recent.knows(event.id())) {
                    unsure.add(event);
                }
            }
        }
        if (unsure.isEmpty()) {
            return distinct;
        }
        var known = known(connection, unsure);
        return known.isEmpty() ? distinct : distinct.stream().filter(event -> !known.contains(event.id().value())).toList();
    }

    /// Which of `events` the trail has: under the day of their own time, or out of range. Which of the two depends on
    /// when they were received first.
    private static Set<UUID> known(Connection connection, List<AuditEvent> events) throws SQLException {
        var days = new LinkedHashSet<String>();
        for (var event : events) {
            days.add(event.id().day().toString());
        }
        var known = new HashSet<UUID>();
        try (var query = connection.prepareStatement(KNOWN)) {
            query.setArray(1, connection.createArrayOf("text", events.stream().map(event -> event.id().toString()).toArray()));
            query.setArray(2, connection.createArrayOf("text", days.toArray()));
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    known.add(found.getObject(1, UUID.class));
                }
            }
        }
        return known;
    }

    private Rows store(Connection connection, List<AuditEvent> events, long head) throws SQLException {
        dimensions.resolve(connection, events);
        var sessions = new LinkedHashSet<Integer>();
        var days = new TreeMap<Integer, Day>();
        var outOfRange = new Day(0, Partitions.table(null));
        var records = new ArrayList<Incoming>(events.size());
        for (var event : events) {
            var seen = Seen.of(event);
            var placed = dimensions.placed(event.seen().origin());
            if (placed.session() != 0) {
                sessions.add(placed.session());
            }
            var day = seen.day() == null ? outOfRange : days.computeIfAbsent(seen.day(), number -> new Day(number, Partitions.table(number)));
            records.add(new Incoming(event, seen, placed, day));
        }
        tallies.begin(connection, sessions, dimensions::isNew);
        partitions.ensure(connection, days.keySet());
        var stored = new ArrayList<StoredEvent>(events.size());
        long bytes = copy(connection, records, head, stored);
        tallies.write(connection, dimensions.sessionsAdded());
        return new Rows(stored, days, bytes);
    }

    /// Writes rows and sends them as they come, so that the server works while we do. A connection takes one COPY at a
    /// time: rows of the first record's day go out at once, those of other days, few at midnight, wait for its end.
    private long copy(Connection connection, List<Incoming> records, long head, List<StoredEvent> stored) throws SQLException {
        var main = records.getFirst().day();
        var others = new LinkedHashSet<Day>();
        var copy = begin(connection, main);
        int buffersUsed = 0;
        var streamed = buffer(buffersUsed++);
        streamed.begin();
        main.rows = streamed;
        long bytes = 0;
        try {
            for (var record : records) {
                var rows = record.day().rows;
                if (rows == null) {
                    rows = buffer(buffersUsed++);
                    rows.begin();
                    record.day().rows = rows;
                    others.add(record.day());
                }
                stored.add(row(record, rows, head + stored.size() + 1));
                if (streamed.length() >= STREAMED) {
                    bytes += streamed.length();
                    streamed.sendTo(copy);
                    streamed.cut(0);
                }
            }
            bytes += finish(copy, streamed);
        } finally {
            cancelUnlessDone(copy);
        }
        for (var other : others) {
            var rest = begin(connection, other);
            try {
                bytes += finish(rest, other.rows);
            } finally {
                cancelUnlessDone(rest);
            }
        }
        return bytes;
    }

    private StoredEvent row(Incoming record, CopyBuffer rows, long position) {
        var event = record.event();
        var placed = record.placed();
        var kind = Kind.of(event);
        var mode = Storable.orNull(tallies.add(placed, event, record.seen().at()));
        var keys = new EventRow.Keys(dimensions.number(kind), placed.origin(), placed.person(), placed.session());
        EventRow.write(rows, position, record.seen().day(), keys, kind, event, mode);
        record.day().add(position);
        return new StoredEvent(position, asReadBack(event, placed, rows.altered()), mode);
    }

    /// Followers are handed what a query would return.
    private static AuditEvent asReadBack(AuditEvent event, Dimensions.Placed placed, boolean altered) {
        var received = event.receivedAt().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        var seen = event.seen();
        if (!altered && !placed.altered() && received.equals(event.receivedAt())) {
            return event;
        }
        return new AuditEvent(event.id(), received, new Observation(seen.signal(), Storable.text(seen.name()), seen.time(), placed.stored(),
                altered ? Storable.attributes(seen.attributes()) : seen.attributes(),
                altered ? Storable.attributes(seen.derived()) : seen.derived(),
                altered ? Storable.attributes(seen.envelope()) : seen.envelope()));
    }

    private CopyBuffer buffer(int index) {
        if (index == buffers.size()) {
            buffers.add(new CopyBuffer());
        }
        return buffers.get(index);
    }

    private static CopyIn begin(Connection connection, Day day) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("copy %s (%s) from stdin (format binary)".formatted(day.table, EventRow.COLUMNS));
    }

    private static long finish(CopyIn copy, @Nullable CopyBuffer rows) throws SQLException {
        if (rows == null) {
            return 0;
        }
        rows.end();
        rows.sendTo(copy);
        copy.endCopy();
        return rows.length();
    }

    private static void cancelUnlessDone(CopyIn copy) throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private void keepBooks(Connection connection, long head, Spool.Position end, Rows stored, int duplicates, int refused, Instant now) throws SQLException {
        var entries = Entries.of(stored.events(), duplicates, refused);
        var days = stored.days().values();
        try (var update = connection.prepareStatement(BOOKKEEPING)) {
            update.setLong(1, head + stored.events().size());
            update.setObject(2, spool);
            update.setLong(3, end.segment());
            update.setLong(4, end.offset());
            update.setObject(5, now.atOffset(java.time.ZoneOffset.UTC));
            update.setObject(6, spool);
            update.setArray(7, connection.createArrayOf("text", entries.stream().map(Entries::entry).toArray()));
            update.setArray(8, connection.createArrayOf("text", entries.stream().map(Entries::part).toArray()));
            update.setArray(9, connection.createArrayOf("bigint", entries.stream().map(Entries::records).toArray()));
            update.setArray(10, connection.createArrayOf("text", days.stream().map(day -> java.time.LocalDate.ofEpochDay(day.day).toString()).toArray()));
            update.setArray(11, connection.createArrayOf("bigint", days.stream().map(day -> day.first).toArray()));
            update.setArray(12, connection.createArrayOf("bigint", days.stream().map(day -> day.last).toArray()));
            update.setArray(13, connection.createArrayOf("bigint", days.stream().map(day -> day.events).toArray()));
            update.executeUpdate();
        }
        lastHead = head;
    }

    /// A record on its way into a row.
    private record Incoming(AuditEvent event, Seen seen, Dimensions.Placed placed, Day day) {
    }

    /// Rows that were written.
    private record Rows(List<StoredEvent> events, Map<Integer, Day> days, long bytes) {
    }

    /// One line of the books.
    private record Entries(String entry, String part, long records) {

        static List<Entries> of(List<StoredEvent> stored, int duplicates, int refused) {
            var bySignal = new EnumMap<Signal, Long>(Signal.class);
            stored.forEach(event -> bySignal.merge(event.event().signal(), 1L, Long::sum));
            var entries = new ArrayList<Entries>();
            bySignal.forEach((signal, records) -> entries.add(new Entries("stored", signal.wireName(), records)));
            if (duplicates > 0) {
                entries.add(new Entries("duplicate", "all", duplicates));
            }
            if (refused > 0) {
                entries.add(new Entries("rejected", Unreadables.UNLOADABLE, refused));
            }
            return entries;
        }
    }

    /// One partition's share of a batch.
    private static final class Day {

        private final int day;
        private final String table;
        private long first = Long.MAX_VALUE;
        private long last;
        private long events;
        private @Nullable CopyBuffer rows;

        Day(int day, String table) {
            this.day = day;
            this.table = table;
        }

        void add(long position) {
            first = Math.min(first, position);
            last = position;
            events++;
        }
    }
}
