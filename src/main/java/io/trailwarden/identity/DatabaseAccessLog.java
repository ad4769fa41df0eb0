package io.trailwarden.identity;

import io.trailwarden.event.EventId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;

/// The access log as the database keeps it.
@ApplicationScoped
public class DatabaseAccessLog implements AccessLog {

    private final Transactions transactions;
    private final InstantSource clock;

    /// The log of the database behind `dataSource`.
    @Inject
    public DatabaseAccessLog(DataSource dataSource, InstantSource clock) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
    }

    @Override
    public List<Line> find(Query query) {
        return transactions.in("read the access log", connection -> new AccessLogTable(connection).find(query));
    }

    @Override
    public long count(Query query) {
        return transactions.in("count the access log", connection -> new AccessLogTable(connection).count(query));
    }

    @Override
    public List<String> names() {
        return transactions.in("list who is in the access log", connection -> new AccessLogTable(connection).names());
    }

    @Override
    public Instant revealed(String who, String address, String person, EventId event, String attribute, String reason) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.in("write down who reads words", connection -> {
            new AccessLogTable(connection).insert(now, who, What.WORDS_REVEALED, address, "", reason,
                    new Read(person, event, attribute));
            return now;
        });
    }

    @Override
    public Instant exported(String who, String address, String list) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return transactions.in("write down who takes a list", connection -> {
            AccessLogTable.write(connection, now, who, What.LIST_EXPORTED, address, list);
            return now;
        });
    }
}
