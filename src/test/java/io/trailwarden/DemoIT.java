package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The demo against the packaged program: as a newcomer would run it, twice, and where somebody else's records are.
class DemoIT {

    @Test
    void fillsAnEmptyTrailOnceAndSaysWhatToLookAt() throws Exception {
        try (var program = ProgramUnderTest.start()) {
            long began = System.nanoTime();
            var first = demo(program);
            var took = Duration.ofNanos(System.nanoTime() - began);

            assertThat(first.status()).as(first.said()).isZero();
            assertThat(took).as("time it took, which is some twenty seconds where nothing else runs").isLessThan(Duration.ofSeconds(150));
            assertThat(program.list("/api/v1/people")).hasSize(60).allMatch(person -> person.path("name").asText().endsWith("@halden.example"));
            assertThat(program.list("/api/v1/alerts")).hasSizeBetween(50, 95);
            assertThat(program.list("/api/v1/alerts?status=closed")).extracting(alert -> alert.path("handledBy").asText())
                    .containsOnly("ines", "oskar");
            assertThat(links(first.said())).hasSizeBetween(4, 6).allSatisfy(link -> assertThat(link).startsWith(program.console() + "/"))
                    .anyMatch(link -> link.contains("/people/")).anyMatch(link -> link.contains("/alerts/"));
            for (var link : links(first.said())) {
                assertThat(named(program, link)).as(link).isTrue();
            }

            var stored = program.awaitLoaded().path("stored").asLong();
            var second = demo(program);

            assertThat(second.status()).isZero();
            assertThat(second.said()).contains("already");
            assertThat(program.awaitLoaded().path("received").asLong()).isEqualTo(stored);
        }
    }

    @Test
    void refusesATrailThatHoldsOtherPeople() throws Exception {
        try (var program = ProgramUnderTest.start()) {
            program.replay(Captures.of("oauth-identity-json"));
            var books = program.awaitLoaded();

            var refused = demo(program);

            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.said()).contains("--force").contains("1 people who are not the demo's");
            assertThat(program.awaitLoaded()).isEqualTo(books);
            assertThat(program.dataDir().resolve("policy.yaml")).doesNotExist();
        }
    }

    /// Whether what the link leads to exists; that pages open is for the tests of the console.
    private static boolean named(ProgramUnderTest program, String link) {
        var path = link.substring(program.console().length());
        if (path.startsWith("/people/")) {
            return !program.list("/api/v1/events?limit=1&person=" + path.substring("/people/".length())).isEmpty();
        }
        return path.equals("/alerts") || !program.get("/api/v1" + path).path("title").asText().isEmpty();
    }

    private static List<String> links(String said) {
        return Pattern.compile("http://\\S+").matcher(said).results().map(found -> found.group()).toList();
    }

    private record Ended(int status, String said) {
    }

    private static Ended demo(ProgramUnderTest program) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(java, "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath().toString(), "demo");
        builder.environment().put("TRAILWARDEN_DATA_DIR", program.dataDir().toString());
        var process = builder.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }
}
