package io.trailwarden.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// A PostgreSQL server of our own below the data directory, for those who bring none.
///
/// ```
/// DATA_DIR/postgres/postgresql-<digest>/   the programs, unpacked once
/// DATA_DIR/postgres/data/                  the cluster
/// DATA_DIR/postgres/log/                   a week of its log
/// DATA_DIR/postgres/password               of its only user, mode 0600
/// DATA_DIR/postgres/port                   the port it had last, asked for again
/// ```
///
/// The server is a process of its own session: it outlives a program that is killed, and the next start adopts it. It
/// is stopped by [#close] and by nothing else; when that happens is the caller's business, so that what is still to be
/// written at shutdown finds it running. The caller holds the [DataDirLock].
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);

    private static final String NAME = "trailwarden";
    private static final Duration INITIALISE = Duration.ofMinutes(3);
    /// Crash recovery replays up to `max_wal_size`; on a slow disk that takes minutes, and giving up would not help.
    private static final Duration START = Duration.ofMinutes(30);
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Options options;
    private final Path home;
    private final Path data;
    private final PostgresPrograms programs;
    private final Account account;
    private final String password;
    private int port;

    /// How the server is to be run.
    ///
    /// @param dataDir the program's data directory
    /// @param port TCP port on 127.0.0.1; 0 for a free one, which is then kept
    /// @param settings PostgreSQL settings that win over ours
    /// @param programs where the programs are unpacked; null for below the data directory
    public record Options(Path dataDir, int port, Map<String, String> settings, @Nullable Path programs) {
        public Options {
            settings = Map.copyOf(settings);
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("port must be between 0 and 65535, got " + port);
            }
        }

        /// A free port, our settings.
        public static Options in(Path dataDir) {
            return new Options(dataDir, 0, Map.of(), null);
        }

        /// The same on a fixed port.
        public Options onPort(int port) {
            return new Options(dataDir, port, settings, programs);
        }
    }

    private EmbeddedPostgres(Options options) throws IOException {
        this.options = options;
        // The real path: the server's command line is compared with it.
        Files.createDirectories(options.dataDir().resolve("postgres"));
        this.home = options.dataDir().resolve("postgres").toRealPath();
        this.data = home.resolve("data");
        var unpackInto = options.programs() == null ? home : options.programs();
        Files.createDirectories(unpackInto);
        this.programs = PostgresPrograms.unpack(unpackInto);
        this.account = Account.find(home, data, programs);
        this.password = password(home, data);
    }

    /// Starts the server on this data directory, or adopts the one that runs there already; returns when it answers.
    ///
    /// @throws DatabaseNotStarted when it cannot be had
    public static EmbeddedPostgres start(Options options) {
        try {
            var server = new EmbeddedPostgres(options);
            server.initialise();
            server.adoptOrStart();
            server.createDatabase();
            return server;
        } catch (IOException e) {
            throw new DatabaseNotStarted("PostgreSQL cannot be started below %s: %s"
                    .formatted(options.dataDir().toAbsolutePath(), e), e);
        }
    }

    /// How to reach a server that runs already.
    ///
    /// @param jdbcUrl without credentials
    /// @param password not to be logged
    public record Access(String jdbcUrl, String user, String password) {
        @Override
        public String toString() {
            return jdbcUrl;
        }
    }

    /// How to reach the server that runs on `dataDir` now, for a command beside the program; empty when none runs.
    ///
    /// @throws DatabaseNotStarted when there is one and its password cannot be read
    public static Optional<Access> running(Path dataDir) {
        try {
            var home = dataDir.resolve("postgres").toRealPath();
            var server = Postmaster.of(home.resolve("data")).filter(found -> found.runsOn(home.resolve("data")) && found.port() > 0);
            return server.map(found -> new Access(jdbcUrl(found.port(), NAME), NAME, password(home, home.resolve("data"))));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /// JDBC URL of the database `trailwarden`, without credentials.
    public String jdbcUrl() {
        return jdbcUrl(NAME);
    }

    /// Owner of the database, and superuser of this server.
    public String user() {
        return NAME;
    }

    /// That user's password: random, made at first start.
    public String password() {
        return password;
    }

    private static String password(Path home, Path data) {
        var file = home.resolve("password");
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            if (Files.exists(data)) {
                throw new DatabaseNotStarted("%s is missing, so nobody can sign in to the database beside it; put the file back from a backup"
                        .formatted(file));
            }
            return newPassword(file);
        } catch (IOException e) {
            throw new DatabaseNotStarted("%s cannot be read or written: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// TCP port on 127.0.0.1.
    public int port() {
        return port;
    }

    /// Stops the server: open transactions are rolled back, everything committed is on disk. After a minute without an
    /// end it is stopped hard, which costs a recovery at the next start and no data.
    @Override
    public void close() {
        stop(STOP);
    }

    private void initialise() throws IOException {
        if (Files.exists(data)) {
            account.own(data);
            checkVersion();
            return;
        }
        LOG.infof("Creating the database: folder=%s user=%s", data, account.how());
        var unfinished = home.resolve("data.unfinished");
        var secret = home.resolve("password.initdb");
        PostgresPrograms.deleteTree(unfinished);
        Files.deleteIfExists(secret);
        createForAccount(unfinished, secret);
        try {
            var outcome = Tool.run(account.wrap(List.of(programs.program("initdb").toString(), "--pgdata=" + unfinished, "--username=" + NAME,
                    "--pwfile=" + secret, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions")), INITIALISE);
            if (!outcome.ok()) {
                throw new DatabaseNotStarted("initdb cannot create the database in %s: %s".formatted(data, Advice.on(lastLines(outcome.output()))));
            }
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(secret);
            PostgresPrograms.deleteTree(unfinished);
        }
    }

    /// initdb runs as the account and reads the password from a file, so that it never is on a command line.
    private void createForAccount(Path unfinished, Path secret) throws IOException {
        Files.createDirectory(unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, password + "\n");
        account.own(unfinished);
        account.own(secret);
    }

    private void checkVersion() throws IOException {
        var made = Files.readString(data.resolve("PG_VERSION")).strip();
        var packed = Tool.run(List.of(programs.program("postgres").toString(), "--version"), Duration.ofSeconds(20)).output();
        if (!packed.contains(" " + made + ".")) {
            throw new DatabaseNotStarted("%s was made by PostgreSQL %s, and this version packs '%s'; start the version that made it, or move the data with pg_dump and pg_restore"
                    .formatted(data, made, packed));
        }
    }

    private void adoptOrStart() throws IOException {
        var running = Postmaster.of(data);
        if (running.isPresent() && running.get().runsOn(data)) {
            if (adopt(running.get())) {
                return;
            }
            LOG.warnf("A PostgreSQL left behind is stopped: process=%d port=%d", running.get().pid(), running.get().port());
            stop(STOP);
        } else if (running.isPresent() && ProcessHandle.of(running.get().pid()).isPresent()) {
            // Another program has that number now; PostgreSQL would take it for itself and refuse to start.
            Files.delete(data.resolve("postmaster.pid"));
        }
        launch();
        programs.removeOthers();
    }

    /// Takes over a server that an earlier run left behind, waiting while it starts or recovers.
    ///
    /// @return false when it is not the server we would have started, or is on its way down
    private boolean adopt(Postmaster found) {
        var deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            var now = Postmaster.of(data);
            if (now.isEmpty() || now.get().pid() != found.pid() || !found.runsOn(data) || now.get().status().equals("stopping")) {
                return false;
            }
            if (now.get().status().equals("ready")) {
                return adoptReady(now.get());
            }
            pause();
        }
        return false;
    }

    private boolean adoptReady(Postmaster server) {
        boolean asWanted = server.runs(programs.program("postgres")) && (options.port() == 0 || options.port() == server.port());
        port = server.port();
        if (!asWanted || !answers()) {
            return false;
        }
        LOG.infof("PostgreSQL of an earlier run is adopted: process=%d port=%d", server.pid(), port);
        return true;
    }

    private void launch() throws IOException {
        port = choosePort();
        var log = home.resolve("log");
        Files.createDirectories(log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.deleteIfExists(log.resolve("start.log"));
        ServerSettings.write(data, port, options.settings());
        account.own(data.resolve("postgresql.conf"));
        account.own(data.resolve("pg_hba.conf"));
        account.own(log);
        var outcome = start(log);
        for (int again = 0; again < 10 && outcome.exit() == 1 && said(log).contains("shared memory block"); again++) {
            // The server was killed and its last children are still on their way out.
            pause();
            outcome = start(log);
        }
        if (!outcome.ok()) {
            var said = said(log);
            throw new DatabaseNotStarted("PostgreSQL does not start on %s (%s): %s".formatted(data, account.how(), Advice.on(said.isEmpty() ? lastLines(outcome.output()) : said)));
        }
        if (!answers()) {
            stop(STOP);
            throw new DatabaseNotStarted("PostgreSQL on port %d does not accept the password in %s; put the file back from a backup"
                    .formatted(port, home.resolve("password")));
        }
        Files.writeString(home.resolve("port"), port + "\n");
        LOG.infof("PostgreSQL runs: port=%d folder=%s user=%s", port, data, account.how());
    }

    private Tool.Outcome start(Path log) {
        return Tool.run(account.wrap(List.of(programs.program("pg_ctl").toString(), "start", "--pgdata=" + data, "--log=" + log.resolve("start.log"),
                "--wait", "--timeout=" + START.toSeconds(), "--silent")), START.plusSeconds(10));
    }

    private void stop(Duration patience) {
        var fast = stopping("fast", patience);
        if (fast.ok() || Postmaster.of(data).isEmpty()) {
            LOG.debugf("PostgreSQL stopped: folder=%s", data);
            return;
        }
        LOG.warnf("PostgreSQL is stopped hard: after=%s folder=%s reason=%s", patience, data, lastLines(fast.output()));
        var hard = stopping("immediate", Duration.ofSeconds(20));
        if (!hard.ok() && Postmaster.of(data).filter(server -> server.runsOn(data)).isPresent()) {
            LOG.errorf("PostgreSQL does not stop: folder=%s reason=%s", data, lastLines(hard.output()));
        }
    }

    private Tool.Outcome stopping(String mode, Duration patience) {
        return Tool.run(account.wrap(List.of(programs.program("pg_ctl").toString(), "stop", "--pgdata=" + data, "--mode=" + mode, "--wait",
                "--timeout=" + patience.toSeconds(), "--silent")), patience.plusSeconds(5));
    }

    private void createDatabase() {
        try (var connection = connect(); var statement = connection.createStatement()) {
            try (var exists = statement.executeQuery("select 1 from pg_database where datname = 'trailwarden'")) {
                if (exists.next()) {
                    return;
                }
            }
            statement.execute("create database trailwarden");
        } catch (SQLException e) {
            throw new DatabaseNotStarted("the database trailwarden cannot be created: " + e.getMessage(), e);
        }
    }

    /// Whether the server on our port takes our password and works on our folder.
    private boolean answers() {
        try (var connection = connect();
                var statement = connection.createStatement();
                var folder = statement.executeQuery("show data_directory")) {
            return folder.next() && folder.getString(1).equals(data.toString());
        } catch (SQLException e) {
            LOG.warnf("PostgreSQL does not let us in: port=%d state=%s", port, e.getSQLState());
            return false;
        }
    }

    /// To the database that initdb made. Not through the driver manager: this runs before anything registered drivers.
    private Connection connect() throws SQLException {
        return Objects.requireNonNull(new Driver().connect(jdbcUrl("postgres"), credentials()), "our own URL");
    }

    private String jdbcUrl(String database) {
        return jdbcUrl(port, database);
    }

    private static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private Properties credentials() {
        var credentials = new Properties();
        credentials.setProperty("user", NAME);
        credentials.setProperty("password", password);
        credentials.setProperty("connectTimeout", "10");
        credentials.setProperty("socketTimeout", "60");
        return credentials;
    }

    /// The configured port, else the one it had last, else a free one.
    private int choosePort() throws IOException {
        if (options.port() != 0) {
            if (!free(options.port())) {
                throw new DatabaseNotStarted("port %d on 127.0.0.1, meant for PostgreSQL, is in use by another program; stop that one or choose another port"
                        .formatted(options.port()));
            }
            return options.port();
        }
        int last = lastPort();
        if (last != 0 && free(last)) {
            return last;
        }
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private int lastPort() {
        try {
            return Integer.parseInt(Files.readString(home.resolve("port")).strip());
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port), 1);
            return true;
        } catch (IOException | IllegalArgumentException _) {
            return false;
        }
    }

    private static String newPassword(Path file) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        var password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        var unfinished = file.resolveSibling("password.unfinished");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(password + "\n"));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }

    /// What the server said when it was started last: before its log opened, and in it.
    private static String said(Path log) throws IOException {
        var newest = new ArrayList<Path>();
        try (Stream<Path> files = Files.list(log)) {
            files.filter(file -> file.getFileName().toString().startsWith("postgresql-"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified())).ifPresent(newest::add);
        }
        newest.addFirst(log.resolve("start.log"));
        var text = new StringBuilder();
        for (var file : newest) {
            if (Files.exists(file)) {
                text.append(lastLines(Files.readString(file, StandardCharsets.ISO_8859_1))).append('\n');
            }
        }
        return text.toString().strip();
    }

    private static String lastLines(String text) {
        var lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join("; ", lines.subList(Math.max(0, lines.size() - 6), lines.size()));
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new DatabaseNotStarted("interrupted while PostgreSQL started");
        }
    }
}
