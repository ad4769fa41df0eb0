package io.trailwarden.ops;

import static io.trailwarden.ops.Setting.Kind.ADDRESS;
import static io.trailwarden.ops.Setting.Kind.ENDPOINT;
import static io.trailwarden.ops.Setting.Kind.JDBC;
import static io.trailwarden.ops.Setting.Kind.PATH;
import static io.trailwarden.ops.Setting.Kind.PORT;
import static io.trailwarden.ops.Setting.Kind.SECRET;
import static io.trailwarden.ops.Setting.Kind.TEXT;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.PropertiesConfigSource;
import io.trailwarden.forward.ForwardSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What an operator set, checked as a whole before anything starts: every problem is found at once.
///
/// From system properties, then the environment, then `config/application.properties` of the working directory, in the
/// order in which Quarkus looks itself. `docs/configuration.md` is written from [#ALL].
final class Settings {

    static final Setting DATA_DIR = new Setting("trailwarden.data-dir", PATH, "./data",
            "Folder that holds the spool, the embedded database, keys and `first-run.json`");
    static final Setting BIND = new Setting("trailwarden.bind", ADDRESS, "127.0.0.1",
            "Address that the door and the console listen on; `0.0.0.0` for all");
    static final Setting GRPC_PORT = new Setting("trailwarden.otlp.grpc.port", PORT, "4317", "Port of OTLP over gRPC");
    static final Setting HTTP_PORT = new Setting("trailwarden.otlp.http.port", PORT, "4318", "Port of OTLP over HTTP");
    static final Setting PUBLIC_OTLP = new Setting("trailwarden.public.otlp-url", ENDPOINT, "",
            "OTLP over HTTP as the developers' machines reach it, written into managed settings; without it the door's own port is guessed");
    static final Setting CONSOLE_PORT = new Setting("trailwarden.console.port", PORT, "8080",
            "Port of the console, the REST interface, health and metrics");
    static final Setting DATABASE_URL = new Setting("trailwarden.database.url", JDBC, "",
            "A PostgreSQL 15 or newer of your own; without it one is started under the data folder");
    static final Setting DATABASE_USER = new Setting("trailwarden.database.user", TEXT, "", "User of that database; it must own the schema");
    static final Setting DATABASE_PASSWORD = new Setting("trailwarden.database.password", SECRET, "", "Password of that user");

    /// The settings of this program; each feature's own are listed in [FeatureSettings].
    static final List<Setting> ALL = join(
            List.of(DATA_DIR, BIND, GRPC_PORT, HTTP_PORT, PUBLIC_OTLP, CONSOLE_PORT, DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD), FeatureSettings.ALL);

    private final Map<String, String> values;
    private final List<String> aboutDestinations;

    private Settings(Map<String, String> values, List<String> aboutDestinations) {
        this.values = values;
        this.aboutDestinations = aboutDestinations;
    }

    /// What is set, from everywhere it can be set.
    static Settings read() {
        var builder = new SmallRyeConfigBuilder().addSystemSources();
        var file = Path.of("config", "application.properties");
        if (Files.isRegularFile(file)) {
            try {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), 260));
            } catch (IOException unreadable) {
                throw new IllegalStateException("cannot read " + file.toAbsolutePath() + ": " + unreadable.getMessage(), unreadable);
            }
        }
        return of(builder.build());
    }

    private static Settings of(SmallRyeConfig config) {
        var values = new HashMap<String, String>();
        for (var setting : ALL) {
            var raw = config.getConfigValue(setting.key()).getRawValue();
            if (raw != null && !raw.isEmpty()) {
                values.put(setting.key(), raw);
            }
        }
        // Property names only: a variable's name does not tell dots from dashes.
        for (var source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                source.getPropertyNames().stream().filter(name -> name.startsWith("trailwarden.") && !name.startsWith(ForwardSettings.PREFIX))
                        .forEach(name -> values.putIfAbsent(name, ""));
            }
        }
        System.getenv().keySet().stream().filter(Settings::looksMisspelt).forEach(name -> values.put(name, ""));
        return new Settings(values, ForwardSettings.read(config).problems());
    }

    /// For tests: exactly `values`.
    static Settings of(Map<String, String> values) {
        return new Settings(Map.copyOf(values), List.of());
    }

    /// What is set, else the standard value.
    String get(Setting setting) {
        return values.getOrDefault(setting.key(), setting.standard());
    }

    boolean isSet(Setting setting) {
        return values.containsKey(setting.key());
    }

    Path dataDir() {
        return Path.of(get(DATA_DIR)).toAbsolutePath().normalize();
    }

    /// Everything that is wrong, a sentence each, in the order of [#ALL]; empty when the program may start.
    List<String> problems() {
        var problems = new ArrayList<String>();
        for (var setting : ALL) {
            var value = get(setting);
            if (isSet(setting) && !setting.kind().takes(value)) {
                problems.add("%s must be %s, got %s".formatted(setting.key(), setting.kind().accepts(), shown(setting, value)));
            }
        }
        addUnknown(problems);
        problems.addAll(aboutDestinations);
        if (problems.isEmpty()) {
            addConflicts(problems);
        }
        return problems;
    }

    private void addUnknown(List<String> problems) {
        var known = new TreeSet<String>();
        var variables = new TreeSet<String>();
        ALL.forEach(setting -> known.add(setting.key()));
        ALL.forEach(setting -> variables.add(setting.environmentName()));
        values.keySet().stream().filter(key -> !known.contains(key)).sorted().forEach(key -> problems.add(
                "%s is no setting; did you mean %s?".formatted(key, nearest(key, key.startsWith("TRAILWARDEN_") ? variables : known))));
    }

    private void addConflicts(List<String> problems) {
        var ports = new HashMap<String, String>();
        for (var setting : List.of(GRPC_PORT, HTTP_PORT, CONSOLE_PORT)) {
            var other = get(setting).equals("0") ? null : ports.put(get(setting), setting.key());
            if (other != null) {
                problems.add("%s and %s are both %s; each needs a port of its own".formatted(other, setting.key(), get(setting)));
            }
        }
        if (isSet(DATABASE_URL) != (isSet(DATABASE_USER) || isSet(DATABASE_PASSWORD))) {
            problems.add("%s, %s and %s belong together: give all for a PostgreSQL of your own, or none for the embedded one"
                    .formatted(DATABASE_URL.key(), DATABASE_USER.key(), DATABASE_PASSWORD.key()));
        }
        try {
            InetAddress.getByName(get(BIND));
        } catch (UnknownHostException unknown) {
            problems.add("%s must be %s, got '%s', which cannot be resolved".formatted(BIND.key(), BIND.kind().accepts(), get(BIND)));
        }
        var folder = dataDir();
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            problems.add("%s must be a folder that this user may write to, got '%s'".formatted(DATA_DIR.key(), folder));
        }
    }

    private static String shown(Setting setting, String value) {
        return switch (setting.kind()) {
            case SECRET, JDBC, ENDPOINT -> "another (not shown)";
            default -> "'" + value + "'";
        };
    }

    private static String nearest(String key, TreeSet<String> known) {
        return known.stream().min(Comparator.comparingInt((String candidate) -> distance(key, candidate))).orElseThrow();
    }

    /// Edits that turn one text into the other.
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[to.length()];
    }

    /// Whether a variable is nearly a setting's. Others that begin alike are left alone: Kubernetes gives every container
    /// variables named after the services around it.
    private static boolean looksMisspelt(String variable) {
        if (!variable.startsWith("TRAILWARDEN_") || variable.startsWith(ForwardSettings.VARIABLE) || ALL.stream().anyMatch(setting -> setting.environmentName().equals(variable))) {
            return false;
        }
        return ALL.stream().anyMatch(setting -> distance(setting.environmentName(), variable) <= 2);
    }

    private static List<Setting> join(List<Setting> first, List<Setting> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
