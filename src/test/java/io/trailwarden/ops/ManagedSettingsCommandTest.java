package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedSettingsCommandTest {

    private static final String TOKEN = "tw_abcdefghijkl_0123456789012345678901234567890123456789012_abcdef";
    private static final String DATA_DIR = "trailwarden.data-dir";

    @TempDir
    private Path dataDir = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(DATA_DIR);
    }

    @Test
    void theOutputIsJsonAndNothingElse() throws IOException {
        assertThat(run("--endpoint", "https://telemetry.example.com", "--token", TOKEN)).isZero();

        assertThat(json().at("/env/OTEL_EXPORTER_OTLP_HEADERS").textValue()).isEqualTo("Authorization=Bearer " + TOKEN);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aWarningStaysOutOfTheFile() throws IOException {
        assertThat(run("--endpoint", "http://telemetry.example.com:4318")).isZero();

        assertThat(json().at("/env/OTEL_EXPORTER_OTLP_ENDPOINT").textValue()).isEqualTo("http://telemetry.example.com:4318");
        assertThat(err.toString()).startsWith("warning: ").contains("plain http");
    }

    @Test
    void whatIsSaidAfterTheFileNamesNoToken() {
        assertThat(run("--endpoint", "https://telemetry.example.com", "--token", TOKEN, "--explain")).isZero();

        var words = out.toString().split("\nWhere it goes\n", 2);
        assertThat(words[0]).contains(TOKEN);
        assertThat(words[1]).doesNotContain(TOKEN).contains("/etc/claude-code/managed-settings.json", "/Library/Application Support/ClaudeCode/",
                "C:\\Program Files\\ClaudeCode\\", "env.OTEL_LOG_TOOL_DETAILS = 1", "Without it: ");
    }

    @Test
    void theFirstRunGivesEndpointAndOnRequestTheToken() throws IOException {
        Files.writeString(dataDir.resolve("first-run.json"), """
                {"otlpHttp": "http://127.0.0.1:4318", "ingestToken": "%s"}""".formatted(TOKEN));

        assertThat(run()).isZero();
        assertThat(out.toString()).contains("http://127.0.0.1:4318", "./trailwarden token issue").doesNotContain(TOKEN);

        out.getBuffer().setLength(0);
        assertThat(run("--with-first-token")).isZero();
        assertThat(json().at("/env/OTEL_EXPORTER_OTLP_HEADERS").textValue()).endsWith(TOKEN);
    }

    @Test
    void withoutAFirstRunTheEndpointIsAskedFor() {
        assertThat(run()).isEqualTo(2);

        assertThat(err.toString()).contains("first-run.json does not exist").contains("--endpoint").doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void tokenAndHelperExcludeEachOther() {
        assertThat(run("--endpoint", "https://telemetry.example.com", "--token", TOKEN, "--helper", "/opt/corp/otel-token.sh")).isEqualTo(2);

        assertThat(err.toString()).contains("mutually exclusive").doesNotContain(TOKEN);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatIsNoEndpointIsSaid() {
        assertThat(run("--endpoint", "telemetry.example.com")).isEqualTo(2);

        assertThat(err.toString()).startsWith("the endpoint must be").doesNotContain("Exception");
    }

    private int run(String... options) {
        System.setProperty(DATA_DIR, dataDir.toString());
        var arguments = new String[options.length + 1];
        arguments[0] = "settings";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .readTree(out.toString());
    }
}
