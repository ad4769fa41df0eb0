package io.trailwarden.api;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.TrailUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A trail in memory, whose database can be switched off. Only where a test profile asks for it.
@Alternative
@ApplicationScoped
class FakeTrail implements Trail {

    private final List<StoredEvent> stored = new ArrayList<>();
    private boolean down;
    private int answers = Integer.MAX_VALUE;

    void holds(AuditEvent... events) {
        stored.clear();
        down = false;
        answers = Integer.MAX_VALUE;
        for (var event : events) {
            stored.add(new StoredEvent(stored.size() + 1, event, "default"));
        }
    }

    void goesDown() {
        down = true;
    }

    /// Gives so many pages of records and goes down then.
    void goesDownAfter(int pages) {
        answers = pages;
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) {
        down |= answers-- <= 0;
        return page(stored.reversed().stream().filter(one -> matches(query, one.event())).toList(), query.limit(), query.cursor());
    }

    private static boolean matches(EventQuery query, AuditEvent event) {
        return (query.person() == null || query.person().equals(event.person()))
                && (query.session() == null || query.session().equals(event.session()))
                && (query.name() == null || query.name().equals(event.name()))
                && (query.from() == null || !event.time().isBefore(query.from()))
                && (query.to() == null || event.time().isBefore(query.to()))
                && (query.signals().isEmpty() || query.signals().contains(event.signal()));
    }

    @Override
    public Optional<StoredEvent> event(EventId id) {
        return up().filter(one -> one.event().id().equals(id)).findFirst();
    }

    @Override
    public List<StoredEvent> events(List<EventId> ids) {
        return up().filter(one -> ids.contains(one.event().id())).toList();
    }

    @Override
    public List<StoredEvent> around(EventId id, int before, int after) {
        return up().toList();
    }

    @Override
    public Page<Session> sessions(@Nullable String person, int limit, @Nullable String cursor) {
        return page(each(one -> new Session(String.valueOf(one.session()), one.person(), one.time(), one.time(), "default", "2.1.329", null, null, 1)),
                limit, cursor);
    }

    @Override
    public Page<Person> people(int limit, @Nullable String cursor) {
        return page(each(one -> new Person(one.person(), one.time(), one.time(), 1, 1, "default", null)), limit, cursor);
    }

    @Override
    public Optional<Person> person(String name) {
        return Optional.empty();
    }

    @Override
    public Books books() {
        return new Books(10, Map.of("malformed", 1L, "too_large", 0L), 2, up().count(), 4, Map.of(Signal.LOG, up().count(), Signal.SPAN, 0L));
    }

    @Override
    public List<StoredEvent> follow(long position, int max, Duration wait) throws InterruptedException {
        Thread.sleep(wait);
        return List.of();
    }

    @Override
    public long head() {
        return stored.size();
    }

    private <T> List<T> each(Function<AuditEvent, T> part) {
        return up().map(one -> part.apply(one.event())).distinct().toList();
    }

    private Stream<StoredEvent> up() {
        if (down) {
            throw new TrailUnavailable("cannot read the trail", new SQLException("connection refused at " + Instant.EPOCH));
        }
        return stored.stream();
    }

    private <T> Page<T> page(List<T> all, int limit, @Nullable String cursor) {
        up();
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(all.size(), from + limit);
        return new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }
}
