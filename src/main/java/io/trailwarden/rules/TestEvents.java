package io.trailwarden.rules;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.FieldCatalogue;
import io.trailwarden.event.Json;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the records of one test out of its compact maps. For one test.
final class TestEvents {

    private static final Instant BEGINNING = Instant.parse("2026-11-02T12:00:00Z");
    private static final Set<String> KEYS = Set.of("name", "at", "person", "session", "principal", "signal", "command", "file", "url",
            "mcp", "duration");
    private static final Set<String> SPANS = Set.of("claude_code.interaction", "claude_code.llm_request", "claude_code.tool",
            "claude_code.tool.blocked_on_user", "claude_code.tool.execution", "claude_code.hook");
    /// Fields that are worked out from one attribute: a test that sets them sends that attribute.
    private static final Map<String, String> SENT_AS = Map.of("client.version", "app.version", "client.name", "service.name",
            "identity.organization", "organization.id", "mode.stated", "permission_mode", "decision.by", "source");

    private final TestRecord.Reader reader;
    private final Map<String, ModeTracker> modes = new HashMap<>();
    private final Map<String, String> openCalls = new HashMap<>();
    private Instant time = BEGINNING.minusSeconds(1);
    private int calls;
    private long position;

    TestEvents(TestRecord.Reader reader) {
        this.reader = reader;
    }

    List<StoredEvent> read(YamlNode.Items events) {
        var read = new ArrayList<StoredEvent>();
        for (var event : events.values()) {
            if (!(event instanceof YamlNode.Fields fields)) {
                throw new InvalidRule(event, "an event is a map, got " + event.kindName());
            }
            read.add(read(fields));
        }
        return read;
    }

    private StoredEvent read(YamlNode.Fields event) {
        var name = text(event, "name", "");
        if (name.isEmpty()) {
            throw new InvalidRule(event, "an event needs a name, such as tool_decision");
        }
        time = time(event);
        var session = text(event, "session", "s1");
        var sent = Attributes.builder();
        sent.put("event.name", name).put("session.id", session).put("user.email", text(event, "person", "user@example.com"));
        addToolCall(event, name, session, sent);
        var derived = Attributes.builder();
        for (var entry : event.entries()) {
            if (!KEYS.contains(entry.key().text())) {
                addField(entry, sent, derived);
            }
        }
        var attributes = sent.build();
        var record = new TestRecord(signal(event, name), name, time, attributes, spanId(event, "span.id"), spanId(event, "span.parent_id"),
                Duration.ofMillis(duration(event, attributes)), text(event, "principal", "test"));
        return stored(record, derived.build(), session);
    }

    private StoredEvent stored(TestRecord record, Attributes set, String session) {
        var seen = reader.read(record);
        var observation = new Observation(seen.signal(), seen.name(), seen.time(), seen.origin(), seen.attributes(),
                Attributes.builder().putAll(seen.derived()).putAll(set).build(), seen.envelope());
        var event = AuditEvent.of(observation, time.plusSeconds(2));
        var after = modes.getOrDefault(session, ModeTracker.UNKNOWN).observe(event).after();
        modes.put(session, after);
        var mode = set.text("mode.effective");
        return new StoredEvent(++position, event, mode == null ? after.mode() : mode);
    }

    private Instant time(YamlNode.Fields event) {
        var at = event.get("at");
        if (at == null) {
            return time.plusSeconds(1);
        }
        var written = text(event, "at", "");
        var seconds = Matcher.numeric(written);
        if (seconds != null) {
            return BEGINNING.plusMillis(Math.round(seconds * 1000));
        }
        try {
            return Instant.parse(written);
        } catch (DateTimeParseException invalid) {
            throw new InvalidRule(at, "at must be seconds or a time such as 2026-11-02T12:00:00Z, got '" + written + "'");
        }
    }

    private static Signal signal(YamlNode.Fields event, String name) {
        var written = text(event, "signal", SPANS.contains(name) ? "span" : "log");
        for (var signal : Signal.values()) {
            if (signal.wireName().equals(written)) {
                return signal;
            }
        }
        throw new InvalidRule(event, "signal must be log, span or metric, got '" + written + "'");
    }

    private static long duration(YamlNode.Fields event, Attributes attributes) {
        var sent = attributes.number("duration_ms");
        var written = Matcher.numeric(text(event, "duration", sent == null ? "0" : sent.toString()));
        return written == null ? 0 : Math.round(written);
    }

    /// Any text will do in a test; on the wire it is eight bytes.
    private static String spanId(YamlNode.Fields event, String key) {
        var written = text(event, key, "");
        return written.isEmpty() ? "" : HexFormat.of().toHexDigits(written.hashCode() & 0xffffffffL | 1L << 40);
    }

    /// What the client sends with every tool call, as far as the test says nothing else.
    private void addToolCall(YamlNode.Fields event, String name, String session, Attributes.Builder sent) {
        boolean decision = name.equals("tool_decision");
        boolean result = name.equals("tool_result");
        if (decision) {
            openCalls.put(session, "t" + ++calls);
            sent.put("decision", "accept").put("source", "config");
        }
        if (result) {
            sent.put("success", Value.of(true)).put("decision_type", "accept").put("decision_source", "config");
        }
        if (decision || result) {
            sent.put("tool_use_id", openCalls.computeIfAbsent(session, _ -> "t" + ++calls));
            addArguments(event, result, sent);
        }
    }

    private static void addArguments(YamlNode.Fields event, boolean result, Attributes.Builder sent) {
        var command = text(event, "command", "");
        var file = text(event, "file", "");
        var url = text(event, "url", "");
        var mcp = text(event, "mcp", "");
        if (!command.isEmpty()) {
            var tool = text(event, "tool_name", "Bash");
            sent.put("tool_name", tool);
            if (tool.equals("Bash")) {
                sent.put("tool_parameters", json("bash_command", command.strip().split("\\s+", 2)[0], "full_command", command));
            } else if (result) {
                sent.put("tool_input", json("command", command));
            }
        } else if (!file.isEmpty()) {
            sent.put("tool_name", text(event, "tool_name", "Read"));
            sent.put("tool_input", result ? json("file_path", file) : null);
        } else if (!url.isEmpty()) {
            sent.put("tool_name", text(event, "tool_name", "WebFetch"));
            sent.put("tool_input", result ? json("url", url) : null);
        } else if (!mcp.isEmpty()) {
            int slash = mcp.indexOf('/');
            sent.put("tool_name", "mcp_tool").put("tool_source", "mcp").put("tool_parameters", json("mcp_server_name",
                    slash < 0 ? mcp : mcp.substring(0, slash), "mcp_tool_name", slash < 0 ? "" : mcp.substring(slash + 1)));
        }
    }

    private static String json(String... keysAndValues) {
        var object = Attributes.builder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Json.write(object.build());
    }

    private static void addField(YamlNode.Entry entry, Attributes.Builder sent, Attributes.Builder derived) {
        var key = entry.key().text();
        var field = FieldCatalogue.find(key);
        if (field.isEmpty()) {
            throw new InvalidRule(entry.key(), "unknown field '" + key + "' in an event"
                    + FieldNames.proposal(key, FieldCatalogue.all().stream().map(one -> one.name()).toList()));
        }
        var sentAs = SENT_AS.get(key);
        if (sentAs != null || !field.get().ours()) {
            sent.put(sentAs == null ? key : sentAs, value(entry.value()));
        } else if (!key.equals("span.id") && !key.equals("span.parent_id")) {
            derived.put(key, value(entry.value()));
        }
    }

    private static Value value(YamlNode node) {
        return switch (node) {
            case YamlNode.Items items -> new Value.Array(items.values().stream().map(TestEvents::value).toList());
            case YamlNode.Fields fields -> {
                var entries = Attributes.builder();
                fields.entries().forEach(entry -> entries.put(entry.key().text(), value(entry.value())));
                yield Value.of(Json.write(entries.build()));
            }
            case YamlNode.Scalar scalar -> scalar(scalar);
        };
    }

    private static Value scalar(YamlNode.Scalar scalar) {
        var text = Value.of(scalar.text());
        return switch (scalar.kind()) {
            case TEXT -> text;
            case INT -> text.asLong() == null ? text : Value.of(text.asLong().longValue());
            case FLOAT -> text.asDouble() == null ? text : Value.of(text.asDouble().doubleValue());
            case BOOL -> Value.of(scalar.truth());
            case NULL -> Value.EMPTY;
        };
    }

    private static String text(YamlNode.Fields event, String key, String otherwise) {
        @Nullable YamlNode node = event.get(key);
        if (node == null) {
            return otherwise;
        }
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text();
        }
        throw new InvalidRule(node, key + " must be text, got " + node.kindName());
    }
}
