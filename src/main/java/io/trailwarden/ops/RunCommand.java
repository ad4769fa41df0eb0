package io.trailwarden.ops;

import io.quarkus.runtime.Quarkus;
import io.trailwarden.database.DataDirLock;
import io.trailwarden.database.DatabaseNotStarted;
import io.trailwarden.database.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// Starts the service: settings are checked, a database is brought up if none is named, then everything else starts.
@Command(name = "run", description = "Run the service: the door, detection and the console.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = Logger.getLogger(RunCommand.class);

    @Override
    public Integer call() {
        var settings = Settings.read();
        var problems = settings.problems();
        if (!problems.isEmpty()) {
            throw new CannotStart("Trailwarden does not start, because of its configuration:\n  " + String.join("\n  ", problems));
        }
        var surroundings = prepare(settings);
        // Held until the process ends: after the last feature has stopped, not when Quarkus says so.
        Surroundings.hold(surroundings);
        Quarkus.run(Service.class, RunCommand::end);
        return 0;
    }

    /// Quarkus ends the process after this, so what went wrong must be said here.
    private static void end(Integer code, @Nullable Throwable failure) {
        if (failure != null) {
            var root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            LOG.errorf(failure, "Trailwarden does not run: reason=%s", root.getMessage());
            System.err.println("Trailwarden does not run: " + root.getMessage());
        }
        Surroundings.release();
        System.exit(failure == null ? code : 1);
    }

    private static Surroundings prepare(Settings settings) {
        var dataDir = settings.dataDir();
        try {
            Files.createDirectories(dataDir);
            pass("quarkus.http.auth.session.encryption-key", sessionKey(dataDir.resolve("session.key")));
        } catch (IOException unwritable) {
            throw new CannotStart("cannot write below %s: %s".formatted(dataDir, unwritable.getMessage()), unwritable);
        }
        try {
            // First: another Trailwarden on this folder has its ports too, and is the better thing to name.
            var lock = DataDirLock.take(dataDir);
            tryBeforehand(settings);
            var database = settings.isSet(Settings.DATABASE_URL) ? null : EmbeddedPostgres.start(EmbeddedPostgres.Options.in(dataDir));
            passDatabase(settings, database);
            pass("trailwarden.data-dir", dataDir.toString());
            return new Surroundings(lock, database);
        } catch (DatabaseNotStarted reason) {
            throw new CannotStart(String.valueOf(reason.getMessage()), reason);
        }
    }

    private static void tryBeforehand(Settings settings) {
        var problems = new ArrayList<>(Beforehand.ports(settings));
        Beforehand.database(settings).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new CannotStart("Trailwarden does not start:\n  " + String.join("\n  ", problems));
        }
    }

    private static void passDatabase(Settings settings, @Nullable EmbeddedPostgres database) {
        pass("quarkus.datasource.jdbc.url", database == null ? settings.get(Settings.DATABASE_URL) : database.jdbcUrl());
        pass("quarkus.datasource.username", database == null ? settings.get(Settings.DATABASE_USER) : database.user());
        pass("quarkus.datasource.password", database == null ? settings.get(Settings.DATABASE_PASSWORD) : database.password());
    }

    /// Sessions of the console outlive a restart because their key does.
    private static String sessionKey(Path file) throws IOException {
        if (Files.notExists(file)) {
            var random = new byte[48];
            new SecureRandom().nextBytes(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, Base64.getEncoder().encodeToString(random), StandardOpenOption.TRUNCATE_EXISTING);
        }
        return Files.readString(file);
    }

    /// Quarkus reads system properties before anything else.
    private static void pass(String key, String value) {
        System.setProperty(key, value);
    }
}
