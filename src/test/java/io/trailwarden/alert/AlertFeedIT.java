package io.trailwarden.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.AlertChange.Kind;
import io.trailwarden.database.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertFeedIT {

    private static final Instant NOW = Instant.parse("2026-11-02T13:00:00Z");

    private final TestDatabase database = TestDatabase.fresh();
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final PostgresAlerts alerts = new PostgresAlerts(database.dataSource(), clock, new SimpleMeterRegistry());
    private final AlertFeed feed = new PostgresAlertFeed(database.dataSource());

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void anAlertIsToldOnceInTheTransactionThatRaisesIt() throws SQLException {
        var finding = Findings.finding(Findings.record(1)).build();

        try (var transaction = transaction()) {
            alerts.raise(transaction, List.of(finding));
            assertThat(feed.after(0, 10)).isEmpty();
            transaction.commit();
            alerts.raise(transaction, List.of(finding));
            transaction.commit();
        }

        assertThat(feed.after(0, 10)).singleElement().satisfies(change -> {
            assertThat(change.position()).isEqualTo(1);
            assertThat(change.kind()).isEqualTo(Kind.RAISED);
            assertThat(change.at()).isEqualTo(NOW);
            assertThat(change.by()).isNull();
            assertThat(change.status()).isEqualTo(Alert.Status.OPEN);
            assertThat(change.alert().key()).isEqualTo(finding.key());
            assertThat(change.alert().evidence()).hasSize(1);
        });
        assertThat(feed.head()).isEqualTo(1);
    }

    @Test
    void whatIsRolledBackTakesNoPosition() throws SQLException {
        try (var transaction = transaction()) {
            alerts.raise(transaction, findings(1, 5));
            transaction.rollback();
            alerts.raise(transaction, findings(6, 7));
            transaction.commit();
        }

        assertThat(feed.after(0, 10)).extracting(AlertChange::position).containsExactly(1L, 2L);
    }

    @Test
    void pagesFollowOneAnother() throws SQLException {
        try (var transaction = transaction()) {
            alerts.raise(transaction, findings(1, 5));
            transaction.commit();
        }

        assertThat(feed.after(0, 3)).extracting(AlertChange::position).containsExactly(1L, 2L, 3L);
        assertThat(feed.after(3, 3)).extracting(AlertChange::position).containsExactly(4L, 5L);
        assertThat(feed.after(5, 3)).isEmpty();
    }

    @Test
    void whatBecomesVisibleLaterHasALaterPosition() throws Exception {
        try (var slow = transaction(); var other = transaction()) {
            alerts.raise(slow, findings(1, 2));
            var waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    alerts.raise(other, findings(3, 4));
                    other.commit();
                    return feed.after(0, 10).stream().map(AlertChange::position).toList();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            awaitALock();
            assertThat(waiting).isNotDone();

            slow.commit();

            assertThat(waiting.get()).containsExactly(1L, 2L, 3L, 4L);
        }
        assertThat(feed.after(0, 2)).extracting(change -> change.alert().key())
                .containsExactlyElementsOf(findings(1, 2).stream().map(Finding::key).toList());
    }

    private void awaitALock() throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var query = connection.prepareStatement("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")) {
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (true) {
                try (var row = query.executeQuery()) {
                    row.next();
                    if (row.getInt(1) > 0) {
                        return;
                    }
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("nobody waits for the feed");
                }
            }
        }
    }

    private Connection transaction() throws SQLException {
        var connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static List<Finding> findings(int from, int to) {
        return new ArrayList<>(IntStream.rangeClosed(from, to).mapToObj(i -> Findings.finding(Findings.record(i)).build()).toList());
    }
}
