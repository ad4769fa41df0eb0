package io.trailwarden.event;

import static io.trailwarden.event.Field.Type.BOOLEAN;
import static io.trailwarden.event.Field.Type.NUMBER;
import static io.trailwarden.event.Field.Type.TEXT;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Every field that a rule may name. A rule that names another does not load: a spelling mistake would be a rule that
/// never fires.
///
/// Fields of the client are those of its monitoring page and of what version 2.1.329 was measured to send.
/// `docs/fields.md` is written from here.
public final class FieldCatalogue {

    private static final String DETAILS = "OTEL_LOG_TOOL_DETAILS";
    private static final String PROMPTS = "OTEL_LOG_USER_PROMPTS";
    private static final String TRACES = "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA";
    private static final String VERSION = "OTEL_METRICS_INCLUDE_VERSION";
    private static final String ENTRYPOINT = "OTEL_METRICS_INCLUDE_ENTRYPOINT";
    private static final String REPOSITORY = "OTEL_METRICS_INCLUDE_REPOSITORY";
    private static final String POLICY = "OTEL_LOG_MANAGED_SETTINGS";

    private static final Map<String, Field> FIELDS = new LinkedHashMap<>();

    static {
        everyRecord();
        who();
        tools();
        commands();
        filesAndEgress();
        mcp();
        modes();
        policyAndHooks();
        prompts();
        api();
        extensions();
        spansAndMetrics();
    }

    private FieldCatalogue() {
    }

    /// All fields, those that belong together side by side.
    public static Collection<Field> all() {
        return FIELDS.values();
    }

    /// The field called `name`.
    public static Optional<Field> find(String name) {
        return Optional.ofNullable(FIELDS.get(name));
    }

    private static void everyRecord() {
        ours("event.name", TEXT, "What happened: `tool_decision`, `permission_mode_changed`, or a span's or metric's name");
        ours("event.signal", TEXT, "`log`, `metric` or `span`");
        sent("event.sequence", NUMBER, "", "Counts records from 0 per client process; starts again when a session is resumed");
        sent("event.timestamp", TEXT, "", "The client's clock, ISO 8601");
        sent("session.id", TEXT, "", "The session; `/clear` begins a new one, resuming keeps it");
        sent("ccr.session.id", TEXT, "", "The session of a cloud session");
        sent("prompt.id", TEXT, "", "Everything that one prompt caused has the same");
        sent("request_id", TEXT, "", "The model request that asked for the tool, or that this record is about");
        sent("client_request_id", TEXT, "", "The client's own name for a model request");
        sent("message.uuid", TEXT, "", "Entry of the client's transcript");
        sent("workflow.run_id", TEXT, "", "Run of a workflow, on records of its agents");
        sent("workflow.name", TEXT, DETAILS, "Name of that workflow; `custom` without details");
        sent("agent_id", TEXT, "", "The subagent, absent in the main conversation");
        sent("parent_agent_id", TEXT, "", "The subagent that started this one");
        many("workspace.host_paths", TEXT, "", "Folders chosen in the desktop app");
        ours("details.present", BOOLEAN, "Whether a call of Bash or of an MCP tool came with its arguments; false where the client keeps them back");
    }

    private static void who() {
        ours("identity.person", TEXT, "The e-mail where the client is signed in, else `enduser.id`, else the install id");
        ours("identity.principal", TEXT, "Name of the ingest token that the record came with: authenticated, unlike all that the client says");
        ours("identity.organization", TEXT, "`organization.id`");
        ours("client.name", TEXT, "`service.name`: `claude-code`, `claude-code-desktop`, or another sender");
        ours("client.version", TEXT, "Version of Claude Code; for the desktop app only where `app.version` is sent");
        sent("user.id", TEXT, "", "Random id of the installation, made anew when its file is deleted");
        sent("user.email", TEXT, "", "Login e-mail, when signed in to a Claude account");
        sent("user.account_uuid", TEXT, "", "Account, when signed in");
        sent("user.account_id", TEXT, "", "The same account in the form of the admin interface");
        sent("user.groups", TEXT, "", "Groups of the identity provider, in gateway sessions");
        sent("identity.source", TEXT, "", "`gateway-oidc` in gateway sessions");
        sent("organization.id", TEXT, "", "Organisation of the Claude account; absent with an API key or a cloud provider");
        sent("enduser.id", TEXT, "", "Set by the company through OTEL_RESOURCE_ATTRIBUTES");
        sent("team.id", TEXT, "", "Set by the company through OTEL_RESOURCE_ATTRIBUTES");
        sent("terminal.type", TEXT, "", "`vscode`, `tmux`, `xterm-256color`, `non-interactive`, ...");
        sent("app.version", TEXT, VERSION, "Version of Claude Code");
        sent("app.entrypoint", TEXT, ENTRYPOINT, "`cli`, `sdk-cli`, `sdk-ts`, `sdk-py`, `claude-vscode`, ...");
        sent("anthropic.provider", TEXT, "", "`firstParty` or the cloud that serves the model");
        sent("anthropic.custom_base_url", BOOLEAN, "", "Whether model requests go to an address of somebody's choosing");
        sent("service.name", TEXT, "", "OTLP resource: the product that sends");
        sent("service.version", TEXT, "", "OTLP resource: its version");
        sent("os.type", TEXT, "", "OTLP resource: `linux`, `darwin`, `windows`");
        sent("os.version", TEXT, "", "OTLP resource");
        sent("host.arch", TEXT, "", "OTLP resource");
        sent("wsl.version", TEXT, "", "OTLP resource, under WSL only");
        sent("vcs.repository.url.full", TEXT, REPOSITORY, "Address of the repository's `origin`; the company can overwrite it");
        sent("vcs.repository.name", TEXT, REPOSITORY, "Name of the repository");
        sent("vcs.owner.name", TEXT, REPOSITORY, "Owner of the repository");
        sent("vcs.provider.name", TEXT, REPOSITORY, "`github`, `gitlab`, `bitbucket`, `gitea`");
        sent("action", TEXT, "", "On `auth`: `login` or `logout`");
        sent("auth_method", TEXT, "", "On `auth`: such as `oauth`");
        sent("error_category", TEXT, "", "On `auth`: why it failed");
    }

    private static void tools() {
        sent("tool_name", TEXT, "", "`Bash`, `Read`, ...; `mcp_tool` for every MCP tool");
        sent("tool_use_id", TEXT, "", "One tool call; joins decision, result and spans");
        sent("tool_source", TEXT, "", "`builtin`, `mcp`, `sdk_host_builtin_mcp`");
        ours("tool.kind", TEXT, "`exec`, `read`, `write`, `fetch`, `search`, `mcp`, `agent` or `other`");
        sent("decision", TEXT, "", "`accept` or `reject`");
        sent("decision_type", TEXT, "", "On results: always `accept`");
        sent("source", TEXT, "", "On decisions: `config`, `hook`, `user_temporary`, `user_permanent`, `user_reject`, `user_abort`");
        sent("decision_source", TEXT, "", "On results: the same, in interactive sessions");
        ours("decision.by", TEXT, "`source` of a decision, `decision_source` of a result");
        ours("decision.human", BOOLEAN, "Whether a person answered, as far as the client tells");
        ours("outcome", TEXT, "`allowed` or `refused` on decisions, `done` or `failed` on results");
        sent("tool_parameters", TEXT, DETAILS, "JSON: the gist of the arguments; the only trace of what a refused call wanted");
        sent("tool_input", TEXT, DETAILS, "JSON: the arguments, each value cut at 512 characters; on results only");
        sent("tool_input_size_bytes", NUMBER, "", "Size of the arguments");
        sent("tool_result_size_bytes", NUMBER, "", "Size of the result");
        sent("success", BOOLEAN, "", "Whether it worked");
        sent("duration_ms", NUMBER, "", "How long it took");
        sent("error_type", TEXT, "", "Class of the error, such as `ShellError`");
        sent("error", TEXT, DETAILS, "The error's text");
        sent("vcs.ref.head.revision", TEXT, DETAILS, "Commit that a `git commit` or push ended at");
        sent("vcs.ref.head.name", TEXT, DETAILS, "Branch of that commit");
        sent("vcs.ref.head.type", TEXT, DETAILS, "`branch`");
    }

    private static void commands() {
        derived("command.text", DETAILS, "The whole command, as given to the shell");
        put(new Field("command.parsed", BOOLEAN, false, true, DETAILS, "", "Whether all of it was understood"));
        derivedMany("command.programs", DETAILS, "Programs it would run, without folder and quoting, wrappers and what they wrap");
        derivedMany("command.calls", DETAILS, "Each simple command, its words after quoting joined by one space");
        derivedMany("command.reads", DETAILS, "Files it reads");
        derivedMany("command.writes", DETAILS, "Files it writes");
        derivedMany("command.deletes", DETAILS, "Files it removes");
        derivedMany("command.hosts", DETAILS, "Hosts it speaks to, lower case, without port");
        derivedMany("command.urls", DETAILS, "URLs in it");
        derivedMany("command.pipes", DETAILS, "Each pipe as `left|right`");
        derivedMany("command.marks", DETAILS, "What is notable: `sends_to_network`, `network_to_shell`, `decode_to_shell`, `privileged`, `force_push`, ...");
        derivedMany("command.remotes", DETAILS, "What git is told to speak to: `origin`, or a URL");
        put(new Field("command.pipes_to_network", BOOLEAN, false, true, DETAILS, "", "Whether data flows into a program that sends it away"));
        put(new Field("sandbox.disabled", BOOLEAN, false, true, DETAILS, "", "Whether the call asked to run outside the sandbox"));
    }

    private static void filesAndEgress() {
        derived("file.path", DETAILS, "File of a Read, Write, Edit, Grep or Glob; on results only");
        derivedMany("file.reads", DETAILS, "Files read, by tool or by shell");
        derivedMany("file.writes", DETAILS, "Files written, by tool or by shell");
        derivedMany("file.deletes", DETAILS, "Files removed by shell");
        derivedMany("egress.host", DETAILS, "Hosts spoken to, by WebFetch or by shell");
        derivedMany("egress.url", DETAILS, "URLs spoken to, by WebFetch or by shell");
        ours("egress.by", TEXT, "`webfetch`, `websearch`, `shell` or `mcp`");
    }

    private static void mcp() {
        derived("mcp.server", DETAILS, "Name of the MCP server: a label that the person chose, not an identity");
        derived("mcp.tool", DETAILS, "Name of its tool");
        ours("mcp.scope", TEXT, "`user`, `project`, `local`, `dynamic`, ...: where its configuration comes from");
        ours("mcp.transport", TEXT, "`stdio`, `http`, `sse`");
        ours("mcp.status", TEXT, "`connected`, `failed`, `disconnected`");
        sent("server_name", TEXT, DETAILS, "As `mcp.server`, on connections");
        sent("server_scope", TEXT, "", "As `mcp.scope`, on connections");
        sent("mcp_server_scope", TEXT, "", "As `mcp.scope`, on results");
        sent("transport_type", TEXT, "", "As `mcp.transport`");
        sent("status", TEXT, "", "As `mcp.status`");
        sent("error_code", TEXT, "", "Why a connection, or an internal step, failed");
        sent("is_plugin", BOOLEAN, "", "Whether a plugin brought the server");
        sent("mcp_server.name", TEXT, "", "Server that a model request is attributed to");
        sent("mcp_tool.name", TEXT, "", "Tool that a model request is attributed to");
    }

    private static void modes() {
        ours("mode.effective", TEXT, "The session's permission mode once this record is taken into account, announced or not");
        ours("mode.stated", TEXT, "The mode that this record itself states");
        since("permission_mode", TEXT, "", "2.1.329", "On decisions: the mode in which the question was asked");
        sent("from_mode", TEXT, "", "On `permission_mode_changed`: the mode left");
        sent("to_mode", TEXT, "", "On `permission_mode_changed`: the mode entered");
        sent("trigger", TEXT, "", "What made the change: `shift_tab`, `bash_permission_prompt_upsell`, ...; absent when a program did. On `compaction`: `auto` or `manual`");
    }

    private static void policyAndHooks() {
        ours("policy.managed", BOOLEAN, "On `managed_settings_resolved`: whether any managed settings are in force");
        put(new Field("managed_settings.sources", TEXT, true, false, "", "2.1.274", "Where managed settings come from, strongest first; empty when none are in force"));
        since("managed_settings.trigger", TEXT, "", "2.1.274", "`startup`, `change` or `refused`");
        since("managed_settings.source_behavior", TEXT, "", "2.1.274", "`first-wins` or `merge`");
        since("managed_settings.helper.state", TEXT, "", "2.1.274", "`ok`, `none`, or how the helper failed");
        since("managed_settings.helper.applied", TEXT, "", "2.1.274", "`output` or `none`");
        since("managed_settings.helper.entry", TEXT, "", "2.1.274", "`policyHelper` or absent");
        since("managed_settings.helper.path", TEXT, "", "2.1.274", "Path of the helper");
        since("managed_settings.resolved_sha256", TEXT, POLICY, "2.1.274", "Digest of the settings in force");
        since("managed_settings.settings", TEXT, POLICY, "2.1.274", "JSON: the settings in force, free text removed");
        since("managed_settings.settings_truncated", BOOLEAN, POLICY, "2.1.274", "Whether that JSON is cut");
        since("error.type", TEXT, "", "2.1.274", "Why managed settings were refused");
        sent("hook_event", TEXT, "", "`PreToolUse`, `PermissionRequest`, ...");
        sent("hook_name", TEXT, "", "Event and matcher, such as `PreToolUse:Bash`");
        sent("hook_type", TEXT, "", "`command`, `prompt`, `mcp_tool`, `http`, `agent`");
        sent("hook_source", TEXT, "", "`policySettings`, `merged`, `userSettings`, `projectSettings`, ...");
        sent("hook_matcher", TEXT, DETAILS, "Which tools it is for");
        sent("managed_only", BOOLEAN, "", "Whether only managed hooks ran");
        sent("safe_mode", BOOLEAN, "", "Whether the client was started without customisations");
        sent("num_hooks", NUMBER, "", "Hooks that matched");
        sent("num_success", NUMBER, "", "Hooks that agreed");
        sent("num_blocking", NUMBER, "", "Hooks that blocked");
        sent("num_non_blocking_error", NUMBER, "", "Hooks that failed without blocking");
        sent("num_cancelled", NUMBER, "", "Hooks that were cancelled");
        sent("total_duration_ms", NUMBER, "", "How long all hooks took");
        sent("result", TEXT, "", "On `retention_sweep`: `complete` or `skipped`");
        sent("period_days", NUMBER, "", "On `retention_sweep`: days that transcripts are kept on the machine");
        sent("error_name", TEXT, "", "On `internal_error`: its class");
    }

    private static void prompts() {
        sent("prompt_length", NUMBER, "", "Characters of the prompt");
        sent("prompt", TEXT, PROMPTS, "The prompt, as far as our policy keeps it");
        since("prompt_text", TEXT, PROMPTS, "2.1.287", "The same again");
        sent("command_name", TEXT, DETAILS, "Slash command, `custom` where details are kept back");
        sent("command_source", TEXT, "", "`builtin`, `custom` or `mcp`");
        since("response", TEXT, "OTEL_LOG_ASSISTANT_RESPONSES", "2.1.193", "The answer, as far as our policy keeps it");
        since("response_length", NUMBER, "", "2.1.193", "Characters of the answer");
        sent("mention_type", TEXT, "", "On `at_mention`: `file`, `directory`, `agent`, `mcp_resource`, `peer`");
        sent("pre_tokens", NUMBER, "", "On `compaction`: tokens before");
        sent("post_tokens", NUMBER, "", "On `compaction`: tokens after");
    }

    private static void api() {
        sent("model", TEXT, "", "The model asked");
        sent("cost_usd", NUMBER, "", "Estimated cost of a request, US dollars");
        sent("cost_usd_micros", NUMBER, "", "The same in millionths");
        sent("input_tokens", NUMBER, "", "Tokens sent, cache not counted");
        sent("output_tokens", NUMBER, "", "Tokens received");
        sent("cache_read_tokens", NUMBER, "", "Tokens read from the cache");
        sent("cache_creation_tokens", NUMBER, "", "Tokens put into the cache");
        sent("ttft_ms", NUMBER, "", "Milliseconds to the first token");
        sent("speed", TEXT, "", "`normal` or `fast`");
        sent("effort", TEXT, "", "`low` to `max`");
        sent("query_source", TEXT, "", "What asked: `repl_main_thread`, `sdk`, `compact`, a subagent, ...");
        sent("status_code", TEXT, "", "HTTP status of a failure");
        sent("attempt", NUMBER, "", "Which attempt failed");
        sent("total_attempts", NUMBER, "", "Attempts until it gave up");
        sent("category", TEXT, DETAILS, "On `api_refusal`: `cyber`, `bio`, ...");
        sent("has_category", BOOLEAN, "", "On `api_refusal`: whether it has a category");
        sent("body_length", NUMBER, "OTEL_LOG_RAW_API_BODIES", "Length of a raw request or response body");
    }

    private static void extensions() {
        sent("plugin.name", TEXT, DETAILS, "Plugin; `third-party` without details");
        sent("plugin.version", TEXT, DETAILS, "Its version");
        sent("plugin.scope", TEXT, "", "`official`, `community`, `org`, `user-local`, `default-bundle`");
        sent("plugin_id_hash", TEXT, "", "Hash that tells plugins apart without their names");
        sent("marketplace.name", TEXT, DETAILS, "Where it comes from");
        sent("marketplace.is_official", BOOLEAN, "", "Whether that is the vendor's");
        sent("enabled_via", TEXT, "", "`org-policy`, `user-install`, ...");
        sent("install.trigger", TEXT, "", "`cli` or `ui`");
        sent("has_hooks", BOOLEAN, "", "Whether the plugin brings hooks");
        sent("has_mcp", BOOLEAN, "", "Whether the plugin brings MCP servers");
        sent("skill.name", TEXT, DETAILS, "Skill; `custom_skill` without details");
        sent("skill.source", TEXT, "", "`bundled`, `userSettings`, `projectSettings`, `plugin`");
        sent("invocation_trigger", TEXT, "", "`user-slash`, `claude-proactive`, `nested-skill`");
        sent("agent.name", TEXT, DETAILS, "Subagent that a request is attributed to");
        sent("agent_type", TEXT, DETAILS, "Kind of a subagent; `custom` without details");
        sent("agent.source", TEXT, "", "Where its definition comes from");
        sent("is_built_in", BOOLEAN, "", "Whether the vendor ships it");
        sent("total_tokens", NUMBER, "", "On `subagent_completed`: tokens of its last request");
        sent("total_tool_uses", NUMBER, "", "On `subagent_completed`: tools it used");
    }

    private static void spansAndMetrics() {
        put(new Field("span.id", TEXT, false, true, TRACES, "", "The span"));
        put(new Field("span.parent_id", TEXT, false, true, TRACES, "", "The span it is part of"));
        put(new Field("span.trace_id", TEXT, false, true, TRACES, "", "The trace it is part of"));
        put(new Field("span.duration_ms", NUMBER, false, true, TRACES, "", "From its start to its end"));
        put(new Field("decision.wait_ms", NUMBER, false, true, TRACES, "", "How long the question stood open, on the spans of waiting"));
        sent("span.type", TEXT, TRACES, "`interaction`, `llm_request`, `tool`, `tool.blocked_on_user`, ...");
        since("bash_command_class", TEXT, TRACES, "2.1.268", "Kind of command, sent even without details: `vcs`, `package_manager`, ...");
        since("bash_argv0", TEXT, TRACES, "2.1.268", "Program, from a closed list, sent even without details");
        sent("full_command", TEXT, DETAILS, "The command, on tool spans");
        sent("file_path", TEXT, DETAILS, "The file, on tool spans");
        put(new Field("metric.value", NUMBER, false, true, "", "", "Value of a metric's data point"));
        sent("type", TEXT, "", "On metrics: `input`, `output`, `added`, `removed`, `user`, `cli`, ...");
        sent("start_type", TEXT, "", "On `claude_code.session.count`: `fresh`, `resume`, `continue`, `agents_view`");
        sent("language", TEXT, "", "On `claude_code.code_edit_tool.decision`: language of the file");
    }

    private static void ours(String name, Field.Type type, String meaning) {
        put(new Field(name, type, false, true, "", "", meaning));
    }

    private static void derived(String name, String needs, String meaning) {
        put(new Field(name, TEXT, false, true, needs, "", meaning));
    }

    private static void derivedMany(String name, String needs, String meaning) {
        put(new Field(name, TEXT, true, true, needs, "", meaning));
    }

    private static void sent(String name, Field.Type type, String needs, String meaning) {
        put(new Field(name, type, false, false, needs, "", meaning));
    }

    private static void many(String name, Field.Type type, String needs, String meaning) {
        put(new Field(name, type, true, false, needs, "", meaning));
    }

    private static void since(String name, Field.Type type, String needs, String since, String meaning) {
        put(new Field(name, type, false, false, needs, since, meaning));
    }

    private static void put(Field field) {
        FIELDS.put(field.name(), field);
    }
}
