package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The whole way of a record, from the door to the interface for programs, with everything the real client sent.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SpineIT {

    private static ProgramUnderTest program;

    @BeforeAll
    static void start() {
        program = ProgramUnderTest.start();
    }

    @AfterAll
    static void end() {
        program.close();
    }

    @Test
    @Order(1)
    void everyRecordOfEveryCaptureIsStored() {
        for (var capture : Captures.all()) {
            long before = program.awaitLoaded().path("stored").asLong();

            program.replay(capture);

            long after = program.awaitLoaded().path("stored").asLong();
            assertThat(after - before).as(capture.getFileName().toString()).isEqualTo(Captures.records(capture));
        }
        assertThat(trail()).hasSize(Math.toIntExact(everything()));
        assertBooksBalance();
    }

    @Test
    @Order(2)
    void everyStoredRecordHasAnIdAndAPlaceOfItsOwn() {
        var ids = new HashSet<String>();
        var positions = new HashSet<Long>();
        for (var event : trail()) {
            ids.add(event.path("id").asText());
            positions.add(event.path("position").asLong());
        }

        assertThat(ids).hasSize(Math.toIntExact(everything()));
        assertThat(positions).hasSize(Math.toIntExact(everything())).allMatch(position -> position >= 1 && position <= everything());
    }

    @Test
    @Order(3)
    void replayedASecondTimeItAddsNothing() {
        long alerts = program.list("/api/v1/alerts").size();

        Captures.all().forEach(program::replay);

        var books = program.awaitLoaded();
        assertThat(books.path("stored").asLong()).isEqualTo(everything());
        assertThat(books.path("duplicate").asLong()).isEqualTo(everything());
        assertThat(trail()).hasSize(Math.toIntExact(everything()));
        assertThat(program.list("/api/v1/alerts")).hasSize(Math.toIntExact(alerts));
        assertBooksBalance();
    }

    @Test
    @Order(4)
    void anEventSaysWhatTheClientSaid() {
        var decision = program.list("/api/v1/events?name=tool_decision&person=bo").stream()
                .filter(event -> event.path("sequence").asLong() == 7 && event.path("attributes").path("tool_parameters").asText().contains("base64"))
                .findFirst().orElseThrow();

        assertThat(decision.path("person").asText()).isEqualTo("bo");
        assertThat(decision.path("tool").asText()).isEqualTo("Bash");
        assertThat(decision.path("decision").asText()).isEqualTo("accept");
        assertThat(decision.path("source").asText()).isEqualTo("config");
        assertThat(decision.path("mode").asText()).isEqualTo("bypassPermissions");
        assertThat(decision.path("session").asText()).hasSize(36);
        assertThat(texts(decision.path("derived").path("command.programs"))).containsExactly("cat", "base64", "curl");
    }

    @Test
    @Order(5)
    void aPersonIsTheEmailWhereTheClientIsSignedIn() {
        var people = program.list("/api/v1/people").stream().map(person -> person.path("name").asText()).toList();

        assertThat(people).contains("ana", "bo", "cy", "di", "ed", "fay@example.com", "lou", "max", "ned", "ola", "pia", "quin");
    }

    @Test
    @Order(6)
    void promptsAreMaskedUnlessPolicySaysOtherwise() {
        assertThat(program.list("/api/v1/events?name=user_prompt&person=bo")).isNotEmpty()
                .allSatisfy(prompt -> assertThat(prompt.toString()).doesNotContain("please ship it"));
    }

    @Test
    @Order(7)
    void aModeThatChangedInSilenceIsSeenInTheTrail() {
        var modes = program.list("/api/v1/events?name=tool_decision&person=cy").reversed().stream()
                .map(event -> event.path("mode").asText()).toList();

        assertThat(modes).startsWith("default", "default", "acceptEdits");
    }

    private static long everything() {
        return Captures.all().stream().mapToLong(Captures::records).sum();
    }

    private static List<JsonNode> trail() {
        return program.list("/api/v1/events");
    }

    private static void assertBooksBalance() {
        var books = program.get("/api/v1/stats");
        long rejected = StreamSupport.stream(books.path("rejected").spliterator(), false).mapToLong(JsonNode::asLong).sum();
        assertThat(books.path("received").asLong()).isEqualTo(rejected + books.path("duplicate").asLong() + books.path("stored").asLong()
                + books.path("waiting").asLong());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
