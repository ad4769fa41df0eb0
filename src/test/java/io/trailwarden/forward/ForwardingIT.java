package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.ProgramUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The packaged program with a webhook whose receiver goes away for a while, and with one that is never there.
class ForwardingIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "correct-horse-battery-staple-0123456789";
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus", "claude_code", "2.1.329");

    @Test
    void everythingArrivesThoughTheReceiverWasAwayAndTheProgramKilled() {
        try (var receiver = new FakeHttpDestination(); var absent = new FakeHttpDestination()) {
            absent.goAway();
            try (var program = ProgramUnderTest.start(environment(receiver, absent))) {
                var captures = captures();
                program.replay(captures.getFirst());
                program.awaitLoaded();
                program.await(() -> !receiver.taken().isEmpty());

                receiver.goAway();
                captures.subList(1, captures.size()).forEach(program::replay);
                program.awaitLoaded();
                program.await(() -> state(program, "hook").equals("held_back"));
                program.kill();
                program.launch();
                receiver.comeBack();

                var alerts = alerts(program);
                assertThat(alerts).isNotEmpty();
                var events = program.list("/api/v1/events").stream().map(event -> event.path("id").asText()).collect(Collectors.toSet());
                program.await(() -> ids(receiver, "event").containsAll(events));
                program.await(() -> raised(receiver).containsAll(alerts(program)));

                assertThat(state(program, "absent")).isEqualTo("held_back");
                assertThat(program.get("/api/v1/forwarding").path("deadLetters").asLong()).isZero();
                assertThat(program.ready()).as("ready, whatever destinations do").isTrue();
                assertThat(program.log()).contains("Forwarder held back").contains("Forwarder goes on").doesNotContain(SECRET);
            }
        }
    }

    private static Map<String, String> environment(FakeHttpDestination receiver, FakeHttpDestination absent) {
        var environment = new HashMap<String, String>();
        Map.of("HOOK", receiver, "ABSENT", absent).forEach((name, destination) -> {
            var prefix = "TRAILWARDEN_FORWARD_" + name + "_";
            environment.putAll(Map.of(prefix + "KIND", "webhook", prefix + "URL", destination.url() + "/in", prefix + "SECRET", SECRET, prefix + "ALLOW_HTTP", "true",
                    prefix + "SEND", "both"));
        });
        return environment;
    }

    private static List<Path> captures() {
        return Stream.of("headless-default-json", "bypass-json", "interactive-approvals-json", "hooks-and-errors-json").map(CORPUS::resolve).toList();
    }

    private static String state(ProgramUnderTest program, String destination) {
        for (var each : program.get("/api/v1/forwarding").path("items")) {
            if (each.path("name").asText().equals(destination)) {
                return each.path("state").asText();
            }
        }
        return "missing";
    }

    private static Set<String> alerts(ProgramUnderTest program) {
        return program.list("/api/v1/alerts").stream().map(alert -> alert.path("id").asText()).collect(Collectors.toSet());
    }

    private static Set<String> ids(FakeHttpDestination receiver, String type) {
        return messages(receiver).stream().filter(message -> message.path("type").asText().equals(type)).map(message -> message.path("id").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> raised(FakeHttpDestination receiver) {
        return messages(receiver).stream().filter(message -> message.path("name").asText().equals("alert.raised"))
                .map(message -> message.at("/alert/key").asText()).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<JsonNode> messages(FakeHttpDestination receiver) {
        return receiver.taken().stream().map(text -> {
            try {
                return JSON.readTree(text);
            } catch (IOException broken) {
                throw new UncheckedIOException(text, broken);
            }
        }).toList();
    }
}
