package io.trailwarden.forward;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the Elastic Common Schema calls the fields of a record.
///
/// @see <a href="https://www.elastic.co/docs/reference/ecs/ecs-allowed-values-event-category">ECS, allowed values</a>
record EcsFields(String event, Attributes fields) {

    /// ECS name, our name.
    private static final Map<String, String> NAMES = names();

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        names.put("process.command_line", "command.text");
        names.put("file.path", "file.path");
        names.put("destination.domain", "egress.host");
        names.put("url.full", "egress.url");
        names.put("error.message", "error");
        names.put("error.code", "status_code");
        names.put("gen_ai.tool.name", "tool_name");
        names.put("gen_ai.tool.call.id", "tool_use_id");
        names.put("gen_ai.request.model", "model");
        names.put("gen_ai.usage.input_tokens", "input_tokens");
        names.put("gen_ai.usage.output_tokens", "output_tokens");
        names.put("organization.id", "organization.id");
        names.put("service.name", "service.name");
        names.put("service.version", "service.version");
        names.put("host.os.type", "os.type");
        names.put("host.architecture", "host.arch");
        return names;
    }

    /// Fields by their dotted ECS names; of several values the first.
    Map<String, String> named() {
        var named = new LinkedHashMap<String, String>();
        NAMES.forEach((ecs, ours) -> {
            var value = fields.get(ours);
            if (value != null && !value.asTexts().isEmpty()) {
                named.put(ecs, value.asTexts().getFirst());
            }
        });
        return named;
    }

    /// `event.category`, none where ECS has none that fits.
    List<String> category() {
        return switch (event) {
            case "tool_decision", "tool_result" -> List.of(ofTool());
            case "api_request", "api_error", "api_refusal", "api_request_body", "api_response_body" -> List.of("api");
            case "permission_mode_changed", "managed_settings_resolved", "hook_registered" -> List.of("configuration");
            case "auth" -> List.of("authentication");
            case "mcp_server_connection" -> List.of("network");
            case "plugin_installed", "plugin_loaded" -> List.of("package");
            default -> List.of();
        };
    }

    private String ofTool() {
        return switch (textOr("tool.kind", "other")) {
            case "exec" -> "process";
            case "read", "write" -> "file";
            case "fetch", "search" -> "web";
            default -> "api";
        };
    }

    /// `event.type`
    List<String> type() {
        return switch (event) {
            case "tool_decision" -> textOr("decision", "").equals("accept") ? List.of("allowed") : List.of("denied");
            case "tool_result" -> switch (textOr("tool.kind", "other")) {
                case "exec" -> List.of("start");
                case "write" -> List.of("change");
                default -> List.of("access");
            };
            case "permission_mode_changed", "managed_settings_resolved" -> List.of("change");
            case "auth" -> List.of("start");
            case "mcp_server_connection" -> List.of("connection");
            case "plugin_installed" -> List.of("installation");
            default -> List.of("info");
        };
    }

    /// `event.outcome`
    String outcome() {
        if (event.equals("api_error") || event.equals("api_refusal")) {
            return "failure";
        }
        return switch (textOr("outcome", "")) {
            case "allowed", "done" -> "success";
            case "refused", "failed" -> "failure";
            default -> switch (textOr("success", "")) {
                case "true" -> "success";
                case "false" -> "failure";
                default -> "unknown";
            };
        };
    }

    /// Who or what decided, as [io.trailwarden.event.AuditEvent#decidedBy] has it; null when nothing tells.
    @Nullable String decidedBy() {
        return fields.text(fields.has("decision") ? "source" : "decision_source");
    }

    private String textOr(String name, String otherwise) {
        Value value = fields.get(name);
        return value == null ? otherwise : value.asText();
    }
}
