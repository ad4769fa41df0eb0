package io.trailwarden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.database.EmbeddedPostgres;
import io.trailwarden.identity.DatabaseAccounts;
import io.trailwarden.identity.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.postgresql.ds.PGSimpleDataSource;

/// The packaged program, started as an operator would, with a data folder and ports of its own on loopback.
///
/// ```java
/// try (var program = ProgramUnderTest.start()) {
///     program.send("logs", "application/json", body);
///     program.await(() -> program.get("/api/v1/events").at("/items").size() == 1);
/// }
/// ```
public final class ProgramUnderTest implements AutoCloseable {

    /// Of every account that [#account] makes.
    public static final String PASSWORD = "correct horse battery";

    /// For a machine several times slower than a laptop; what goes well takes seconds.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path dataDir;
    private final int grpcPort = Ports.free();
    private final int httpPort = Ports.free();
    private final int consolePort = Ports.free();
    private final Map<String, String> environment = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(20)).build();
    private Process process;
    private JsonNode firstRun;

    private ProgramUnderTest(Path dataDir, Map<String, String> environment) {
        this.dataDir = dataDir;
        this.environment.putAll(environment);
    }

    /// Starts the program on an empty data folder and waits until it is ready.
    public static ProgramUnderTest start() {
        return start(Map.of());
    }

    /// The same, with `environment` set.
    public static ProgramUnderTest start(Map<String, String> environment) {
        return start(environment, Map.of());
    }

    /// The same, with `files` in the data folder before the start.
    public static ProgramUnderTest start(Map<String, String> environment, Map<String, String> files) {
        try {
            Files.createDirectories(Path.of("target", "programs"));
            var program = new ProgramUnderTest(Files.createTempDirectory(Path.of("target", "programs").toAbsolutePath(), "data"), environment);
            for (var file : files.entrySet()) {
                Files.writeString(program.dataDir.resolve(file.getKey()), file.getValue());
            }
            program.launch();
            return program;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Starts the process again after [#stop] or [#kill], on the same data and ports.
    public void launch() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-Xmx768m",
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString(), "run");
        builder.environment().putAll(Map.of("TRAILWARDEN_DATA_DIR", dataDir.toString(), "TRAILWARDEN_OTLP_GRPC_PORT", "" + grpcPort,
                "TRAILWARDEN_OTLP_HTTP_PORT", "" + httpPort, "TRAILWARDEN_CONSOLE_PORT", "" + consolePort));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(dataDir.resolve("program.log").toFile()));
        try {
            process = builder.start();
            awaitReady();
            firstRun = JSON.readTree(dataDir.resolve("first-run.json").toFile());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitReady() {
        await(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the program ended with " + process.exitValue() + ":\n" + log());
            }
            return ready();
        });
    }

    /// Whether `/q/health/ready` says that telemetry can be taken.
    public boolean ready() {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(console() + "/q/health/ready")).timeout(Duration.ofSeconds(20)).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// What `first-run.json` says: console, otlpHttp, otlpGrpc, user, password, ingestToken, apiToken.
    public String firstRun(String key) {
        return firstRun.path(key).asText();
    }

    /// Makes an account with `roles`, named after them such as `test-analyst`, and gives its name; the password is [#PASSWORD].
    public String account(String... roles) {
        var name = "test-" + String.join("-", roles);
        var accounts = accounts();
        if (accounts.find(name).isEmpty()) {
            accounts.create(name, new Secret(PASSWORD), Set.of(roles), "test");
        }
        return name;
    }

    /// Gives an account `roles` in place of those it has, as somebody with the right to may do at any time.
    public void changeRoles(String account, String... roles) {
        accounts().changeRoles(account, Set.of(roles), "test");
    }

    private DatabaseAccounts accounts() {
        var access = EmbeddedPostgres.running(dataDir).orElseThrow(() -> new AssertionError("no database runs in " + dataDir));
        var database = new PGSimpleDataSource();
        database.setUrl(access.jdbcUrl());
        database.setUser(access.user());
        database.setPassword(access.password());
        return new DatabaseAccounts(database, InstantSource.system(), new SimpleMeterRegistry());
    }

    /// Address of the console, without a slash at the end.
    public String console() {
        return "http://127.0.0.1:" + consolePort;
    }

    /// Port of OTLP over HTTP.
    public int httpPort() {
        return httpPort;
    }

    /// Port of OTLP over gRPC.
    public int grpcPort() {
        return grpcPort;
    }

    /// The folder that holds all it wrote.
    public Path dataDir() {
        return dataDir;
    }

    /// The process, to be watched.
    public Process process() {
        return process;
    }

    /// Sends one OTLP request over HTTP with the ingest token.
    ///
    /// @param signal `logs`, `metrics` or `traces`
    public HttpResponse<byte[]> send(String signal, String contentType, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + "/v1/" + signal))
                .header("Authorization", "Bearer " + firstRun("ingestToken")).header("Content-Type", contentType)
                .timeout(ANSWER).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Sends every recorded request of `capture` in order, and fails unless each is answered 200.
    public void replay(Path capture) {
        for (var request : recorded(capture)) {
            var name = request.getFileName().toString();
            var signal = name.substring(name.indexOf('-') + 1, name.indexOf('.'));
            try {
                var answer = send(signal, name.endsWith(".pb") ? "application/x-protobuf" : "application/json", Files.readAllBytes(request));
                if (answer.statusCode() != 200) {
                    throw new AssertionError(request + " was answered " + answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(request.toString(), failed);
            }
        }
    }

    /// The recorded OTLP requests of a capture, in order.
    public static List<Path> recorded(Path capture) {
        try (var files = Files.list(capture)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+-(logs|metrics|traces)\\.(json|pb)"))
                    .sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The answer of the REST interface at `path`, which must be 200.
    public JsonNode get(String path) {
        try {
            var answer = http.send(HttpRequest.newBuilder(URI.create(console() + path)).header("Authorization", "Bearer " + firstRun("apiToken"))
                    .timeout(ANSWER).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new UncheckedIOException(path, failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// What `/q/health` says, well or not.
    public JsonNode health() {
        try {
            return JSON.readTree(http.send(HttpRequest.newBuilder(URI.create(console() + "/q/health")).timeout(ANSWER).build(),
                    BodyHandlers.ofString()).body());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// What `/q/metrics` says.
    public String metrics() {
        try {
            var answer = http.send(HttpRequest.newBuilder(URI.create(console() + "/q/metrics")).header("Authorization", "Bearer " + firstRun("apiToken"))
                    .timeout(ANSWER).build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("/q/metrics was answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Every item of the list at `path`, page by page.
    public List<JsonNode> list(String path) {
        var items = new ArrayList<JsonNode>();
        String next = null;
        do {
            var page = get(path + (path.contains("?") ? "&" : "?") + "limit=1000"
                    + (next == null ? "" : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
            page.path("items").forEach(items::add);
            next = page.path("next").isNull() ? null : page.path("next").asText();
        } while (next != null);
        return items;
    }

    /// Waits until nothing is on its way from the door to the trail, and the books balance.
    public JsonNode awaitLoaded() {
        await(() -> get("/api/v1/stats").path("waiting").asLong() == 0);
        return get("/api/v1/stats");
    }

    /// Waits for `condition`, up to five minutes.
    public void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited " + PATIENCE.toSeconds() + " s in vain; the program's log:\n" + log());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /// Everything the program printed.
    public String log() {
        try {
            return Files.readString(dataDir.resolve("program.log"));
        } catch (IOException none) {
            return "(no log)";
        }
    }

    /// Ends the process the hard way, as `kill -9` does. The embedded database goes on.
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /// Ends the process as `SIGTERM` does.
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(240, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the program did not end within 240 s:\n" + log());
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// Stops the program, with its database, and removes its data.
    @Override
    public void close() {
        if (!process.isAlive()) {
            // Killed before: its database is an orphan, which only a program on this folder can stop.
            launch();
        }
        stop();
        try (var files = Files.walk(dataDir)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
