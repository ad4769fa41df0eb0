package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.PostgresAlerts;
import io.trailwarden.database.FailingDataSource;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Detection over a real PostgreSQL: alerts appear, once, whatever breaks between.
class DetectionLoopIT {

    private static final RuleFile PUSH = new RuleFile("rules/git/force_push.yaml", """
            title: Force push
            level: high
            logsource: {product: claude_code}
            detection: {push: {command.marks: force_push}, condition: push}
            trailwarden: {needs: [OTEL_LOG_TOOL_DETAILS]}
            """);
    private static final RuleFile NEW_SERVER = new RuleFile("rules/mcp/new_server.yaml", """
            title: Connected
            name: connected
            logsource: {product: claude_code}
            detection: {c: {mcp.status: connected}, condition: c}
            trailwarden: {supporting: true}
            ---
            title: New server
            name: new_server
            level: medium
            detector: {type: new_value, rules: [connected], field: mcp.server}
            trailwarden: {title: 'New server {value}'}
            """);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryTrail trail = new MemoryTrail();
    private final List<Alert> announced = new CopyOnWriteArrayList<>();
    private final RunningRules running = new RunningRules();
    private volatile Instant now = Events.NOON.plusSeconds(100);
    private volatile boolean databaseDown;
    private volatile Map<String, List<String>> approved = Map.of();
    private TestDatabase own;
    private DataSource database;
    private Alerts alerts;
    private DetectionLoop loop;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() {
        own = TestDatabase.fresh();
        database = new Breakable(own.dataSource());
        alerts = new PostgresAlerts(database, () -> now, registry);
        alerts.listen(announced::add);
        start();
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
        own.close();
    }

    @Test
    void aMatchBecomesAnAlertAndIsAnnounced() {
        trail.add(push(1));

        await(() -> announced.size() == 1);

        assertThat(announced.getFirst().rule()).isEqualTo("force_push");
        assertThat(announced.getFirst().evidence()).hasSize(1);
        await(() -> registry.get("trailwarden.rules.receipt.to.alert").timer().count() == 1);
    }

    @Test
    void anErrorEndsNothing() throws InterruptedException {
        loop.stop();
        database = FailingDataSource.once(database);
        start();

        trail.add(push(1));

        await(() -> announced.size() == 1);
    }

    @Test
    void aRestartRemembersAndRaisesNothingTwice() throws InterruptedException {
        trail.add(connection("github", 1));
        trail.add(push(2));
        await(() -> announced.size() == 2);

        loop.stop();
        start();
        trail.add(connection("github", 3));
        trail.add(connection("ledger", 4));

        await(() -> announced.size() == 3);
        assertThat(announced.getLast().title()).isEqualTo("New server ledger");
        assertThat(alerts.count(AlertQuery.any())).isEqualTo(3);
    }

    @Test
    void afterACrashTheTrailIsReadAgainFromTheSnapshot() throws Exception {
        trail.add(connection("github", 1));
        await(() -> announced.size() == 1);
        loop.stop();
        forgetMemory();

        start();
        trail.add(connection("ledger", 2));

        await(() -> announced.size() == 2);
        assertThat(announced.getLast().title()).isEqualTo("New server ledger");
        assertThat(alerts.count(AlertQuery.any())).isEqualTo(2);
    }

    @Test
    void detectionWaitsForTheDatabaseAndGoesOn() {
        trail.add(push(1));
        await(() -> announced.size() == 1);

        databaseDown = true;
        trail.add(connection("github", 2));
        await(() -> !running.progress().running());
        databaseDown = false;

        await(() -> announced.size() == 2);
        await(() -> running.progress().running());
    }

    @Test
    void aChangedPolicyAndANewRuleAreTakenUpWhileMemoryStays() throws IOException {
        trail.add(connection("github", 1));
        await(() -> announced.size() == 1);

        write("secret.yaml", """
                title: Not approved
                level: low
                logsource: {product: claude_code}
                detection: {c: {'mcp.server|outside|expand': '%approved%'}, condition: c}
                """);
        write("policy.yaml", "approved: [github]");
        await(() -> running.loaded().size() == 3);
        trail.add(connection("github", 2));
        trail.add(connection("ghost", 3));

        await(() -> announced.size() == 3);
        assertThat(announced.stream().map(Alert::rule)).containsExactlyInAnyOrder("new_server", "new_server", "secret");
    }

    @Test
    void whatIsApprovedIsAddedToTheListsOfTheFilesWordForWord() throws IOException {
        write("policy.yaml", "approved: [github]");
        write("secret.yaml", """
                title: Not approved
                level: low
                logsource: {product: claude_code}
                detection: {c: {'mcp.server|outside|expand': '%approved%'}, condition: c}
                """);
        await(() -> running.loaded().size() == 3);
        var before = running.find("secret").orElseThrow().version();
        approved = Map.of("approved", List.of("led*r"));
        await(() -> !running.find("secret").orElseThrow().version().equals(before));

        trail.add(connection("LED*R", 1));
        trail.add(connection("ledger", 2));
        trail.add(connection("github", 3));
        trail.add(push(4));

        await(() -> announced.stream().anyMatch(alert -> alert.rule().equals("force_push")));
        assertThat(announced.stream().filter(alert -> alert.rule().equals("secret"))).as("a star in a name is a star").hasSize(1);
        assertThat(running.values("approved")).as("what the files say is told apart").containsExactly("github");
    }

    @Test
    void aBrokenRuleIsReportedAndTheOthersGoOn() throws IOException {
        write("broken.yaml", """
                title: Broken
                level: low
                logsource: {product: claude_code}
                detection: {c: {event.serverr: x}, condition: c}
                """);

        await(() -> !running.problems().isEmpty());

        assertThat(running.problems().getFirst()).hasToString(
                "rules/broken.yaml:4:17: unknown field 'event.serverr'; did you mean 'mcp.server'?");
        trail.add(push(1));
        await(() -> announced.size() == 1);
    }

    @Test
    void whoKeepsDetailsBackMakesRulesBlind() {
        trail.add(Events.decision("Bash", "accept", 1).derived("details.present", Value.of(false)).of("blind@example.com").build());
        trail.add(Events.decision("Bash", "accept", 2).derived("details.present", Value.of(true)).build());

        await(() -> !running.blindSpots().isEmpty());

        assertThat(running.blindSpots()).containsExactly(new BlindSpot("force_push", 1, "OTEL_LOG_TOOL_DETAILS"));
    }

    private void start() {
        var config = new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(RulesConfig.class)
                .withDefaultValues(Map.of("trailwarden.rules.retry-shortest", "20ms", "trailwarden.rules.retry-longest", "50ms")).build()
                .getConfigMapping(RulesConfig.class);
        var watch = new RuleWatch(List.of(PUSH, NEW_SERVER), folder, folder.resolve("policy.yaml"), config.checkEvery(), () -> approved);
        loop = new DetectionLoop(trail, alerts, database, () -> now, config, new RulesMetrics(registry), running, watch);
        loop.start();
    }

    private void write(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.from(now.plusSeconds(name.length())));
    }

    private static AuditEvent push(long seconds) {
        return Events.decision("Bash", "accept", seconds).with("tool_use_id", "t" + seconds).derived("command.marks", Value.of(List.of("force_push"))).build();
    }

    private static AuditEvent connection(String server, long seconds) {
        return Events.event("mcp_server_connection", seconds).derived("mcp.status", Value.of("connected")).derived("mcp.server", Value.of(server)).build();
    }

    /// As if the process had died before its first snapshot.
    private void forgetMemory() throws SQLException {
        try (var connection = own.dataSource().getConnection(); var statement = connection.createStatement()) {
            statement.execute("delete from detector_snapshot");
            statement.execute("update detection_cursor set snapshot_position = 0");
        }
    }

    /// Waits for what another thread does; time moves on meanwhile.
    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited a minute").isLessThan(deadline);
            now = now.plusSeconds(1);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /// Hands out connections unless the database is down; those handed out before break then.
    private final class Breakable implements DataSource {

        private final DataSource real;

        private Breakable(DataSource real) {
            this.real = real;
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (databaseDown) {
                throw new SQLException("the database is down", "08001");
            }
            var connection = real.getConnection();
            return (Connection) Proxy.newProxyInstance(Breakable.class.getClassLoader(), new Class<?>[] {Connection.class},
                    (_, method, arguments) -> {
                        if (databaseDown && method.getName().equals("prepareStatement")) {
                            throw new SQLException("the database went down", "08006");
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return real.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return real.isWrapperFor(type);
        }
    }
}
