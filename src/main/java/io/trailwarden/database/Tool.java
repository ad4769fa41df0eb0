package io.trailwarden.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one program to its end.
final class Tool {

    private Tool() {
    }

    /// What a program left behind.
    ///
    /// @param exit its exit status; [#NOT_RUN] when it could not be started, [#TOO_LATE] when it was ended for taking too long
    /// @param output both streams, stripped
    record Outcome(int exit, String output) {

        static final int NOT_RUN = -1;
        static final int TOO_LATE = -2;

        boolean ok() {
            return exit == 0;
        }
    }

    /// Runs `command` with a plain environment: C messages, and no `PG*` variable that would steer it elsewhere.
    ///
    /// Output goes through a file, because a server that a tool starts may keep a pipe open for ever.
    static Outcome run(List<String> command, Duration patience) {
        Path output = null;
        try {
            output = Files.createTempFile("trailwarden-tool", ".out");
            var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.directory(Path.of("/").toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_") || name.startsWith("LANG"));
            builder.environment().put("LC_ALL", "C");
            return finish(builder.start(), output, patience);
        } catch (IOException e) {
            return new Outcome(Outcome.NOT_RUN, "%s: %s".formatted(command.getFirst(), reason(e)));
        } finally {
            delete(output);
        }
    }

    private static String reason(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("error: 2") ? "not found" : message;
    }

    private static Outcome finish(Process process, Path output, Duration patience) throws IOException {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Outcome(Outcome.TOO_LATE, "no end after " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return new Outcome(Outcome.TOO_LATE, "interrupted");
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1).strip());
    }

    private static void delete(@org.jspecify.annotations.Nullable Path output) {
        if (output != null) {
            try {
                Files.deleteIfExists(output);
            } catch (IOException _) {
                // a file of a few lines in the temporary folder
            }
        }
    }
}
