package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Does what `docs/start.md` says, block by block, in a fresh folder with the packaged program.
///
/// Only the environment differs from a reader's: ports, and a `claude` that sends what the real one was recorded to send
/// to where the settings say that it should go.
class StartDocIT {

    private static final Path PAGE = Path.of("docs/start.md");
    private static final String RUN = "./trailwarden run\n";
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\\n(.*?)^```$");

    @TempDir
    private Path folder;
    private Map<String, String> ports;

    /// @param output what it must print, with … for anything; empty when the page shows none
    private record Step(String commands, String output) {
    }

    @Test
    void everyCommandOfThePageDoesWhatItSays() throws Exception {
        furnish();
        Process service = null;
        try {
            for (var step : steps()) {
                if (step.commands().endsWith(RUN)) {
                    stop(service);
                    service = start(step);
                } else {
                    follow(step);
                }
            }
        } finally {
            stop(service);
        }
    }

    private static void stop(Process service) throws InterruptedException {
        if (service != null) {
            service.destroy();
            assertThat(service.waitFor(240, TimeUnit.SECONDS)).as("ended").isTrue();
        }
    }

    private static List<Step> steps() throws IOException {
        var steps = new ArrayList<Step>();
        var block = BLOCK.matcher(Files.readString(PAGE));
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                steps.add(new Step(block.group(2), ""));
            } else {
                steps.add(new Step(steps.removeLast().commands(), block.group(2)));
            }
        }
        return steps;
    }

    private void furnish() throws IOException {
        var checkout = Path.of("").toAbsolutePath();
        var capture = Captures.of("headless-default-json").toAbsolutePath();
        executable(folder.resolve("trailwarden"), "#!/bin/sh\nexec '%s/trailwarden' \"$@\"\n".formatted(checkout));
        Files.createDirectory(folder.resolve("bin"));
        executable(folder.resolve("bin/claude"), """
                #!/bin/sh
                # What a real client was recorded to send, to where the settings say.
                set -eu
                test "$1 $3" = "--settings -p"
                setting() { sed -n "s/.*\\"$1\\": *\\"\\(.*\\)\\".*/\\1/p" managed-settings.json; }
                test "$(setting CLAUDE_CODE_ENABLE_TELEMETRY)" = 1
                headers=$(setting OTEL_EXPORTER_OTLP_HEADERS)
                ./trailwarden replay --shift --endpoint "$(setting OTEL_EXPORTER_OTLP_ENDPOINT)" --token "${headers#Authorization=Bearer }" '%s'
                """.formatted(capture));
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(Step run) throws Exception {
        var printed = folder.resolve("run.log");
        var process = shell(run.commands().replace(RUN, "exec " + RUN)).redirectOutput(printed.toFile()).start();
        var ready = new Step(run.commands(), run.output().isEmpty() ? "Trailwarden is ready …\n" : run.output());
        await(ready, () -> process.isAlive() ? Files.readString(printed) : "ended:\n" + Files.readString(printed));
        return process;
    }

    /// Runs the block, again while what it must print is not there yet: a reader would press the key again.
    private void follow(Step step) throws Exception {
        await(step, () -> {
            var process = shell("[ ! -f .variables ] || . ./.variables\nset -eu\n" + step.commands() + "set | grep '^[a-z]*=' > .variables || true\n").start();
            var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (step.output().isEmpty()) {
                assertThat(process.waitFor()).as("%s%n%s", step.commands(), printed).isZero();
            }
            return printed;
        });
    }

    private interface Attempt {
        String printed() throws Exception;
    }

    private void await(Step step, Attempt attempt) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var printed = attempt.printed();
        while (!step.output().lines().allMatch(pattern(printed))) {
            assertThat(System.nanoTime()).as("%s%nprinted:%n%s%nand not:%n%s", step.commands(), printed, step.output()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(500);
            printed = attempt.printed();
        }
    }

    private static Predicate<String> pattern(String printed) {
        return line -> printed.lines().anyMatch(Pattern.compile(Stream.of(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"))).asMatchPredicate());
    }

    private ProcessBuilder shell(String script) throws IOException {
        var builder = new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).redirectErrorStream(true);
        var environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + System.getProperty("java.home") + "/bin:" + environment.get("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(ports());
        return builder;
    }

    private Map<String, String> ports() {
        if (ports == null) {
            ports = Map.of("TRAILWARDEN_CONSOLE_PORT", "" + Ports.free(), "TRAILWARDEN_OTLP_HTTP_PORT", "" + Ports.free(), "TRAILWARDEN_OTLP_GRPC_PORT", "" + Ports.free());
        }
        return ports;
    }
}
