package io.trailwarden;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/// OTLP/JSON requests as Claude Code writes them, for tests that need one of their own.
public final class Requests {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Requests() {
    }

    /// A request with one event of `person`, timed now.
    public static byte[] event(String person, String session, long sequence, String name, Map<String, ?> attributes) {
        var request = JSON.createObjectNode();
        var resource = request.putArray("resourceLogs").addObject();
        var resourceAttributes = resource.putObject("resource").putArray("attributes");
        text(resourceAttributes, "service.name", "claude-code");
        text(resourceAttributes, "service.version", "2.1.329");
        var scope = resource.putArray("scopeLogs").addObject();
        scope.putObject("scope").put("name", "com.anthropic.claude_code.events").put("version", "2.1.329");
        var now = Instant.now();
        var record = scope.putArray("logRecords").addObject();
        record.put("timeUnixNano", now.toEpochMilli() + "000000");
        record.putObject("body").put("stringValue", "claude_code." + name);
        var own = record.putArray("attributes");
        text(own, "user.email", person);
        text(own, "session.id", session);
        text(own, "event.name", name);
        own.addObject().put("key", "event.sequence").putObject("value").put("intValue", sequence);
        attributes.forEach((key, value) -> {
            if (value instanceof Number number) {
                own.addObject().put("key", key).putObject("value").put("intValue", number.longValue());
            } else if (value instanceof Boolean truth) {
                own.addObject().put("key", key).putObject("value").put("boolValue", truth);
            } else {
                text(own, key, String.valueOf(value));
            }
        });
        return request.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A request with one decision of the client about a shell command.
    ///
    /// @param decision `accept` or `reject`
    public static byte[] command(String person, String session, long sequence, String command, String decision) {
        var parameters = JSON.createObjectNode().put("bash_command", command.split(" ", 2)[0]).put("full_command", command);
        return event(person, session, sequence, "tool_decision", Map.of("tool_name", "Bash", "tool_use_id", "toolu_" + session + sequence,
                "tool_source", "builtin", "decision", decision, "source", "config", "permission_mode", "default",
                "tool_parameters", parameters.toString()));
    }

    private static void text(ArrayNode attributes, String key, String value) {
        ObjectNode attribute = attributes.addObject().put("key", key);
        attribute.putObject("value").put("stringValue", value);
    }
}
