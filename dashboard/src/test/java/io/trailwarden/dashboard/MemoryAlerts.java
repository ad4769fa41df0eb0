package io.trailwarden.dashboard;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Due;
import io.trailwarden.alert.Finding;
import io.trailwarden.alert.Tally;
import java.sql.Connection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Alerts in a list.
public final class MemoryAlerts implements Alerts {

    private final List<Alert> raised = new CopyOnWriteArrayList<>();
    private final List<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();

    /// Keeps `alert` and tells everybody.
    public void raise(Alert alert) {
        raised.add(alert);
        announce(List.of(alert));
    }

    /// How many listen.
    public int listeners() {
        return listeners.size();
    }

    @Override
    public List<Alert> raise(Connection transaction, List<Finding> findings) {
        throw new UnsupportedOperationException("the console raises nothing");
    }

    @Override
    public void announce(List<Alert> raised) {
        raised.forEach(alert -> listeners.forEach(listener -> listener.accept(alert)));
    }

    @Override
    public Registration listen(Consumer<Alert> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Stream<Alert> matching(AlertQuery query) {
        var order = Comparator.comparing(Alert::raisedAt).thenComparing(Alert::at).thenComparing(alert -> alert.key().toString());
        return raised.stream().filter(alert -> query.matches(alert, Instant.now())).sorted(switch (query.order()) {
            case NEWEST -> order.reversed();
            case OLDEST -> order;
            case GRAVEST -> Comparator.comparing(Alert::severity).thenComparing(order).reversed();
        });
    }

    @Override
    public List<Alert> find(AlertQuery query) {
        var all = matching(query).toList();
        int from = query.after() == null ? 0 : all.stream().map(Alert::key).toList().indexOf(query.after()) + 1;
        return all.stream().skip(from).limit(query.limit()).toList();
    }

    @Override
    public long count(AlertQuery query) {
        return matching(query).count();
    }

    @Override
    public List<Alert> get(List<AlertKey> keys) {
        return keys.stream().flatMap(key -> get(key).stream()).toList();
    }

    @Override
    public Tally tally() {
        var now = Instant.now();
        return new Tally(matching(AlertQuery.unfinished()).map(alert -> new Tally.Count(alert.severity(), Due.Age.of(alert.raisedAt(), now),
                alert.status(), alert.owner(), 1)).toList());
    }

    @Override
    public Optional<Alert> get(AlertKey key) {
        return raised.stream().filter(alert -> alert.key().equals(key)).findFirst();
    }
}
