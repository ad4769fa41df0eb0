package io.trailwarden.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.trailwarden.database.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives the program in a `@QuarkusTest` what the command line gives it otherwise: a database, a data folder, a key for
/// sessions, and ports that nobody has.
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable TestDatabase database;

    @Override
    public Map<String, String> start() {
        var own = TestDatabase.fresh();
        database = own;
        return Map.of("quarkus.datasource.jdbc.url", own.jdbcUrl(), "quarkus.datasource.username", own.user(),
                "quarkus.datasource.password", own.password(), "trailwarden.data-dir", dataDir().toString(),
                "quarkus.http.auth.session.encryption-key", "only-for-tests-only-for-tests-only-for-tests",
                "trailwarden.otlp.grpc.port", "0", "trailwarden.otlp.http.port", "0");
    }

    private static Path dataDir() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "test-data")), "run").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
