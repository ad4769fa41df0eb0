package io.trailwarden.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.trailwarden.rules.Rules;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

/// Says where everything is once the door is open, and keeps the service up until the process is told to end.
public final class Service implements QuarkusApplication {

    private final DataSource dataSource;
    private final Rules rules;

    @Inject
    Service(DataSource dataSource, Rules rules) {
        this.dataSource = dataSource;
        this.rules = rules;
    }

    @Override
    public int run(String... arguments) throws SQLException {
        var settings = Settings.read();
        System.out.printf(Locale.ROOT, "Trailwarden is ready after %.1f s.%n", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        StartupReport.lines(settings, database(settings), rules(settings)).forEach(System.out::println);
        Quarkus.waitForExit();
        return 0;
    }

    private String rules(Settings settings) {
        var problems = rules.problems();
        return "%d loaded%s%s; lists may be overridden in %s".formatted(rules.loaded().size(),
                settings.isSet(FeatureSettings.RULES_DIRECTORY) ? ", with those of " + settings.get(FeatureSettings.RULES_DIRECTORY) : "",
                problems.isEmpty() ? "" : ", " + problems.size() + " problems, the first: " + problems.getFirst(),
                settings.dataDir().resolve("policy.yaml"));
    }

    private String database(Settings settings) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var version = "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
            var embedded = Surroundings.embedded();
            return embedded == null ? version + " at " + settings.get(Settings.DATABASE_URL).replaceFirst("\\?.*", "")
                    : "%s, our own, port %d, in %s".formatted(version, embedded.port(), settings.dataDir().resolve("postgres"));
        }
    }
}
