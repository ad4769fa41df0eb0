package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.Captures;
import io.trailwarden.Demo;
import io.trailwarden.ProgramUnderTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The demo against the packaged program: as a newcomer would run it, twice, and where somebody else's records are. And
/// the pictures of the documentation, which are taken of it.
class DemoIT {

    private static ProgramUnderTest program;
    private static Chromium chromium;
    private static Demo demo;
    private static Duration took;

    @BeforeAll
    static void load() {
        program = ProgramUnderTest.start();
        long began = System.nanoTime();
        demo = Demo.run(program);
        took = Duration.ofNanos(System.nanoTime() - began);
        chromium = new Chromium(program.console());
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
        program.close();
    }

    @AfterEach
    void noPageDidWhatItShouldNot() {
        assertThat(chromium.complaints()).isEmpty();
    }

    @Test
    void fillsAnEmptyTrailInMinutes() {
        assertThat(demo.status()).as(demo.said()).isZero();
        assertThat(took).as("time it took, which is some twenty seconds where nothing else runs").isLessThan(Duration.ofMinutes(10));
        assertThat(program.list("/api/v1/people")).hasSize(60).allMatch(person -> person.path("name").asText().endsWith("@halden.example"));
        assertThat(program.list("/api/v1/alerts")).extracting(alert -> alert.path("rule").asText()).hasSizeBetween(50, 95);
        assertThat(program.list("/api/v1/alerts?status=closed")).extracting(alert -> alert.path("handledBy").asText()).containsOnly("ines", "oskar");
    }

    @Test
    void theAddressesThatItPrintsOpen() {
        var page = chromium.signedIn(program.firstRun("user"), program.firstRun("password"));

        assertThat(demo.links()).hasSizeBetween(4, 6).anyMatch(link -> link.contains("/people/")).anyMatch(link -> link.contains("/alerts/"));
        for (var link : demo.links()) {
            page.navigate(link);
            Filled.await(page);
            assertThat(page.locator("h1").first().textContent()).as(link).isNotBlank();
            assertThat(page.locator(".state.failed, .state.empty").count()).as(link).isZero();
        }
    }

    @Test
    void aSecondTimeItSendsNothingAndSaysSo() {
        var before = program.awaitLoaded().path("received").asLong();

        var again = Demo.run(program);

        assertThat(again.status()).isZero();
        assertThat(again.said()).contains("The demo is in this trail already; nothing was sent.");
        assertThat(again.links()).isEqualTo(demo.links());
        assertThat(program.awaitLoaded().path("received").asLong()).isEqualTo(before);
    }

    @Test
    void itRefusesATrailThatHoldsOtherPeople() {
        try (var other = ProgramUnderTest.start()) {
            other.replay(Captures.of("oauth-identity-json"));
            var books = other.awaitLoaded();

            var refused = Demo.run(other);

            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.said()).contains("--force").contains("1 people who are not the demo's");
            assertThat(other.awaitLoaded()).isEqualTo(books);
            assertThat(other.dataDir().resolve("policy.yaml")).doesNotExist();
        }
    }

    @Test
    void picturesShowPagesAsTheyAre() throws IOException {
        var page = chromium.signedIn(program.firstRun("user"), program.firstRun("password"));

        for (var picture : Picture.ALL) {
            page.navigate(program.console() + "/" + picture.path(demo));
            Filled.await(page);
            picture.takeOrCompare(page);
        }
        Picture.everyOneThatIsShownExists();
    }
}
