package io.trailwarden.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.identity.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The service beside a command, asked by REST.
final class RunningService {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI console;
    private final Secret apiToken;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();

    RunningService(URI console, Secret apiToken) {
        this.console = console;
        this.apiToken = apiToken;
    }

    /// Names of people in the trail, last seen first, up to a thousand.
    List<String> people() throws InterruptedException {
        var names = new ArrayList<String>();
        get("/api/v1/people?limit=1000").path("items").forEach(person -> names.add(person.path("name").asText()));
        return names;
    }

    /// Each rule with its version, which changes with its text and with the lists that it asks.
    List<String> rules() throws InterruptedException {
        var rules = new ArrayList<String>();
        get("/api/v1/rules").path("items").forEach(rule -> rules.add(rule.path("id").asText() + " " + rule.path("version").asText()));
        return rules;
    }

    /// Records that were acknowledged and that rules have not seen yet.
    long behind() throws InterruptedException {
        return get("/api/v1/stats").path("waiting").asLong() + get("/api/v1/rules").path("behind").asLong();
    }

    /// The newest alert of `rule` about `person`.
    Optional<String> alert(String person, String rule) throws InterruptedException {
        var found = get("/api/v1/alerts?limit=1&rule=%s&person=%s".formatted(URLEncoder.encode(rule, UTF_8), URLEncoder.encode(person, UTF_8)))
                .path("items").path(0).path("id");
        return found.isTextual() ? Optional.of(found.asText()) : Optional.empty();
    }

    private JsonNode get(String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(console.toString().replaceAll("/+$", "") + path))
                .header("Authorization", "Bearer " + apiToken.reveal()).timeout(Duration.ofSeconds(30)).build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new CannotStart("%s%s answered %d; is the service that runs there the one of this data directory?"
                        .formatted(console, path, answer.statusCode()));
            }
            return JSON.readTree(answer.body());
        } catch (IOException notAnswered) {
            throw new CannotStart("no answer from %s: %s; start the service first: ./trailwarden run".formatted(console, notAnswered), notAnswered);
        }
    }
}
