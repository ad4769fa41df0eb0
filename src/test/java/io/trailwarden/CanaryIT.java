package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A secret that a client sends is nowhere on disk afterwards: not in the spool, the database, its log, or ours.
class CanaryIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// One part of the canary; it is put together at run time, so that the compiled test is not mistaken for a leak.
    private static final String TAIL = "Zq8vT3rXn5Lw7Kp2Yc9Bd4Hf6Jm1Gs0A";

    @Test
    void aPlantedSecretIsFoundNowhereOnDisk() throws Exception {
        var secret = "ghp_" + TAIL + "xY3z";
        var words = "my grandmother keeps pelicans " + TAIL;

        try (var program = ProgramUnderTest.start()) {
            program.send("logs", "application/json", logs(secret, words));
            program.send("metrics", "application/json", metrics(secret));
            program.send("traces", "application/json", traces(secret, words));
            assertThat(program.awaitLoaded().path("stored").asLong()).isEqualTo(4);
            assertThat(program.list("/api/v1/events").toString()).doesNotContain(TAIL).contains("redacted");
            program.stop();

            assertThat(filesHolding(program.dataDir(), TAIL)).isEmpty();
        }
    }

    private static byte[] logs(String secret, String words) throws IOException {
        var request = JSON.readTree(Requests.event("user@example.com", "s1", 1, "user_prompt",
                Map.of("prompt", words, "prompt_text", words, "prompt_length", "60")));
        var input = JSON.createObjectNode().put("command", "curl -H 'Authorization: Bearer " + secret + "' https://api.example.com").toString();
        var parameters = JSON.createObjectNode().put("full_command", "curl -H 'Authorization: Bearer " + secret + "' https://api.example.com").toString();
        var second = JSON.readTree(Requests.event("user@example.com", "s1", 2, "tool_result", Map.of("tool_name", "Bash", "tool_input", input,
                "tool_parameters", parameters, "error", "fatal: authentication failed for https://user:" + secret + "@git.example.com")));
        var both = (com.fasterxml.jackson.databind.node.ObjectNode) request;
        ((com.fasterxml.jackson.databind.node.ArrayNode) both.path("resourceLogs")).add(second.path("resourceLogs").path(0));
        var resource = (com.fasterxml.jackson.databind.node.ArrayNode) both.at("/resourceLogs/0/resource/attributes");
        resource.addObject().put("key", "deploy.token").putObject("value").put("stringValue", secret);
        return both.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] metrics(String secret) {
        return ("{\"resourceMetrics\":[{\"resource\":{\"attributes\":[]},\"scopeMetrics\":[{\"scope\":{\"name\":\"com.anthropic.claude_code\"},"
                + "\"metrics\":[{\"name\":\"claude_code.token.usage\",\"sum\":{\"aggregationTemporality\":1,\"isMonotonic\":true,\"dataPoints\":["
                + "{\"timeUnixNano\":\"" + System.currentTimeMillis() + "000000\",\"asDouble\":3,\"attributes\":[{\"key\":\"label\",\"value\":{\"stringValue\":\""
                + secret + "\"}}]}]}}]}]}]}").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] traces(String secret, String words) {
        return ("{\"resourceSpans\":[{\"resource\":{\"attributes\":[]},\"scopeSpans\":[{\"scope\":{\"name\":\"com.anthropic.claude_code.tracing\"},"
                + "\"spans\":[{\"traceId\":\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\",\"name\":\"claude_code.tool\","
                + "\"startTimeUnixNano\":\"" + System.currentTimeMillis() + "000000\",\"endTimeUnixNano\":\"" + System.currentTimeMillis() + "000000\","
                + "\"attributes\":[{\"key\":\"full_command\",\"value\":{\"stringValue\":\"export GITHUB_TOKEN=" + secret + "\"}},"
                + "{\"key\":\"user_prompt\",\"value\":{\"stringValue\":\"" + words + "\"}}],"
                + "\"events\":[{\"timeUnixNano\":\"1\",\"name\":\"tool.output\",\"attributes\":[{\"key\":\"output\",\"value\":{\"stringValue\":\"" + words
                + " " + secret + "\"}}]}]}]}]}]}").getBytes(StandardCharsets.UTF_8);
    }

    private static List<Path> filesHolding(Path folder, String text) throws IOException {
        var holding = new ArrayList<Path>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    holding.add(file);
                }
            }
        }
        return holding;
    }
}
