package io.trailwarden.rules;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A trail in memory, as far as those who follow it see it.
final class MemoryTrail implements Trail {

    private final List<StoredEvent> events = new ArrayList<>();

    synchronized void add(AuditEvent event) {
        events.add(new StoredEvent(events.size() + 1, event, event.statedMode()));
        notifyAll();
    }

    @Override
    public synchronized List<StoredEvent> follow(long position, int max, Duration wait) throws InterruptedException {
        if (events.size() <= position) {
            wait(wait.toMillis());
        }
        return List.copyOf(events.subList((int) Math.min(position, events.size()), (int) Math.min(events.size(), position + max)));
    }

    @Override
    public synchronized long head() {
        return events.size();
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredEvent> event(EventId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredEvent> events(List<EventId> ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StoredEvent> around(EventId id, int before, int after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Session> sessions(@Nullable String person, int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page<Person> people(int limit, @Nullable String cursor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Person> person(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Books books() {
        throw new UnsupportedOperationException();
    }
}
