package io.trailwarden.alert;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// Alerts in PostgreSQL. Listeners hear of alerts that this process announces.
@Startup
@ApplicationScoped
public class PostgresAlerts implements Alerts {

    private final DataSource dataSource;
    private final InstantSource clock;
    private final AlertMetrics metrics;
    private final Announcer<Alert> announcer = new Announcer<>();

    /// Alerts of the database behind `dataSource`, told the time by `clock`.
    @Inject
    public PostgresAlerts(DataSource dataSource, InstantSource clock, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.metrics = new AlertMetrics(registry);
    }

    @Override
    public List<Alert> raise(Connection transaction, List<Finding> findings) throws SQLException {
        if (findings.isEmpty()) {
            return List.of();
        }
        var statements = new RaiseStatements(transaction, findings);
        var now = Storable.time(clock.instant());
        var added = statements.insertNew(now.toString());
        statements.lockKnown();
        statements.countOccurrences();
        statements.addEvidence();
        FeedWriter.append(transaction, added.stream().map(id -> FeedWriter.Entry.raised(id, now)).toList());
        return added.isEmpty() ? List.of() : new AlertReader(transaction).byId(List.copyOf(added));
    }

    @Override
    public void announce(List<Alert> raised) {
        metrics.raised(raised);
        announcer.announce(raised);
    }

    @Override
    public Registration listen(Consumer<Alert> listener) {
        return announcer.add(listener);
    }

    @Override
    public List<Alert> find(AlertQuery query) {
        return reading("list alerts", reader -> reader.find(query, clock.instant()));
    }

    @Override
    public long count(AlertQuery query) {
        return reading("count alerts", reader -> reader.count(query, clock.instant()));
    }

    @Override
    public Optional<Alert> get(AlertKey key) {
        return reading("read alert " + key, reader -> reader.byId(List.of(key.value())).stream().findFirst());
    }

    @Override
    public List<Alert> get(List<AlertKey> keys) {
        return reading("read alerts", reader -> reader.byId(keys.stream().map(AlertKey::value).toList()));
    }

    @Override
    public Tally tally() {
        return reading("count alerts", reader -> reader.tally(clock.instant()));
    }

    private <T> T reading(String what, Reading<T> reading) {
        try (var connection = dataSource.getConnection()) {
            return reading.from(new AlertReader(connection));
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot " + what, e);
        }
    }

    private interface Reading<T> {
        T from(AlertReader reader) throws SQLException;
    }
}
