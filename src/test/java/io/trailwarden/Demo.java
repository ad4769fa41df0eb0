package io.trailwarden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `./trailwarden demo` beside a program under test, as a newcomer would run it.
///
/// @param status exit status of the command
/// @param said all that it printed
public record Demo(int status, String said) {

    /// Runs the command to its end.
    public static Demo run(ProgramUnderTest program, String... options) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java, "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString(), "demo"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TRAILWARDEN_DATA_DIR", program.dataDir().toString());
        try {
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Demo(process.waitFor(), said);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /// A program that holds the demo.
    public static ProgramUnderTest loaded() {
        var program = ProgramUnderTest.start();
        var demo = run(program);
        if (demo.status() != 0) {
            program.close();
            throw new AssertionError("the demo ended with " + demo.status() + ":\n" + demo.said());
        }
        return program;
    }

    /// The addresses that it printed.
    public List<String> links() {
        return Pattern.compile("http://\\S+").matcher(said).results().map(found -> found.group()).toList();
    }
}
