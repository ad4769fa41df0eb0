package io.trailwarden.redact;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.Events;
import io.trailwarden.event.Json;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds for any text: made of secrets, ordinary commands, markers, escapes and noise, in any order.
class RedactProperties {

    private static final int ROUNDS = 1000;

    private static final List<String> JOINTS = List.of(" ", "\n", "; ", " && ", "\"", "'", ",", "=", ": ", "\\n", "\\", "@", "{", "}", "");

    private static final List<String> STUFF = List.of("password=", "token: ", "[redacted:jwt]", "[redacted:token:abcdef]", "[redacted:", "://",
            "-u bob:", "Authorization: ", "\\u0041KIA", "secret", "\u0000", "\ud800", "\ud83d\ude00", "eyJ", "sk-", "-----BEGIN PRIVATE KEY-----",
            "[masked:12]", "curl ", "https://example.com/a?b=c", "9fceb02d0ae598e95dc970b74767f19372d61af8", "\"password\":\"", "${X:-");

    private final PolicyRedactor redactor = Redactors.keyed();

    @Test
    void noPlantedSecretSurvivesWhateverSurroundsIt() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var canaries = Canaries.all(seed % 50);
            var canary = canaries.get(random.nextInt(canaries.size()));
            var text = noise(random, 3) + " \n" + canary.text() + "\n " + noise(random, 3);

            assertThat(redactor.redact(text)).as("seed %d, %s", seed, canary.kind()).doesNotContain(canary.secret());
            assertThat(redactor.redact(wrapped(text, random))).as("in JSON, seed %d, %s", seed, canary.kind())
                    .doesNotContain(canary.secret()).doesNotContain(inside(canary.secret()));
        }
    }

    @Test
    void redactingTwiceChangesNothingMore() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var text = anything(new Random(seed));

            var once = redactor.redact(text);

            assertThat(redactor.redact(once)).as("seed %d", seed).isEqualTo(once);
            assertThat(Redactors.KEY).isNotNull();
            assertThat(redactor.redact(text)).as("seed %d again", seed).isEqualTo(once);
            assertThat(once.length()).as("seed %d length", seed).isLessThanOrEqualTo(64 + 12 * text.length());
        }
    }

    @Test
    void aWholeRecordIsRedactedOnceAndForAll() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var record = record(new Random(seed));

            var once = redactor.redact(record);

            assertThat(redactor.redact(once)).as("seed %d", seed).isEqualTo(once);
        }
    }

    @Test
    void hostileLengthCostsNoMoreThanItsShare() {
        for (var piece : List.of("eyJ", "sk-", "password=", "-----BEGIN PRIVATE KEY-----", "://a:", "token: x", "\\u0041", "mysql -", "[redacted:", "AKIA",
                "{\"password\":", "cookie:", "-u a:")) {
            var text = piece.repeat(200_000 / piece.length());

            var redacted = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(java.time.Duration.ofSeconds(20), () -> redactor.redact(text), piece);

            assertThat(redacted).as(piece).isNotNull();
        }
    }

    private static Observation record(Random random) {
        var record = Events.event(random.nextBoolean() ? "tool_result" : "user_prompt", 0);
        for (var key : List.of("prompt", "error", "tool_parameters", "password", "note", anything(random))) {
            record.with(key, random.nextInt(4) == 0 ? wrapped(anything(random), random) : anything(random));
        }
        record.with("list", new Value.Array(List.of(Value.of(anything(random)), Value.of(7))));
        return record.derived("command.calls", Value.of(List.of(anything(random)))).common("team.id", anything(random))
                .resource("service.note", anything(random)).observation();
    }

    private static String anything(Random random) {
        var canaries = Canaries.all(random.nextInt(20));
        return noise(random, 4) + canaries.get(random.nextInt(canaries.size())).text() + noise(random, 4);
    }

    private static String noise(Random random, int most) {
        var pieces = new ArrayList<String>(List.of(OrdinaryTextTest.ORDINARY));
        pieces.addAll(STUFF);
        var noise = new StringBuilder();
        for (int i = random.nextInt(most); i >= 0; i--) {
            noise.append(pieces.get(random.nextInt(pieces.size()))).append(JOINTS.get(random.nextInt(JOINTS.size())));
        }
        return noise.toString();
    }

    /// `text` inside JSON, sometimes with every letter escaped, sometimes cut off.
    private static String wrapped(String text, Random random) {
        var json = "{\"timeout\":5,\"full_command\":" + Json.write(Value.of(text)) + "}";
        return switch (random.nextInt(3)) {
            case 0 -> json;
            case 1 -> "{\"x\":\"" + escaped(text) + "\"}";
            default -> "{\"outer\":" + Json.write(Value.of(json)) + "}";
        };
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }

    private static String inside(String text) {
        var json = Json.write(Value.of(text));
        return json.substring(1, json.length() - 1);
    }
}
