package io.trailwarden.forward;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A trail that can be followed, and nothing else.
final class FakeTrail {

    private final List<StoredEvent> events = new CopyOnWriteArrayList<>();

    void add(AuditEvent event) {
        events.add(new StoredEvent(events.isEmpty() ? 1 : events.getLast().position() + 1, event, "default"));
    }

    /// Retention takes the oldest.
    void forget(int count) {
        events.subList(0, count).clear();
    }

    Trail asTrail() {
        return (Trail) Proxy.newProxyInstance(Trail.class.getClassLoader(), new Class<?>[] {Trail.class}, (_, method, arguments) -> switch (method.getName()) {
            case "head" -> events.isEmpty() ? 0L : events.getLast().position();
            case "follow" -> events.stream().filter(event -> event.position() > (long) arguments[0]).limit((int) arguments[1]).toList();
            case "event" -> find((EventId) arguments[0]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private Optional<StoredEvent> find(EventId id) {
        return events.stream().filter(event -> event.event().id().equals(id)).findFirst();
    }
}
