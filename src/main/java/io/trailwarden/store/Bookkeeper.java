package io.trailwarden.store;

import io.trailwarden.event.Signal;
import io.trailwarden.spool.ReceiptBook;
import io.trailwarden.spool.ReceiptBook.Rejection;
import io.trailwarden.spool.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Puts the door's counts since start and the database's since ever into one set of books.
///
/// What came in is counted by the door alone, on top of what was on record when this process began; so if a record
/// were lost or counted twice on its way, the books would not balance and show it.
@ApplicationScoped
class Bookkeeper {

    private static final String READ = "select spool, entry, part, records from book";

    private static final String FOLD = """
            insert into book (spool, entry, part, records)
            select ?, 'rejected', u.part, u.records from unnest(?::text[], ?::bigint[]) as u (part, records)
            on conflict (spool, entry, part) do update set records = excluded.records
            """;

    private final ReceiptBook door;
    private final Spool spool;
    private final Map<Rejection, Long> folded = new EnumMap<>(Rejection.class);
    private volatile @Nullable Base base;

    @Inject
    Bookkeeper(ReceiptBook door, Spool spool) {
        this.door = door;
        this.spool = spool;
    }

    /// What was on record when this process began.
    ///
    /// @param received stored, duplicate, rejected, or waiting in the spool
    private record Base(long received, Map<Rejection, Long> rejected) {
    }

    private record Line(UUID spool, String entry, String part, long records) {
    }

    /// Reads what is on record, once; the spool must have been told how far it is loaded.
    void open(Connection connection) throws SQLException {
        if (base != null) {
            return;
        }
        long onRecord = 0;
        var rejected = new EnumMap<Rejection, Long>(Rejection.class);
        for (var line : read(connection)) {
            if (line.spool().equals(spool.id())) {
                onRecord += line.records();
                var reason = line.entry().equals("rejected") ? reason(line.part()) : null;
                if (reason != null) {
                    rejected.put(reason, line.records());
                }
            }
        }
        long acceptedSince = door.received() - sum(door.rejected());
        base = new Base(onRecord + Math.max(0, spool.fill().records() - acceptedSince), Map.copyOf(rejected));
    }

    /// Whether the door turned something away that is not on record yet.
    boolean hasNews() {
        return !door.rejected().equals(folded) && sum(door.rejected()) > sum(folded);
    }

    /// Puts what the door turned away on record, in the caller's transaction. Totals, not differences: doing it again
    /// after a commit of unknown outcome changes nothing.
    void fold(Connection connection) throws SQLException {
        var begun = base;
        if (begun == null) {
            return;
        }
        var now = door.rejected();
        var parts = new ArrayList<String>();
        var totals = new ArrayList<Long>();
        now.forEach((reason, records) -> {
            if (records > 0) {
                parts.add(part(reason));
                totals.add(begun.rejected().getOrDefault(reason, 0L) + records);
            }
        });
        try (var update = connection.prepareStatement(FOLD)) {
            update.setObject(1, spool.id());
            update.setArray(2, connection.createArrayOf("text", parts.toArray()));
            update.setArray(3, connection.createArrayOf("bigint", totals.toArray()));
            update.executeUpdate();
        }
        folded.putAll(now);
    }

    /// The books as of now.
    Trail.Books books(Connection connection) throws SQLException {
        var rejectedNow = door.rejected();
        long receivedNow = door.received();
        var begun = base;
        var lines = read(connection);
        long waiting = spool.fill().records();
        var rejected = new TreeMap<String, Long>();
        rejectedNow.keySet().forEach(reason -> rejected.put(part(reason), 0L));
        rejected.put(Unreadables.UNLOADABLE, 0L);
        var stored = new EnumMap<Signal, Long>(Signal.class);
        for (var signal : Signal.values()) {
            stored.put(signal, 0L);
        }
        long duplicate = 0;
        long ofOthers = 0;
        for (var line : lines) {
            boolean ours = line.spool().equals(spool.id());
            ofOthers += ours ? 0 : line.records();
            switch (line.entry()) {
                case "stored" -> stored.merge(signal(line.part()), line.records(), Long::sum);
                case "duplicate" -> duplicate += line.records();
                default -> {
                    if (!ours || begun == null || reason(line.part()) == null) {
                        rejected.merge(line.part(), line.records(), Long::sum);
                    }
                }
            }
        }
        if (begun != null) {
            rejectedNow.forEach((reason, records) -> rejected.merge(part(reason), begun.rejected().getOrDefault(reason, 0L) + records, Long::sum));
        }
        long storedInAll = stored.values().stream().mapToLong(Long::longValue).sum();
        long received = begun == null
                ? rejected.values().stream().mapToLong(Long::longValue).sum() + duplicate + storedInAll + waiting
                : ofOthers + begun.received() + receivedNow;
        return new Trail.Books(received, Map.copyOf(rejected), duplicate, storedInAll, waiting, Map.copyOf(stored));
    }

    private static List<Line> read(Connection connection) throws SQLException {
        var lines = new ArrayList<Line>();
        try (var query = connection.prepareStatement(READ); var found = query.executeQuery()) {
            while (found.next()) {
                lines.add(new Line(found.getObject("spool", UUID.class), found.getString("entry"), found.getString("part"), found.getLong("records")));
            }
        }
        return lines;
    }

    private static long sum(Map<Rejection, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String part(Rejection reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static Signal signal(String part) {
        return Signal.valueOf(part.toUpperCase(Locale.ROOT));
    }

    /// The door's reason called `part`; null when it is the loader's, or one of an older version.
    private static @Nullable Rejection reason(String part) {
        var byPart = new HashMap<String, Rejection>();
        for (var reason : Rejection.values()) {
            byPart.put(part(reason), reason);
        }
        return byPart.get(part);
    }
}
