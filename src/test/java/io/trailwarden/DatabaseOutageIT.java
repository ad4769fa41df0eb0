package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.trailwarden.database.EmbeddedPostgres;
import io.trailwarden.database.EmbeddedPostgres.Options;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The door answers whatever the database does; here one of the operator's own, which goes away for half a minute.
class DatabaseOutageIT {

    private static final Duration OUTAGE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void everyRequestIsAnsweredWhileTheDatabaseIsAwayAndEverythingArrives() throws Exception {
        var database = EmbeddedPostgres.start(Options.in(folder).onPort(Ports.free()));
        try (var program = ProgramUnderTest.start(Map.of("TRAILWARDEN_DATABASE_URL", database.jdbcUrl(), "TRAILWARDEN_DATABASE_USER",
                database.user(), "TRAILWARDEN_DATABASE_PASSWORD", database.password()))) {
            var answers = new ArrayList<Integer>();
            long sequence = send(program, answers, 0, Duration.ofSeconds(1));
            program.await(() -> check(program, "detection").path("status").asText().equals("UP"));
            assertThat(check(program, "database").path("status").asText()).isEqualTo("UP");

            database.close();
            sequence = send(program, answers, sequence, OUTAGE);
            assertThat(program.ready()).as("readiness is about taking telemetry").isTrue();
            var health = check(program, "database");
            assertThat(health.path("status").asText()).isEqualTo("DOWN");
            assertThat(Instant.parse(health.at("/data/since").asText())).isBeforeOrEqualTo(Instant.now());
            assertThat(health.at("/data/means").asText()).contains("waits in the spool");
            assertThat(check(program, "detection").at("/data/means").asText()).contains("stand still until the database answers");
            assertThat(check(program, "spool").path("status").asText()).isEqualTo("UP");
            assertThat(signIn(program).headers().firstValue("location")).as("a page with words, not a failure").contains("/login.html#silent");
            database = EmbeddedPostgres.start(Options.in(folder).onPort(database.port()));
            sequence = send(program, answers, sequence, Duration.ofSeconds(1));

            assertThat(answers).containsOnly(200).hasSize(Math.toIntExact(sequence));
            long sent = sequence;
            program.await(() -> stored(program) == sent);
            program.await(() -> program.health().path("status").asText().equals("UP"));
            assertThat(program.list("/api/v1/events?session=outage").stream().map(event -> event.path("sequence").asLong()).toList())
                    .doesNotHaveDuplicates().hasSize(Math.toIntExact(sent));
        } finally {
            database.close();
        }
    }

    private static JsonNode check(ProgramUnderTest program, String name) {
        for (var check : program.health().path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check called " + name);
    }

    private static HttpResponse<Void> signIn(ProgramUnderTest program) throws Exception {
        try (var browser = HttpClient.newHttpClient()) {
            return browser.send(HttpRequest.newBuilder(URI.create(program.console() + "/j_security_check")).header("Accept", "text/html")
                    .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString("j_username=admin&j_password=none")).build(),
                    BodyHandlers.discarding());
        }
    }

    /// The interface for programs may answer 503 until the database is back.
    private static long stored(ProgramUnderTest program) {
        try {
            return program.get("/api/v1/stats").path("stored").asLong();
        } catch (AssertionError notYet) {
            return -1;
        }
    }

    private static long send(ProgramUnderTest program, ArrayList<Integer> answers, long sequence, Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            var body = Requests.event("user@example.com", "outage", sequence++, "user_prompt", Map.of("prompt_length", "5"));
            answers.add(program.send("logs", "application/json", body).statusCode());
            // About as often as a hundred clients report.
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return sequence;
    }
}
