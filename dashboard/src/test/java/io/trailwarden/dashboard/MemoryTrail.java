package io.trailwarden.dashboard;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.TrailUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A trail in a list; can be told to fall silent.
public final class MemoryTrail implements Trail {

    private final List<StoredEvent> stored = new ArrayList<>();
    private boolean silent;

    /// Appends a record.
    public synchronized StoredEvent store(AuditEvent event, @Nullable String mode) {
        var record = new StoredEvent(stored.size() + 1L, event, mode);
        stored.add(record);
        notifyAll();
        return record;
    }

    /// Whether the database answers.
    public synchronized void silent(boolean now) {
        silent = now;
        notifyAll();
    }

    private synchronized List<StoredEvent> all() {
        if (silent) {
            throw new TrailUnavailable("reading the trail", new IllegalStateException("told to be silent"));
        }
        return List.copyOf(stored);
    }

    @Override
    public Page<StoredEvent> events(EventQuery query) {
        var matching = all().stream().filter(matches(query)).sorted(Comparator
                .comparing((StoredEvent record) -> record.event().time()).thenComparing(StoredEvent::position).reversed()).toList();
        return page(matching, query.limit(), query.cursor());
    }

    private static Predicate<StoredEvent> matches(EventQuery query) {
        return record -> {
            var event = record.event();
            return (query.person() == null || query.person().equals(event.person()))
                    && (query.session() == null || query.session().equals(event.session()))
                    && (query.name() == null || query.name().equals(event.name()))
                    && (query.from() == null || !event.time().isBefore(query.from()))
                    && (query.to() == null || event.time().isBefore(query.to()))
                    && (query.signals().isEmpty() || query.signals().contains(event.signal()));
        };
    }

    private static <T> Page<T> page(List<T> all, int limit, @Nullable String cursor) {
        int from = cursor == null ? 0 : Integer.parseInt(cursor);
        int to = Math.min(from + limit, all.size());
        return new Page<>(all.subList(from, to), to == all.size() ? null : String.valueOf(to));
    }

    @Override
    public Optional<StoredEvent> event(EventId id) {
        return all().stream().filter(record -> record.event().id().equals(id)).findFirst();
    }

    @Override
    public List<StoredEvent> events(List<EventId> ids) {
        return all().stream().filter(record -> ids.contains(record.event().id()))
                .sorted(Comparator.comparing(record -> record.event().time())).toList();
    }

    @Override
    public List<StoredEvent> around(EventId id, int before, int after) {
        return event(id).map(List::of).orElse(List.of());
    }

    @Override
    public Page<Session> sessions(@Nullable String person, int limit, @Nullable String cursor) {
        var groups = grouped(record -> record.event().session(), person);
        var sessions = groups.entrySet().stream().map(entry -> session(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Session::lastSeen).reversed()).toList();
        return page(sessions, limit, cursor);
    }

    private Map<String, List<StoredEvent>> grouped(Function<StoredEvent, @Nullable String> by, @Nullable String person) {
        return all().stream().filter(record -> by.apply(record) != null)
                .filter(record -> person == null || person.equals(record.event().person()))
                .sorted(Comparator.comparing(record -> record.event().time()))
                .collect(Collectors.groupingBy(record -> Objects.requireNonNull(by.apply(record))));
    }

    private static Session session(String id, List<StoredEvent> records) {
        var last = records.getLast().event();
        long logs = records.stream().filter(record -> record.event().signal() == Signal.LOG).count();
        return new Session(id, last.person(), records.getFirst().event().time(), last.time(), records.getLast().mode(),
                last.text("service.version"), null, null, logs);
    }

    @Override
    public Page<Person> people(int limit, @Nullable String cursor) {
        var people = grouped(record -> record.event().person(), null).entrySet().stream()
                .map(entry -> person(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Person::lastSeen).reversed()).toList();
        return page(people, limit, cursor);
    }

    private static Person person(String name, List<StoredEvent> records) {
        var last = records.getLast().event();
        long sessions = records.stream().map(record -> record.event().session()).filter(Objects::nonNull).distinct().count();
        return new Person(name, records.getFirst().event().time(), last.time(), sessions, records.size(),
                records.getLast().mode(), last.text("service.version"));
    }

    @Override
    public Optional<Person> person(String name) {
        return Optional.ofNullable(grouped(record -> record.event().person(), null).get(name)).map(of -> person(name, of));
    }

    @Override
    public Books books() {
        return new Books(head(), Map.of(), 0, head(), 0, new EnumMap<>(Signal.class));
    }

    @Override
    public synchronized List<StoredEvent> follow(long position, int max, Duration wait) throws InterruptedException {
        if (all().size() <= position && wait.isPositive()) {
            wait(wait.toMillis());
        }
        return all().stream().skip(position).limit(max).toList();
    }

    @Override
    public long head() {
        return all().size();
    }
}
