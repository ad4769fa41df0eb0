package io.trailwarden.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.Ports;
import io.trailwarden.database.EmbeddedPostgres.Options;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {

    private static final Path PROGRAMS = Path.of("target", "test-postgres", "programs");

    @TempDir
    Path dataDir;

    private @Nullable EmbeddedPostgres running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    @Test
    void theFirstStartMakesADurableServerThatAsksForAPassword() throws Exception {
        var server = start();

        assertThat(ask(server, "show fsync")).isEqualTo("on");
        assertThat(ask(server, "show full_page_writes")).isEqualTo("on");
        assertThat(ask(server, "show data_checksums")).isEqualTo("on");
        assertThat(ask(server, "show server_encoding")).isEqualTo("UTF8");
        assertThat(ask(server, "select datlocprovider::text || ' ' || datlocale from pg_database where datname = 'trailwarden'")).isEqualTo("b C.UTF-8");
        assertThat(ask(server, "select string_agg(distinct auth_method, ' ') from pg_hba_file_rules")).isEqualTo("scram-sha-256");
        assertThat(server.password()).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataDir.resolve("postgres/password")))).isEqualTo("rw-------");
    }

    @Test
    void aRestartKeepsDataPortAndPassword() throws Exception {
        var first = start();
        ask(first, "create table kept as select 42 as n");
        first.close();

        var again = start();

        assertThat(ask(again, "select n from kept")).isEqualTo("42");
        assertThat(again.jdbcUrl()).isEqualTo(first.jdbcUrl());
        assertThat(again.password()).isEqualTo(first.password());
    }

    @Test
    void aServerLeftBehindByAKilledProgramIsAdopted() throws Exception {
        long orphan = startInAJvmThatIsKilled();

        var adopted = start();

        assertThat(ask(adopted, "select n from kept")).isEqualTo("42");
        assertThat(postmaster().pid()).isEqualTo(orphan);
    }

    @Test
    void aServerWithoutOurPortIsStoppedAndStartedAgain() throws Exception {
        long orphan = startInAJvmThatIsKilled();
        int port = Ports.free();

        running = EmbeddedPostgres.start(options().onPort(port));

        assertThat(running.port()).isEqualTo(port);
        assertThat(ask(running, "select n from kept")).isEqualTo("42");
        assertThat(postmaster().pid()).isNotEqualTo(orphan);
    }

    @Test
    void aServerThatWasKilledRecovers() throws Exception {
        var first = start();
        ask(first, "create table kept as select 42 as n");
        var server = ProcessHandle.of(postmaster().pid()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();

        assertThat(ask(start(), "select n from kept")).isEqualTo("42");
    }

    @Test
    void aPidFileWhoseNumberAnotherProgramHasNowDoesNoHarm() throws Exception {
        start().close();
        Files.writeString(dataDir.resolve("postgres/data/postmaster.pid"), ProcessHandle.current().pid() + "\n/elsewhere\n1\n5432\n\n127.0.0.1\n\nready\n");

        assertThat(ask(start(), "select 1")).isEqualTo("1");
    }

    @Test
    void aWrongPasswordIsRefused() {
        var server = start();

        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.user(), "wrong").close())
                .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void nobodyListensBeyondLoopback() throws Exception {
        var server = start();

        assertThat(listeners(server.port())).containsExactly("0100007F");
        assertThat(ask(server, "show unix_socket_directories")).isEmpty();
    }

    @Test
    void theLogHoldsNoStatements() throws Exception {
        var server = start();

        assertThatThrownBy(() -> ask(server, "select 'canary-4711'::integer")).hasMessageContaining("canary-4711");
        server.close();

        try (Stream<Path> logs = Files.list(dataDir.resolve("postgres/log"))) {
            for (var log : logs.toList()) {
                assertThat(Files.readString(log)).doesNotContain("select 'canary");
            }
        }
    }

    @Test
    void aLostPasswordIsNamed() throws Exception {
        start().close();
        Files.delete(dataDir.resolve("postgres/password"));

        assertThatThrownBy(this::start).isInstanceOf(DatabaseNotStarted.class).hasMessageContaining("postgres/password is missing");
    }

    @Test
    void aBusyPortIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(options().onPort(taken.getLocalPort()))).isInstanceOf(DatabaseNotStarted.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " on 127.0.0.1");
        }
    }

    @Test
    void aSettingThatPostgresRefusesIsShown() {
        var options = new Options(dataDir, 0, Map.of("max_connections", "none"), PROGRAMS);

        assertThatThrownBy(() -> EmbeddedPostgres.start(options)).isInstanceOf(DatabaseNotStarted.class).hasMessageContaining("max_connections");
    }

    @Test
    void aMissingLibraryIsNamedAndAWayOutIsShown() throws Exception {
        var unpacked = PostgresPrograms.unpack(dataDir);
        Files.delete(unpacked.folder().resolve("lib/libicuuc.so.60"));

        assertThatThrownBy(() -> EmbeddedPostgres.start(new Options(dataDir, 0, Map.of(), dataDir))).isInstanceOf(DatabaseNotStarted.class)
                .hasMessageContaining("libicuuc.so.60").hasMessageContaining("trailwarden.database.url");
    }

    private EmbeddedPostgres start() {
        running = EmbeddedPostgres.start(options());
        return running;
    }

    private Options options() {
        return new Options(dataDir, 0, Map.of("shared_buffers", "32MB"), PROGRAMS);
    }

    private Postmaster postmaster() throws IOException {
        return Postmaster.of(dataDir.toRealPath().resolve("postgres/data")).orElseThrow();
    }

    /// @return process id of the server that it left
    private long startInAJvmThatIsKilled() throws Exception {
        var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                Child.class.getName(), dataDir.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var output = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            var line = output.readLine();
            while (line != null && !line.equals("started")) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("started");
            child.destroyForcibly();
        }
        child.waitFor();
        var left = postmaster();
        assertThat(left.runsOn(dataDir.toRealPath().resolve("postgres/data"))).isTrue();
        return left.pid();
    }

    private static @Nullable String ask(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password()); var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return null;
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }

    /// Hexadecimal addresses that listen on `port`, IPv4 and IPv6, as the kernel tells.
    private static List<String> listeners(int port) throws IOException {
        var addresses = new ArrayList<String>();
        for (var table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (var line : Files.readAllLines(Path.of(table))) {
                var columns = line.strip().split("\\s+");
                if (columns[3].equals("0A") && columns[1].endsWith(":%04X".formatted(port))) {
                    addresses.add(columns[1].substring(0, columns[1].indexOf(':')));
                }
            }
        }
        return addresses;
    }

    /// Starts the server, writes a row, and waits to be killed.
    static final class Child {

        private Child() {
        }

        public static void main(String[] args) throws Exception {
            var server = EmbeddedPostgres.start(new Options(Path.of(args[0]), 0, Map.of("shared_buffers", "32MB"), PROGRAMS));
            ask(server, "create table kept as select 42 as n");
            System.out.println("started");
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
