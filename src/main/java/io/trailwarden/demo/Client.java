package io.trailwarden.demo;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One process of Claude Code at work: says what the real one was measured to say, in its order, numbers and types.
///
/// Strings that are numbers, and numbers that are not strings, are as the client sends them.
final class Client {

    private static final List<String> PLUGINS = List.of("cc-plugin-agents-md", "cc-plugin-privacy", "cc-plugin-diff");

    private final Person person;
    private final Random random;
    private final Consumer<Telemetry> out;
    private final String repository;
    private final String model;

    private Instant clock;
    private String session;
    private String mode;
    private long sequence;
    private @Nullable String prompt;
    private String trace = "";
    private String interaction = "";
    private long context = 14_000;
    private int requests;

    private String email;
    private String organization = Company.ORGANIZATION;
    private boolean details = true;
    private boolean redirected;

    Client(Person person, String repository, String mode, Instant start, Random random, Consumer<Telemetry> out) {
        this.person = person;
        this.repository = repository;
        this.mode = mode;
        this.random = random;
        this.out = out;
        clock = start.truncatedTo(ChronoUnit.MILLIS);
        session = Company.uuid(random);
        email = person.email();
        model = random.nextInt(3) == 0 ? "claude-opus-5-5" : "claude-sonnet-5-5";
    }

    /// Folder of the repository that this client was started in.
    String folder() {
        return person.machine().home() + "/src/" + repository;
    }

    Person person() {
        return person;
    }

    String mode() {
        return mode;
    }

    Instant now() {
        return clock;
    }

    Random random() {
        return random;
    }

    /// Signed in as somebody else.
    Client as(String otherEmail) {
        email = otherEmail;
        return this;
    }

    /// Signed in to another organisation.
    Client of(String otherOrganization) {
        organization = otherOrganization;
        return this;
    }

    /// With tool details switched off, as they are by default.
    Client withoutDetails() {
        details = false;
        return this;
    }

    /// Sends its model requests to an address that somebody set.
    Client redirected() {
        redirected = true;
        return this;
    }

    /// What the client says when it starts.
    ///
    /// @param policy where managed settings came from, empty when there are none
    Client start(List<String> policy) {
        var resolved = Attributes.builder().put("managed_settings.trigger", "startup")
                .put(AttributeKey.stringArrayKey("managed_settings.sources"), policy).put("managed_settings.source_behavior", "first-wins")
                .put("managed_settings.helper.state", "none").put("managed_settings.helper.applied", "none");
        if (!policy.isEmpty()) {
            resolved.put("managed_settings.resolved_sha256", POLICY_DIGEST).put("managed_settings.settings", POLICY)
                    .put("managed_settings.settings_truncated", false);
        }
        say("managed_settings_resolved", resolved);
        for (var plugin : PLUGINS) {
            pause(1 + random.nextInt(30));
            say("plugin_loaded", Attributes.builder().put("plugin.name", plugin).put("marketplace.name", "builtin")
                    .put("plugin.scope", "default-bundle").put("enabled_via", "default-enable")
                    .put("plugin_id_hash", Integer.toHexString(plugin.hashCode()) + "a76abe54").put("has_hooks", true).put("has_mcp", false)
                    .put("host_owned_mcp", false).put("skill_path_count", 0L).put("command_path_count", 0L).put("agent_path_count", 0L));
        }
        return this;
    }

    /// The same, on a machine that gets its policy from the company.
    Client start() {
        return start(List.of("file"));
    }

    Client connects(String server, String transport, String scope) {
        pause(120 + random.nextInt(900));
        say("mcp_server_connection", Attributes.builder().put("status", "connected").put("transport_type", transport).put("server_scope", scope)
                .put("duration_ms", Integer.toString(90 + random.nextInt(1400))).put("is_plugin", false).put("server_name", server));
        return this;
    }

    Client failsToConnect(String server, String transport, String code) {
        pause(400 + random.nextInt(900));
        say("mcp_server_connection", Attributes.builder().put("status", "failed").put("transport_type", transport).put("server_scope", "user")
                .put("error_code", code).put("duration_ms", "30007").put("is_plugin", false).put("server_name", server));
        return this;
    }

    /// Anything the client says that has no method of its own.
    Client says(String event, AttributesBuilder attributes) {
        say(event, attributes);
        return this;
    }

    /// A person types `text`. The text is not sent: the company left it switched off.
    Client prompt(String text) {
        pause(2_000 + random.nextInt(4_000));
        prompt = Company.uuid(random);
        trace = hex(32);
        interaction = hex(16);
        say("user_prompt", Attributes.builder().put("prompt_length", Integer.toString(text.length())).put("prompt", "<REDACTED>")
                .put("prompt_text", "<REDACTED>").put("message.uuid", Company.uuid(random)));
        return this;
    }

    /// The model asks for `call`, `answer` is given, and it runs unless it was refused.
    Client call(Call call, Answer answer) {
        return call(call, answer, true);
    }

    /// @param succeeds whether it works when it runs
    Client call(Call call, Answer answer, boolean succeeds) {
        var request = ask(false);
        var use = "toolu_01" + hex(22);
        var asked = clock;
        pause(answer.took().toMillis());
        decided(call, answer, use, request);
        if (answer.byPerson()) {
            waited(call, answer, use, asked);
        }
        if (answer.accept()) {
            ran(call, answer, use, request, succeeds);
        }
        return this;
    }

    private void decided(Call call, Answer answer, String use, String request) {
        var decision = Attributes.builder().put("decision", answer.accept() ? "accept" : "reject").put("source", answer.source())
                .put("tool_name", call.tool()).put("tool_use_id", use).put("tool_source", call.kind() == Call.Kind.MCP ? "mcp" : "builtin")
                .put("permission_mode", mode).put("request_id", request);
        if (details && call.parameters() != null) {
            decision.put("tool_parameters", call.parameters());
        }
        say("tool_decision", decision);
    }

    private void ran(Call call, Answer answer, String use, String request, boolean succeeds) {
        long took = switch (call.kind()) {
            case READ -> 8 + random.nextInt(60);
            case EDIT -> 5 + random.nextInt(40);
            case SAFE_COMMAND -> 40 + random.nextInt(2_000);
            case COMMAND -> 300 + random.nextInt(25_000);
            case FETCH -> 700 + random.nextInt(4_000);
            case MCP -> 150 + random.nextInt(1_800);
            case AGENT -> 20_000 + random.nextInt(90_000);
        };
        pause(took);
        var result = Attributes.builder().put("tool_name", call.tool()).put("tool_use_id", use).put("success", Boolean.toString(succeeds))
                .put("duration_ms", Long.toString(took)).put("decision_source", answer.source()).put("decision_type", "accept")
                .put("tool_input_size_bytes", Integer.toString(call.input().length())).put("request_id", request);
        if (succeeds) {
            result.put("tool_result_size_bytes", Integer.toString(40 + random.nextInt(6_000)));
        } else {
            result.put("error_type", call.tool().equals("Bash") ? "ShellError" : "ToolError");
        }
        if (details) {
            if (call.parameters() != null) {
                result.put("tool_parameters", call.parameters());
            }
            result.put("tool_input", call.input());
        }
        if (call.kind() == Call.Kind.MCP) {
            result.put("mcp_server_scope", "user");
        }
        say("tool_result", result);
    }

    /// Two spans that only together tell how long a person took over which call.
    private void waited(Call call, Answer answer, String use, Instant asked) {
        var toolSpan = hex(16);
        span("claude_code.tool.blocked_on_user", asked, toolSpan, hex(16), Attributes.builder().put("span.type", "tool.blocked_on_user")
                .put("duration_ms", answer.took().toMillis()).put("decision", answer.accept() ? "accept" : "reject").put("source", answer.source()));
        span("claude_code.tool", asked, interaction, toolSpan, Attributes.builder().put("span.type", "tool").put("tool_name", call.tool())
                .put("tool_use_id", use).put("gen_ai.tool.call.id", use).put("duration_ms", answer.took().toMillis()));
    }

    private void span(String name, Instant began, String parent, String id, AttributesBuilder own) {
        out.accept(new Telemetry.Span(person.machine(), began, clock, name, trace, id, parent, repeated().putAll(own.build()).build()));
    }

    /// The model's last words on a prompt.
    Client answers() {
        var request = ask(true);
        say("assistant_response", Attributes.builder().put("response_length", (long) (80 + random.nextInt(1_600))).put("response", "<REDACTED>")
                .put("request_id", request).put("message.uuid", Company.uuid(random)).put("model", model).put("query_source", "repl_main_thread"));
        return this;
    }

    private String ask(boolean last) {
        var request = "req_011C" + hex(20);
        long took = 1_500 + random.nextInt(last ? 9_000 : 6_000);
        long output = 60 + random.nextInt(last ? 1_200 : 500);
        long fresh = 200 + random.nextInt(3_000);
        long cached = context;
        context = Math.min(160_000, context + fresh + output);
        boolean opus = model.contains("opus");
        long micros = (fresh * (opus ? 5 : 3) + output * (opus ? 25 : 15)) + cached * (opus ? 5 : 3) / 10;
        pause(took);
        requests++;
        say("api_request", Attributes.builder().put("model", model).put("input_tokens", fresh).put("output_tokens", output)
                .put("cache_read_tokens", cached).put("cache_creation_tokens", fresh).put("cache_creation_5m_tokens", fresh)
                .put("cache_creation_1h_tokens", 0L).put("cost_usd", micros / 1e6).put("cost_usd_micros", micros).put("duration_ms", took)
                .put("ttft_ms", took / 3).put("request_id", request).put("speed", "normal").put("query_source", "repl_main_thread")
                .put("effort", "medium"));
        return request;
    }

    /// Changes the permission mode and says so.
    Client mode(String to, String trigger) {
        pause(700 + random.nextInt(1_500));
        say("permission_mode_changed", Attributes.builder().put("from_mode", mode).put("to_mode", to).put("trigger", trigger));
        mode = to;
        return this;
    }

    /// Changes the permission mode and says nothing, which "Yes, and accept edits from now on" does.
    Client silently(String to) {
        mode = to;
        return this;
    }

    Client pause(long millis) {
        clock = clock.plusMillis(millis);
        return this;
    }

    Client pause(Duration duration) {
        return pause(duration.toMillis());
    }

    /// Loses the next `count` records.
    Client loses(int count) {
        sequence += count;
        return this;
    }

    /// Goes on later in a new process, on the same session: the numbers begin again.
    Client resumedAt(Instant later) {
        clock = later.truncatedTo(ChronoUnit.MILLIS);
        sequence = 0;
        prompt = null;
        return this;
    }

    private void say(String event, AttributesBuilder own) {
        var all = repeated().put("event.name", event).put("event.timestamp", stamp()).put("event.sequence", sequence++);
        if (prompt != null) {
            all.put("prompt.id", prompt);
        }
        out.accept(new Telemetry.Line(person.machine(), clock, event, all.putAll(own.build()).build()));
        pause(1 + random.nextInt(12));
    }

    /// Always with milliseconds, as the client does.
    private String stamp() {
        var text = clock.toString();
        return text.length() == 20 ? text.substring(0, 19) + ".000Z" : text;
    }

    /// What the client repeats on each record.
    private AttributesBuilder repeated() {
        return Attributes.builder().put("team.id", person.team().id()).put("user.id", person.machine().installation()).put("session.id", session)
                .put("organization.id", organization).put("user.email", email).put("user.account_uuid", person.account())
                .put("user.account_id", person.accountId()).put("app.version", person.machine().version()).put("app.entrypoint", "cli")
                .put("anthropic.provider", "firstParty").put("anthropic.custom_base_url", redirected)
                .put("terminal.type", person.machine().terminal()).put("vcs.repository.name", repository)
                .put("vcs.owner.name", person.team().id()).put("vcs.repository.url.full",
                        "https://git." + Company.DOMAIN + "/" + person.team().id() + "/" + repository);
    }

    private String hex(int digits) {
        var text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    private static final String POLICY = "{\"env\":{\"CLAUDE_CODE_ENABLE_TELEMETRY\":\"[REDACTED]\",\"OTEL_LOGS_EXPORTER\":\"[REDACTED]\","
            + "\"OTEL_LOG_TOOL_DETAILS\":\"[REDACTED]\"},\"permissions\":{\"deny\":[\"Read\",\"Bash\"],\"disableBypassPermissionsMode\":\"disable\"}}";
    private static final String POLICY_DIGEST = "28522eff43dd9e4fd0c400509db6a0ba017ea47f28da8499fabacc251da523e7";
}
