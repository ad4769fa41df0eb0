package io.trailwarden.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tool call that the model asks for, with its arguments as the client reports them.
///
/// @param tool as the client names it: `mcp_tool` for every MCP tool
/// @param parameters `tool_parameters`, the summary that a decision carries too; null for tools that have none
/// @param input `tool_input`, the arguments of what ran
/// @param kind how much it asks for
record Call(String tool, @Nullable String parameters, String input, Kind kind) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// How much a call asks for, which decides whether a person is asked.
    enum Kind {
        READ, EDIT, SAFE_COMMAND, COMMAND, FETCH, MCP, AGENT
    }

    /// A command that no mode asks about.
    static Call safe(String command, String description) {
        return shell(command, description, Kind.SAFE_COMMAND);
    }

    static Call bash(String command, String description) {
        return shell(command, description, Kind.COMMAND);
    }

    private static Call shell(String command, String description, Kind kind) {
        int end = command.indexOf(' ');
        return new Call("Bash", json("bash_command", end < 0 ? command : command.substring(0, end), "full_command", command, "description", description),
                json("command", command, "description", description), kind);
    }

    static Call read(String path) {
        return new Call("Read", null, json("file_path", path), Kind.READ);
    }

    static Call grep(String pattern, String path) {
        return new Call("Grep", null, json("pattern", pattern, "path", path, "output_mode", "content"), Kind.READ);
    }

    static Call edit(String path, String before, String after) {
        return new Call("Edit", null, json("file_path", path, "old_string", before, "new_string", after, "replace_all", false), Kind.EDIT);
    }

    static Call write(String path, String content) {
        return new Call("Write", null, json("file_path", path, "content", content), Kind.EDIT);
    }

    static Call fetch(String url, String question) {
        return new Call("WebFetch", null, json("url", url, "prompt", question), Kind.FETCH);
    }

    static Call search(String query) {
        return new Call("WebSearch", null, json("query", query), Kind.READ);
    }

    static Call mcp(String server, String tool, Object... input) {
        return new Call("mcp_tool", json("mcp_server_name", server, "mcp_tool_name", tool), json(input), Kind.MCP);
    }

    static Call agent(String type, String description) {
        return new Call("Agent", json("subagent_type", type), json("description", description, "prompt", description, "subagent_type", type), Kind.AGENT);
    }

    /// @param entries names and values in turn
    static String json(Object... entries) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            object.put(String.valueOf(entries[i]), entries[i + 1]);
        }
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
