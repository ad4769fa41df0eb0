package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.event.Field;
import io.trailwarden.event.FieldCatalogue;
import io.trailwarden.identity.Secret;
import io.trailwarden.ops.ManagedSettings.Choice;
import io.trailwarden.ops.ManagedSettings.Credential;
import io.trailwarden.rules.RuleTests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedSettingsTest {

    private static final String TOKEN = "tw_abcdefghijkl_0123456789012345678901234567890123456789012_abcdef";
    private static final URI ENDPOINT = URI.create("https://telemetry.example.com");

    /// Text that people say or that leaves the developer's machine only on purpose: no shipped rule asks for it.
    private static final Set<String> CONTENT = Set.of("OTEL_LOG_USER_PROMPTS", "OTEL_LOG_ASSISTANT_RESPONSES", "OTEL_LOG_RAW_API_BODIES");

    @Test
    void theFileHoldsTheBaselineAndNothingElse() throws IOException {
        var settings = new ManagedSettings(ENDPOINT, new Credential.Token(new Secret(TOKEN)));

        var lines = lines(settings.json());

        assertThat(lines).isEqualTo(new TreeMap<>(Map.ofEntries(
                Map.entry("env.CLAUDE_CODE_ENABLE_TELEMETRY", "1"),
                Map.entry("env.CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1"),
                Map.entry("env.CLAUDE_CODE_OTEL_SHUTDOWN_TIMEOUT_MS", "5000"),
                Map.entry("env.OTEL_EXPORTER_OTLP_COMPRESSION", "gzip"),
                Map.entry("env.OTEL_EXPORTER_OTLP_ENDPOINT", "https://telemetry.example.com"),
                Map.entry("env.OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer " + TOKEN),
                Map.entry("env.OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                Map.entry("env.OTEL_EXPORTER_OTLP_TIMEOUT", "30000"),
                Map.entry("env.OTEL_LOGS_EXPORTER", "otlp"),
                Map.entry("env.OTEL_LOGS_EXPORT_INTERVAL", "1000"),
                Map.entry("env.OTEL_LOG_ASSISTANT_RESPONSES", "0"),
                Map.entry("env.OTEL_LOG_MANAGED_SETTINGS", "1"),
                Map.entry("env.OTEL_LOG_TOOL_DETAILS", "1"),
                Map.entry("env.OTEL_LOG_USER_PROMPTS", "0"),
                Map.entry("env.OTEL_METRICS_EXPORTER", "otlp"),
                Map.entry("env.OTEL_METRICS_INCLUDE_ACCOUNT_UUID", "true"),
                Map.entry("env.OTEL_METRICS_INCLUDE_ENTRYPOINT", "true"),
                Map.entry("env.OTEL_METRICS_INCLUDE_REPOSITORY", "true"),
                Map.entry("env.OTEL_METRICS_INCLUDE_SESSION_ID", "true"),
                Map.entry("env.OTEL_METRICS_INCLUDE_VERSION", "true"),
                Map.entry("env.OTEL_TRACES_EXPORTER", "otlp"),
                Map.entry("permissions.disableBypassPermissionsMode", "disable"),
                Map.entry("requiredMinimumVersion", "2.1.288"))));
    }

    @Test
    void everyLineIsExplained() throws IOException {
        var settings = new ManagedSettings(ENDPOINT, new Credential.Placeholder());

        assertThat(settings.choices()).extracting(Choice::key).containsExactlyInAnyOrderElementsOf(lines(settings.json()).keySet());
        assertThat(settings.choices()).allSatisfy(choice -> {
            assertThat(choice.why()).as(choice.key()).endsWith(".");
            assertThat(choice.without()).as(choice.key()).endsWith(".");
        });
    }

    @Test
    void aHelperTakesThePlaceOfTheToken() throws IOException {
        var lines = lines(new ManagedSettings(ENDPOINT, new Credential.Helper("/opt/corp/otel-token.sh")).json());

        assertThat(lines).containsEntry("otelHeadersHelper", "/opt/corp/otel-token.sh").doesNotContainKey("env.OTEL_EXPORTER_OTLP_HEADERS").hasSize(23);
    }

    @Test
    void withoutATokenTheFileSaysHowToMakeOne() throws IOException {
        var lines = lines(new ManagedSettings(ENDPOINT, new Credential.Placeholder()).json());

        assertThat(lines.get("env.OTEL_EXPORTER_OTLP_HEADERS")).contains("./trailwarden token issue");
    }

    @Test
    void theTokenIsInTheFileOnly() {
        var settings = new ManagedSettings(ENDPOINT, new Credential.Token(new Secret(TOKEN)));

        assertThat(settings.json()).contains(TOKEN);
        assertThat(settings + " " + settings.choices() + settings.warnings()).doesNotContain(TOKEN);
    }

    @Test
    void whatRulesNeedIsSwitchedOn() throws IOException {
        var needs = FieldCatalogue.all().stream().map(Field::needs).filter(need -> !need.isEmpty() && !CONTENT.contains(need))
                .collect(Collectors.toCollection(TreeSet::new));
        RuleTests.shipped(new RuleTestSender()).rules().forEach(rule -> needs.addAll(rule.needs()));

        var lines = lines(new ManagedSettings(ENDPOINT, new Credential.Placeholder()).json());

        assertThat(needs).contains("OTEL_LOG_TOOL_DETAILS", "OTEL_TRACES_EXPORTER");
        assertThat(needs).allSatisfy(need -> assertThat(lines.get("env." + need)).as(need).isIn("1", "true", "otlp"));
    }

    @Test
    void theOldestClientIsThatOfTheShippedPolicy() throws IOException {
        assertThat(Files.readAllLines(Path.of("rules/policy.yaml")))
                .contains("minimum_client_version: [" + ManagedSettings.MINIMUM_VERSION + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://telemetry.example.com:4318", "http://192.0.2.7:4318", "HTTP://127.0.0.1.example.com", "http://0.0.0.0:4318"})
    void plainHttpBeyondThisMachineIsWarnedOf(String endpoint) {
        assertThat(new ManagedSettings(URI.create(endpoint), new Credential.Placeholder()).warnings()).singleElement().asString().contains("plain http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://telemetry.example.com", "http://127.0.0.1:4318", "http://localhost:4318", "http://[::1]:4318"})
    void whatNobodyCanReadOnTheWayIsNotWarnedOf(String endpoint) {
        assertThat(new ManagedSettings(URI.create(endpoint), new Credential.Placeholder()).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "telemetry.example.com", "ftp://telemetry.example.com", "https:///v1", "https://user:hunter2@telemetry.example.com",
        "https://telemetry.example.com?key=hunter2", "https://telemetry.example.com/v1/logs"})
    void whatIsNoEndpointIsRefused(String endpoint) {
        assertThatThrownBy(() -> new ManagedSettings(URI.create(endpoint), new Credential.Placeholder()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("the endpoint must be").hasMessageNotContaining("hunter2");
    }

    @Test
    void aSlashAtTheEndIsDropped() {
        assertThat(new ManagedSettings(URI.create("https://telemetry.example.com/otlp/"), new Credential.Placeholder()).endpoint())
                .hasToString("https://telemetry.example.com/otlp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tw_a b", "tw_a,X-Other=1", "tw_a\nX-Other: 1"})
    void aTokenThatWouldBreakTheHeaderIsRefusedUnsaid(String token) {
        assertThatThrownBy(() -> new Credential.Token(new Secret(token)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("(not shown)").hasMessageNotContaining("tw_a");
    }

    /// Every text of the file by its path.
    private static Map<String, String> lines(String json) throws IOException {
        var lines = new TreeMap<String, String>();
        add(lines, "", new ObjectMapper().readTree(json));
        return lines;
    }

    private static void add(Map<String, String> lines, String path, JsonNode node) {
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                add(lines, path + entry.getKey() + ".", entry.getValue());
            } else {
                assertThat(entry.getValue().isTextual()).as(entry.getKey()).isTrue();
                lines.put(path + entry.getKey(), entry.getValue().textValue());
            }
        });
    }
}
