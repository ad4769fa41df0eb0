package io.trailwarden.inventory;

import io.trailwarden.event.EventId;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.TextHash;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a batch shows of MCP servers and hosts. For one thread.
///
/// Names are what clients make up, so there are bounds: names beyond [#MOST_NAMES] of a kind are counted together, and so
/// are uses beyond [#MOST_USES] of one name. Which names are kept follows from the order of the trail alone.
final class CounterpartTally {

    /// Names kept apart, of each kind.
    static final int MOST_NAMES = 100_000;
    /// Tools or programs kept apart, of each name.
    static final int MOST_USES = 200;
    private static final int LONGEST_LABEL = 32;

    /// Stands for all further names, and further uses of one name.
    static final UUID FURTHER = new UUID(0, 0);

    private final Map<Named, Seen> named = new LinkedHashMap<>();

    /// @param hash of the whole name
    record Named(Kind kind, UUID hash) implements Comparable<Named> {
        @Override
        public int compareTo(Named other) {
            return Comparator.comparing(Named::kind).thenComparing(Named::hash).compare(this, other);
        }
    }

    /// Everything a batch says of one name; also, with others added, of further names.
    static final class Seen {
        final @Nullable String name;
        final UUID folded;
        final Map<Integer, Person> people = new TreeMap<>();
        final Map<UUID, Use> uses = new LinkedHashMap<>();
        final TreeSet<String> scopes = new TreeSet<>();
        final TreeSet<String> transports = new TreeSet<>();

        Seen(@Nullable String name, UUID folded) {
            this.name = name;
            this.folded = folded;
        }

        private void add(Seen other) {
            other.people.forEach((key, person) -> people.merge(key, person, Person::with));
            other.uses.forEach((key, use) -> uses.merge(key, use, Use::with));
            scopes.addAll(other.scopes);
            transports.addAll(other.transports);
        }
    }

    /// One person's dealings with one name.
    static final class Person {
        Instant first = Instant.MAX;
        EventId firstEvent;
        long firstPosition;
        Instant last = Instant.MIN;
        final TreeSet<UUID> sessions = new TreeSet<>();
        /// Connections, failed connections, calls, refused calls, failed calls.
        final long[] counts = new long[5];

        Person(EventId event) {
            firstEvent = event;
        }

        /// Of two records of the same time the earlier in the trail is the first.
        boolean isFirstBefore(Person other) {
            return first.isBefore(other.first) || first.equals(other.first) && firstPosition < other.firstPosition;
        }

        private Person with(Person other) {
            if (other.isFirstBefore(this)) {
                first = other.first;
                firstEvent = other.firstEvent;
                firstPosition = other.firstPosition;
            }
            last = other.last.isAfter(last) ? other.last : last;
            sessions.addAll(other.sessions);
            for (int i = 0; i < counts.length; i++) {
                counts[i] += other.counts[i];
            }
            return this;
        }
    }

    /// One tool or program.
    static final class Use {
        final @Nullable String name;
        Instant last = Instant.MIN;
        /// Calls, refused calls, failed calls.
        final long[] counts = new long[3];

        Use(@Nullable String name) {
            this.name = name;
        }

        Use with(Use other) {
            last = other.last.isAfter(last) ? other.last : last;
            for (int i = 0; i < counts.length; i++) {
                counts[i] += other.counts[i];
            }
            return this;
        }
    }

    void add(StoredEvent stored, Instant seenAt, int person) {
        for (var sighting : Sighting.of(stored.event())) {
            var seen = named.computeIfAbsent(new Named(sighting.kind(), TextHash.of(sighting.name())),
                    _ -> new Seen(Names.cut(sighting.name(), Names.LONGEST), Names.folded(sighting.name())));
            addPerson(seen, stored, seenAt, person, sighting);
            if (sighting.use() != null) {
                addUse(seen, seenAt, sighting, sighting.use());
            }
            addLabel(seen.scopes, sighting.scope());
            addLabel(seen.transports, sighting.transport());
        }
    }

    private static void addPerson(Seen seen, StoredEvent stored, Instant seenAt, int key, Sighting sighting) {
        var person = seen.people.computeIfAbsent(key, _ -> new Person(stored.event().id()));
        if (seenAt.isBefore(person.first)) {
            person.first = seenAt;
            person.firstEvent = stored.event().id();
            person.firstPosition = stored.position();
        }
        person.last = seenAt.isAfter(person.last) ? seenAt : person.last;
        var session = stored.event().session();
        if (session != null) {
            person.sessions.add(TextHash.of(session));
        }
        person.counts[0] += sighting.what() == Sighting.What.CONNECTED ? 1 : 0;
        person.counts[1] += sighting.what() == Sighting.What.NOT_CONNECTED ? 1 : 0;
        person.counts[2] += sighting.ran() ? 1 : 0;
        person.counts[3] += sighting.what() == Sighting.What.REFUSED ? 1 : 0;
        person.counts[4] += sighting.what() == Sighting.What.FAILED ? 1 : 0;
    }

    private static void addUse(Seen seen, Instant seenAt, Sighting sighting, String name) {
        var use = seen.uses.computeIfAbsent(TextHash.of(name), _ -> new Use(Names.cut(name, Names.LONGEST)));
        use.last = seenAt.isAfter(use.last) ? seenAt : use.last;
        use.counts[0] += sighting.ran() ? 1 : 0;
        use.counts[1] += sighting.what() == Sighting.What.REFUSED ? 1 : 0;
        use.counts[2] += sighting.what() == Sighting.What.FAILED ? 1 : 0;
    }

    private static void addLabel(Collection<String> labels, @Nullable String label) {
        if (label != null && !label.isEmpty()) {
            labels.add(Names.cut(label, LONGEST_LABEL));
        }
    }

    /// Names in the order in which the trail shows them.
    Collection<Named> names() {
        return named.keySet();
    }

    boolean isEmpty() {
        return named.isEmpty();
    }

    /// What was seen, under the names that are kept: those of `kept` apart, everything else as further names of its kind.
    Map<Named, Seen> kept(Collection<Named> kept) {
        var result = new TreeMap<Named, Seen>();
        named.forEach((name, seen) -> {
            if (kept.contains(name)) {
                result.put(name, seen);
            } else {
                result.computeIfAbsent(new Named(name.kind(), FURTHER), _ -> new Seen(null, FURTHER)).add(seen);
            }
        });
        return result;
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// Writes everything in the transaction of `connection`.
    void write(Connection connection, int mostNames, int mostUses) throws SQLException {
        if (!isEmpty()) {
            new CounterpartTables(connection, mostNames, mostUses).add(this);
        }
    }
}
