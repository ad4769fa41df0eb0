package io.trailwarden.inventory;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What people's clients said last about themselves, as far as a batch tells: of two records the later in the trail
/// counts. For one thread.
final class StateTally {

    private static final int LONGEST_VERSION = 64;
    private static final int LONGEST_SOURCES = 200;

    private static final String WRITE = """
            insert into person_state as s (person_key, last_day, seen_at, mode, client_version, managed, managed_sources, managed_at, with_details_at, without_details_at)
            select person_key, (seen_at at time zone 'UTC')::date, seen_at, mode, client_version, managed, managed_sources, managed_at, with_details_at, without_details_at
              from unnest(?::integer[], ?::timestamptz[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
                as u (person_key, seen_at, mode, client_version, managed, managed_sources, managed_at, with_details_at, without_details_at)
            on conflict on constraint person_state_pk do update
            set last_day = greatest(s.last_day, excluded.last_day),
                seen_at = greatest(s.seen_at, excluded.seen_at),
                mode = coalesce(excluded.mode, s.mode),
                client_version = coalesce(excluded.client_version, s.client_version),
                managed = coalesce(excluded.managed, s.managed),
                managed_sources = coalesce(excluded.managed_sources, s.managed_sources),
                managed_at = coalesce(excluded.managed_at, s.managed_at),
                with_details_at = greatest(s.with_details_at, excluded.with_details_at),
                without_details_at = greatest(s.without_details_at, excluded.without_details_at)
            """;

    private final Map<Integer, State> states = new TreeMap<>();

    private static final class State {
        private Instant seenAt = Instant.MIN;
        private @Nullable String mode;
        private @Nullable String version;
        private @Nullable Boolean managed;
        private @Nullable String sources;
        private @Nullable Instant managedAt;
        private @Nullable Instant withDetailsAt;
        private @Nullable Instant withoutDetailsAt;
    }

    void add(StoredEvent stored, Instant seenAt, int person) {
        var state = states.computeIfAbsent(person, _ -> new State());
        state.seenAt = seenAt.isAfter(state.seenAt) ? seenAt : state.seenAt;
        if (stored.mode() != null) {
            state.mode = ActivityTally.mode(stored.mode());
        }
        var event = stored.event();
        var version = event.text("client.version");
        if (version != null) {
            state.version = Names.cut(version, LONGEST_VERSION);
        }
        if (event.signal() == Signal.LOG) {
            addPolicy(event, seenAt, state);
            addDetails(event, seenAt, state);
        }
    }

    private static void addPolicy(AuditEvent event, Instant seenAt, State state) {
        if (event.name().equals("managed_settings_resolved") && event.seen().derived().get("policy.managed") instanceof Value.Bool(var managed)) {
            var sources = event.seen().field("managed_settings.sources");
            state.managed = managed;
            state.sources = sources == null ? "" : Names.cut(String.join(", ", sources.asTexts()), LONGEST_SOURCES);
            state.managedAt = seenAt;
        }
    }

    private static void addDetails(AuditEvent event, Instant seenAt, State state) {
        if (event.seen().derived().get("details.present") instanceof Value.Bool(var present)) {
            if (present) {
                state.withDetailsAt = later(state.withDetailsAt, seenAt);
            } else {
                state.withoutDetailsAt = later(state.withoutDetailsAt, seenAt);
            }
        }
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    /// Writes everything in the transaction of `connection`.
    void write(Connection connection) throws SQLException {
        var rows = new Bulk("integer", "timestamptz", "text", "text", "boolean", "text", "timestamptz", "timestamptz", "timestamptz");
        states.forEach((person, state) -> rows.add(person, time(state.seenAt), state.mode, state.version, state.managed, state.sources,
                time(state.managedAt), time(state.withDetailsAt), time(state.withoutDetailsAt)));
        try (var upsert = connection.prepareStatement(WRITE)) {
            rows.bind(upsert).executeUpdate();
        }
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
