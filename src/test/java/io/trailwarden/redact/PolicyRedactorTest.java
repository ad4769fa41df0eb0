package io.trailwarden.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.CanonicalForm;
import io.trailwarden.event.Events;
import io.trailwarden.event.Json;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRedactorTest {

    private static final String SECRET = "ghp" + "_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    private static final String UUID = "77770e5c-20e5-49f5-a88d-9ed31a62d5df";
    private static final String DIGEST = "24d4b96f58da6d4a8512313bbd02a28ebf0ca95dec6e4c86ef78ce7f01e788ac";

    private final PolicyRedactor redactor = Redactors.standard();

    enum Place {
        PROMPT, COMMAND, TOOL_INPUT, ERROR, KEY, NESTED, DERIVED, COMMON, RESOURCE, METRIC_ATTRIBUTE, SPAN_ATTRIBUTE, SPAN_EVENT,
        LOG_BODY, NAME, SCOPE, SESSION, PERSON, BYTES
    }

    @ParameterizedTest
    @EnumSource
    void aSecretIsFoundInEveryPlaceOfARecord(Place place) {
        var redacted = redactor.redact(planted(place));

        assertThat(everything(redacted)).doesNotContain(SECRET);
    }

    @Test
    void theTextOfPromptsAndAnswersIsMaskedByDefault() {
        var prompt = redactor.redact(Events.event("user_prompt", 0).with("prompt", "fire bob").with("prompt_text", "fire bob")
                .with("prompt.id", UUID).with("prompt_length", "8").observation());
        var answer = redactor.redact(Events.event("assistant_response", 0).with("response", "done").observation());

        assertThat(prompt.text("prompt")).isEqualTo("[masked:8]");
        assertThat(prompt.text("prompt_text")).isEqualTo("[masked:8]");
        assertThat(prompt.text("prompt.id")).isEqualTo(UUID);
        assertThat(answer.text("response")).isEqualTo("[masked:4]");
    }

    @Test
    void whatTheClientRedactedItselfStays() {
        var redacted = redactor.redact(Events.event("user_prompt", 0).with("prompt", "<REDACTED>").observation());

        assertThat(redacted.text("prompt")).isEqualTo("<REDACTED>");
    }

    @Test
    void policyMayKeepOrDropTexts() {
        var keep = Redactors.of(null, ContentPolicy.KEEP, ContentPolicy.KEEP, EmailPolicy.KEEP);
        var drop = Redactors.of(null, ContentPolicy.DROP, ContentPolicy.DROP, EmailPolicy.KEEP);
        var prompt = Events.event("user_prompt", 0).with("prompt", "use " + SECRET + " now").observation();

        assertThat(keep.redact(prompt).text("prompt")).isEqualTo("use [redacted:github-token] now");
        assertThat(drop.redact(prompt).attributes().has("prompt")).isFalse();
    }

    @Test
    void toolOutputInsideSpanEventsIsMasked() {
        var output = new Value.KeyValues(Attributes.builder().put("output", "42 rows of customers").put("file_path", "/a/b").build());
        var happened = new Value.KeyValues(Attributes.builder().put("name", "tool.output").put("attributes", output).build());
        var span = observation("claude_code.tool", Attributes.NONE, Attributes.builder()
                .put("events", new Value.Array(List.of(happened))).build());

        var text = everything(redactor.redact(span));

        assertThat(text).contains("[masked:20]", "/a/b").doesNotContain("customers");
    }

    @Test
    void aLogBodyThatOnlyRepeatsTheNameStays() {
        var body = Attributes.builder().put("body", "claude_code.user_prompt").build();
        var spoken = Attributes.builder().put("body", "fire bob").build();

        assertThat(redactor.redact(observation("user_prompt", Attributes.NONE, body)).text("body")).isEqualTo("claude_code.user_prompt");
        assertThat(redactor.redact(observation("user_prompt", Attributes.NONE, spoken)).text("body")).isEqualTo("[masked:8]");
    }

    @Test
    void jsonInsideATextStaysJson() {
        var input = "{\"command\":\"echo \\\"x\\\" | curl -u bob:hunter2 https://x.example.com\",\"timeout\":5,\n \"list\":[1, \"" + SECRET + "\"]}";

        var redacted = redactor.redact(input);

        assertThat(redacted).isEqualTo("{\"command\":\"echo \\\"x\\\" | curl -u bob:[redacted:password] https://x.example.com\",\"timeout\":5,\n"
                + " \"list\":[1, \"[redacted:github-token]\"]}");
    }

    @Test
    void escapesInsideJsonHideNothing() {
        var body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\\nBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        var pem = "{\"a\":\"-----BEGIN PRIVATE KEY-----\\n" + body + "\\n-----END PRIVATE KEY-----\"}";
        var unicode = "{\"a\":\"\\u0067hp_" + SECRET.substring(4) + "\"}";
        var cut = "{\"a\":\"\\u0067hp_" + SECRET.substring(4) + "\",\"b\":\"cut of";
        var twice = "{\"inner\":\"{\\\"password\\\":\\\"hunter2!\\\"}\"}";
        var slashes = "{\"url\":\"https:\\/\\/bob:hunter2@x.example.com\"}";

        assertThat(redactor.redact(pem)).isEqualTo("{\"a\":\"[redacted:private-key]\"}");
        assertThat(redactor.redact(unicode)).isEqualTo("{\"a\":\"[redacted:github-token]\"}");
        assertThat(redactor.redact(cut)).isEqualTo("{\"a\":\"[redacted:github-token]\",\"b\":\"cut of");
        assertThat(redactor.redact(twice)).isEqualTo("{\"inner\":\"{\\\"password\\\":\\\"[redacted:password]\\\"}\"}");
        assertThat(redactor.redact(slashes)).isEqualTo("{\"url\":\"https://bob:[redacted:url-password]@x.example.com\"}");
    }

    @Test
    void aSecretLongerThanAnyWindowIsReplacedToItsEnd() {
        var body = "aB3dE5fG7hJ9kL1m".repeat(1000);
        var lines = (body.substring(0, 64) + "\n").repeat(300);

        assertReplaced("eyJhbGciOiJIUzI1NiJ9." + body + "." + body, "[redacted:jwt]");
        assertReplaced("-----BEGIN PRIVATE KEY-----\n" + lines + "-----END PRIVATE KEY-----", "[redacted:private-key]");
        assertReplaced("DB_PASSWORD='" + "correct horse 7 ".repeat(100) + "'", "DB_PASSWORD='[redacted:password]'");
        assertReplaced("DB_PASSWORD='" + body + "'", "DB_PASSWORD='[redacted:password]'");
    }

    /// Compared by length first: nobody wants to read 16 KB in a report.
    private void assertReplaced(String text, String by) {
        var redacted = redactor.redact("x " + text + " y");
        assertThat(redacted).hasSizeLessThan(200).isEqualTo("x " + by + " y");
    }

    @Test
    void aSecretFoundInOneFieldIsRemovedFromTheOthers() {
        var record = Events.event("tool_result", 0).with("tool_parameters", "{\"full_command\":\"PGPASSWORD=Xk29fQpL7s psql -h db\"}")
                .with("error", "psql: cannot log in with Xk29fQpL7s").derived("command.calls", Value.of(List.of("echo Xk29fQpL7s")))
                .observation();

        assertThat(everything(redactor.redact(record))).doesNotContain("Xk29fQpL7s");
    }

    @Test
    void aSecretOfTheOriginIsRemovedFromEachRecord() {
        for (int sequence = 0; sequence < 3; sequence++) {
            var record = Events.event("tool_result", sequence).resource("deploy.args", "PGPASSWORD=Xk29fQpL7s")
                    .with("error", "psql: cannot log in with Xk29fQpL7s").observation();

            assertThat(everything(redactor.redact(record))).doesNotContain("Xk29fQpL7s");
        }
    }

    @Test
    void aSecretOfARecordIsRemovedFromAnOriginThatWasCleanBefore() {
        var harmless = Events.event("tool_result", 0).resource("note", "run Xk29fQpL7s").observation();
        var telling = Events.event("tool_result", 1).resource("note", "run Xk29fQpL7s").with("error", "PGPASSWORD=Xk29fQpL7s").observation();

        assertThat(redactor.redact(harmless)).isEqualTo(harmless);
        assertThat(everything(redactor.redact(telling))).doesNotContain("Xk29fQpL7s");
        assertThat(redactor.redact(harmless)).isEqualTo(harmless);
    }

    @Test
    void aTextOfTheOriginIsTreatedByTheNameOfEachRecord() {
        var survey = Events.event("feedback_survey", 0).common("response", "good").observation();
        var answer = Events.event("assistant_response", 1).common("response", "good").observation();

        assertThat(redactor.redact(survey).text("response")).isEqualTo("good");
        assertThat(redactor.redact(answer).text("response")).isEqualTo("[masked:4]");
        assertThat(redactor.redact(survey).text("response")).isEqualTo("good");
    }

    @Test
    void recordsOfOneOriginStillShareItAfterwards() {
        var hashing = Redactors.of(Redactors.KEY, ContentPolicy.MASK, ContentPolicy.MASK, EmailPolicy.HASH);
        var first = Events.event("a", 0).of("fay@example.com").common("user.email", "fay@example.com").observation();
        var second = Events.event("b", 1).of("fay@example.com").common("user.email", "fay@example.com").observation();

        assertThat(hashing.redact(second).origin()).isSameAs(hashing.redact(first).origin()).isNotEqualTo(first.origin());
        assertThat(redactor.redact(first).origin()).isEqualTo(first.origin());
    }

    @Test
    void callingASessionASecretDoesNotHideIt() {
        var record = Events.event("tool_result", 0).with("tool_name", "Bash").with("session.id", UUID).with("prompt.id", UUID)
                .with("error", "SESSION_TOKEN=" + UUID).observation();

        var redacted = redactor.redact(record);

        assertThat(redacted.text("session.id")).isEqualTo(UUID);
        assertThat(redacted.text("prompt.id")).isEqualTo(UUID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_ed25519", "169.254.169.254", "terraform destroy", "webhook.site", "mkfs.ext4", ".env.production2"})
    void callingANameASecretDoesNotTakeItOutOfTheEvidence(String name) {
        var record = Events.event("tool_decision", 0).with("error", "X_PASSWORD='" + name + "'").derived("command.calls", Value.of(List.of("run " + name)))
                .derived("egress.host", Value.of(List.of(name))).derived("file.reads", Value.of(List.of("/home/bo/.ssh/" + name))).observation();

        var redacted = redactor.redact(record);

        assertThat(redacted.derived()).isEqualTo(record.derived());
    }

    @Test
    void textThatOnlyLooksLikeAMarkerProtectsNothing() {
        assertThat(redactor.redact("[redacted:" + SECRET + "]")).doesNotContain(SECRET);
        assertThat(redactor.redact("[redacted:github-token:" + SECRET + "]")).doesNotContain(SECRET);
        assertThat(redactor.redact("[masked:" + SECRET + "]")).doesNotContain(SECRET);
    }

    @Test
    void twoKeysThatEachHoldASecretKeepTheirValues() {
        var other = SECRET.replace("a1B2", "b2C3");
        var record = observation("x", Attributes.builder().put(SECRET, "one").put(other, "two").build(), Attributes.NONE);

        var redacted = redactor.redact(record);

        assertThat(redacted.attributes().size()).isEqualTo(2);
        assertThat(redactor.redact(redacted)).isEqualTo(redacted);
    }

    @Test
    void peopleCanBeHashed() {
        var hashing = Redactors.of(Redactors.KEY, ContentPolicy.MASK, ContentPolicy.MASK, EmailPolicy.HASH);
        var record = Events.event("x", 0).of("fay@example.com").common("user.email", "fay@example.com").observation();

        var redacted = hashing.redact(record);

        assertThat(redacted.origin().person()).matches("\\[person:[0-9a-f]{12}]").isEqualTo(redacted.text("user.email"));
        assertThat(hashing.redact(redacted)).isEqualTo(redacted);
        assertThatThrownBy(() -> Redactors.of(null, ContentPolicy.MASK, ContentPolicy.MASK, EmailPolicy.HASH))
                .hasMessageContaining("trailwarden.redact.email");
    }

    @Test
    void idsAndWhatTheRecordSaysAreNeverTouched() {
        var ids = Map.ofEntries(Map.entry("session.id", UUID), Map.entry("user.id", DIGEST), Map.entry("tool_use_id", "toolu_01A09q90qw90lq917835lq9"),
                Map.entry("request_id", "req_011CSHoEeqs5C35K2UUqR7Fy"), Map.entry("model", "claude-opus-5-5-20260901"),
                Map.entry("vcs.ref.head.revision", "9fceb02d0ae598e95dc970b74767f19372d61af8"),
                Map.entry("managed_settings.resolved_sha256", DIGEST), Map.entry("plugin_id_hash", "5f4dcc3b5aa765d61d8327deb882cf99"),
                Map.entry("user.account_id", "user_01WCz1FkmYMm4gnmykNKUu3Q"), Map.entry("file_path", "/home/ana/secrets/token-service/pwd.go"),
                Map.entry("input_tokens", "1201"), Map.entry("type", "cacheRead"), Map.entry("organization.id", UUID));
        var builder = Events.event("api_request", 0);
        ids.forEach(builder::with);
        var record = builder.observation();

        assertThat(redactor.redact(record)).isEqualTo(record);
    }

    @Test
    void theSameRecordIsAlwaysRedactedToTheSameId() {
        var record = planted(Place.COMMAND);

        assertThat(CanonicalForm.sha256(Redactors.keyed().redact(record))).isEqualTo(CanonicalForm.sha256(Redactors.keyed().redact(record)));
    }

    private static Observation planted(Place place) {
        var record = Events.event("tool_result", 0).with("tool_name", "Bash");
        var sent = Attributes.builder().put("note", "x " + SECRET + " y").build();
        return switch (place) {
            case PROMPT -> Events.event("user_prompt", 0).with("prompt", "deploy with " + SECRET).observation();
            case COMMAND -> record.with("tool_parameters", "{\"full_command\":\"curl -H 'X: " + SECRET + "' x\"}")
                    .derived("command.text", Value.of("curl -H 'X: " + SECRET + "' x")).observation();
            case TOOL_INPUT -> record.with("tool_input", "{\"content\":\"a\\n" + SECRET + "\\nb\"}").observation();
            case ERROR -> record.with("error", "fatal: token " + SECRET + " was refused").observation();
            case KEY -> record.with("k_" + SECRET, "v").observation();
            case NESTED -> record.with("deep", new Value.Array(List.of(new Value.KeyValues(sent)))).observation();
            case DERIVED -> record.derived("egress.url", Value.of(List.of("https://x.example.com/?t=" + SECRET))).observation();
            case COMMON -> record.common("team.id", SECRET).observation();
            case RESOURCE -> record.resource("service.note", SECRET).observation();
            case METRIC_ATTRIBUTE -> record.signal(Signal.METRIC).with("agent.name", SECRET).observation();
            case SPAN_ATTRIBUTE -> record.signal(Signal.SPAN).with("full_command", "x " + SECRET).observation();
            case SPAN_EVENT -> observation("claude_code.tool", Attributes.NONE,
                    Attributes.builder().put("events", new Value.Array(List.of(new Value.KeyValues(sent)))).build());
            case LOG_BODY -> observation("x", Attributes.NONE, Attributes.builder().put("body", new Value.KeyValues(sent)).build());
            case NAME -> observation("run " + SECRET, Attributes.NONE, Attributes.NONE);
            case SCOPE, SESSION, PERSON -> withOrigin(record.observation(), place);
            case BYTES -> record.with("raw", Value.Binary.of(("x" + SECRET).getBytes(StandardCharsets.UTF_8))).observation();
        };
    }

    private static Observation withOrigin(Observation record, Place place) {
        var origin = new Origin("test", place == Place.PERSON ? SECRET : "p", place == Place.SESSION ? SECRET : "s", Attributes.NONE,
                place == Place.SCOPE ? SECRET : "scope", "1", Attributes.NONE);
        return new Observation(record.signal(), record.name(), record.time(), origin, record.attributes(), record.derived(), record.envelope());
    }

    private static Observation observation(String name, Attributes attributes, Attributes envelope) {
        var plain = Events.event(name, 0).observation();
        return new Observation(plain.signal(), name, plain.time(), plain.origin(), attributes, Attributes.NONE, envelope);
    }

    /// All that would be written: the canonical form holds every text but derived ones and those of the origin, and bytes
    /// as their digits.
    private static String everything(Observation observation) {
        var origin = observation.origin();
        var form = new String(CanonicalForm.bytes(observation), StandardCharsets.UTF_8) + Json.write(observation.derived())
                + origin.principal() + origin.scopeName() + origin.scopeVersion() + Json.write(origin.resource()) + Json.write(origin.common());
        return form + origin.person() + origin.session()
                + form.replace(java.util.HexFormat.of().formatHex(SECRET.getBytes(StandardCharsets.UTF_8)), SECRET);
    }
}
