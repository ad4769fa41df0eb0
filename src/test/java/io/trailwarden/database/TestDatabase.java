package io.trailwarden.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// A database of one's own with all migrations applied, on one real PostgreSQL per test JVM.
///
/// The server starts with the first database asked for and goes with the JVM. Migrations run once, into a template;
/// each database is a copy of it, made in about a tenth of a second. Roles belong to the server and are shared.
public final class TestDatabase implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "test-postgres");
    private static final String TEMPLATE = "trailwarden_template";
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /// A new database. Close it, or let it go with the JVM.
    public static TestDatabase fresh() {
        var name = "test_" + NUMBERS.incrementAndGet();
        execute(server(), "create database " + name + " template " + TEMPLATE);
        return new TestDatabase(name);
    }

    /// Opens a new connection each time, as the superuser.
    public DataSource dataSource() {
        return dataSource(server(), name);
    }

    /// JDBC URL without credentials.
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + server().port() + "/" + name;
    }

    /// A superuser.
    public String user() {
        return server().user();
    }

    /// That user's password.
    public String password() {
        return server().password();
    }

    /// Drops the database, ending whoever is still connected.
    @Override
    public void close() {
        execute(server(), "drop database if exists " + name + " with (force)");
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            var started = start();
            migrate(started);
            server = started;
        }
        return server;
    }

    private static EmbeddedPostgres start() {
        removeLeftovers();
        var dataDir = folder();
        // What tests store need not outlive a power cut, and they are quicker for it.
        var quick = Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off", "shared_buffers", "64MB");
        var started = EmbeddedPostgres.start(new EmbeddedPostgres.Options(dataDir, 0, quick, FOLDER.resolve("programs")));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            started.close();
            remove(dataDir);
        }));
        return started;
    }

    /// Named after this JVM, and unique in it: a test of Quarkus loads this class a second time.
    private static Path folder() {
        try {
            return Files.createTempDirectory(FOLDER, ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void migrate(EmbeddedPostgres server) {
        execute(server, "create database " + TEMPLATE);
        Flyway.configure().dataSource(dataSource(server, TEMPLATE)).locations("classpath:db/migration").load().migrate();
    }

    private static DataSource dataSource(EmbeddedPostgres server, String database) {
        var source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database);
        source.setUser(server.user());
        source.setPassword(server.password());
        return source;
    }

    private static void execute(EmbeddedPostgres server, String sql) {
        try (var connection = dataSource(server, "postgres").getConnection(); var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// Servers of test JVMs that were killed.
    private static void removeLeftovers() {
        try {
            Files.createDirectories(FOLDER);
            try (Stream<Path> folders = Files.list(FOLDER)) {
                folders.filter(TestDatabase::isOfADeadJvm).forEach(folder -> {
                    var data = folder.toAbsolutePath().normalize().resolve("postgres/data");
                    Postmaster.of(data).filter(left -> left.runsOn(data)).flatMap(left -> ProcessHandle.of(left.pid())).ifPresent(left -> {
                        left.destroyForcibly();
                        left.onExit().join();
                    });
                    remove(folder);
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfADeadJvm(Path folder) {
        var name = folder.getFileName().toString();
        return name.matches("\\d{1,10}-\\d+") && ProcessHandle.of(Long.parseLong(name.substring(0, name.indexOf('-')))).isEmpty();
    }

    private static void remove(Path folder) {
        try {
            PostgresPrograms.deleteTree(folder);
        } catch (IOException _) {
            // children of a killed server may still write; the next run removes it
        }
    }
}
