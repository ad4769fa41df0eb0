package io.trailwarden.store;

import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the trail. Throws [TrailUnavailable] when the database does not
/// answer.
public interface Trail {

    /// Records that match, newest first by the client's clock (ties by position, newest first).
    Page<StoredEvent> events(EventQuery query);

    /// One record.
    Optional<StoredEvent> event(EventId id);

    /// Several records by id, oldest first; unknown ids are left out.
    List<StoredEvent> events(List<EventId> ids);

    /// Records around `id` in its session, oldest first.
    List<StoredEvent> around(EventId id, int before, int after);

    /// Sessions, last seen first.
    Page<Session> sessions(@Nullable String person, int limit, @Nullable String cursor);

    /// People, last seen first.
    Page<Person> people(int limit, @Nullable String cursor);

    /// One person by name.
    Optional<Person> person(String name);

    /// The books, as of now.
    Books books();

    /// Records after `position` in the order of the trail, waiting up to `wait` for the first: how detectors and
    /// forwarders follow. From memory while the follower keeps up.
    List<StoredEvent> follow(long position, int max, Duration wait) throws InterruptedException;

    /// The last position given out; 0 when the trail is empty.
    long head();

    /// Which records are asked for; null and empty mean any.
    ///
    /// @param from earliest client time, inclusive
    /// @param to latest client time, exclusive
    /// @param signals kinds of telemetry; empty means all
    /// @param limit 1 to 1000
    /// @param cursor `next` of the page before
    record EventQuery(@Nullable String person, @Nullable String session, @Nullable String name, @Nullable Instant from,
            @Nullable Instant to, Set<Signal> signals, int limit, @Nullable String cursor) {
        public EventQuery {
            signals = Set.copyOf(signals);
            if (limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("limit must be between 1 and 1000, got " + limit);
            }
        }
    }

    /// One page of a list.
    ///
    /// @param next cursor of the next page, null on the last
    record Page<T>(List<T> items, @Nullable String next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /// One session of one person.
    ///
    /// @param mode the effective permission mode, null when nothing told it
    /// @param clientVersion `service.version`
    /// @param events log records of it
    record Session(String id, String person, Instant firstSeen, Instant lastSeen, @Nullable String mode,
            @Nullable String clientVersion, @Nullable String organization, @Nullable String terminal, long events) {
    }

    /// One person.
    ///
    /// @param name e-mail, `enduser.id` or install id
    record Person(String name, Instant firstSeen, Instant lastSeen, long sessions, long events, @Nullable String mode,
            @Nullable String clientVersion) {
    }

    /// `received = rejected + duplicate + stored + waiting`, counted since the trail began.
    ///
    /// @param rejected by reason, every reason present
    /// @param waiting acknowledged and not yet in the trail
    /// @param storedBySignal parts of `stored`
    record Books(long received, Map<String, Long> rejected, long duplicate, long stored, long waiting,
            Map<Signal, Long> storedBySignal) {
    }
}
