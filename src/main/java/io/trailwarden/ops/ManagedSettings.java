package io.trailwarden.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trailwarden.identity.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The `managed-settings.json` with which Claude Code sends us all that the shipped rules need, and what each line of it is for.
///
/// [#json()] is the file and holds the token; everything else here may be shown to anybody. What is said of the client was
/// measured on version 2.1.329, else it is the word of its documentation.
///
/// @param endpoint base URL of OTLP over HTTP, as the developers' machines reach it: `http` or `https` and a host, without
///     user, query and fragment; a slash at its end is dropped
/// @param credential how the client shows who it is
public record ManagedSettings(URI endpoint, Credential credential) {

    /// Oldest client that may start. The shipped list `minimum_client_version` says the same to the rules.
    static final String MINIMUM_VERSION = "2.1.288";

    private static final String HEADERS = "env.OTEL_EXPORTER_OTLP_HEADERS";
    private static final PrettyPrinter LAYOUT = new DefaultPrettyPrinter(
            PrettyPrinter.DEFAULT_SEPARATORS.withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    /// How a client shows who it is.
    public sealed interface Credential {

        /// One ingest token for everybody who gets the file.
        ///
        /// @param token its text, as the `Authorization` header takes it
        record Token(Secret token) implements Credential {

            private static final Pattern FORM = Pattern.compile("[0-9A-Za-z._~+/-]{1,200}=*");

            /// Refuses, without repeating it, what would break the header.
            public Token {
                if (!FORM.matcher(token.reveal()).matches()) {
                    throw new IllegalArgumentException(
                            "the token must be 1 to 200 letters, digits or . _ ~ + / -, got another (not shown); ./trailwarden token issue NAME makes one");
                }
            }
        }

        /// No token yet: the file says in its place how to make one, and is refused at the door as it is.
        record Placeholder() implements Credential {

            /// What stands where the token belongs.
            public static final String TEXT = "<make one with: ./trailwarden token issue NAME>";
        }

        /// A program on the client's machine that prints the headers, so that each person can have a token of their own.
        ///
        /// @param command a path or a shell line
        record Helper(String command) implements Credential {

            /// Refuses an empty command.
            public Helper {
                if (command.isBlank()) {
                    throw new IllegalArgumentException("the helper must be a path or a shell line, got nothing");
                }
            }
        }
    }

    /// One line of the file.
    ///
    /// @param key where it stands in the file, levels parted by dots, such as `env.OTEL_LOGS_EXPORTER`
    /// @param value what it is set to; a token is not shown
    /// @param why what it does for us
    /// @param without what is lost when it is missing
    public record Choice(String key, String value, String why, String without) {
    }

    /// Where Claude Code looks for the file.
    ///
    /// @param system operating system
    /// @param path of the file; only an administrator may write there
    public record Place(String system, String path) {
    }

    /// Refuses what cannot be an endpoint.
    public ManagedSettings {
        var scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme) || endpoint.getHost() == null || endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("the endpoint must be a URL such as https://telemetry.example.com, got '" + withoutUser(endpoint) + "'");
        }
        if (endpoint.getPath().matches(".*/v1/(logs|metrics|traces)/?")) {
            throw new IllegalArgumentException(
                    "the endpoint must be the base URL, to which the client adds /v1/logs and its like, got '" + endpoint + "'");
        }
        endpoint = URI.create(endpoint.toString().replaceAll("/+$", ""));
    }

    /// Where the file goes, a line for each operating system.
    public static List<Place> places() {
        return List.of(
                new Place("Linux", "/etc/claude-code/managed-settings.json"),
                new Place("macOS", "/Library/Application Support/ClaudeCode/managed-settings.json"),
                new Place("Windows", "C:\\Program Files\\ClaudeCode\\managed-settings.json"));
    }

    /// What to know before the file is rolled out, a sentence each.
    public static List<String> advice() {
        return List.of(
                "Write it as administrator, readable by everybody; a file of its own in managed-settings.d beside it works too.",
                "Claude Code takes it up when it is started the next time.",
                "Device management delivers the same content: the preferences of com.anthropic.claudecode on macOS, the value Settings of "
                        + "HKLM\\SOFTWARE\\Policies\\ClaudeCode on Windows. Only the first source that carries a policy counts: server-managed, "
                        + "then device management, then the file.",
                "Settings managed by the server of Anthropic ask each person for consent, and are not fetched with Bedrock, Vertex, Foundry, "
                        + "a model endpoint of your own or another organisation's login: do not rely on them alone.");
    }

    /// The file: JSON, indented, with the token in the clear where there is one.
    public String json() {
        var mapper = new ObjectMapper();
        var file = mapper.createObjectNode();
        for (var choice : choices()) {
            put(file, choice.key(), choice.key().equals(HEADERS) ? "Authorization=Bearer " + tokenText() : choice.value());
        }
        try {
            return mapper.writer(LAYOUT).writeValueAsString(file);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("texts can always be written", impossible);
        }
    }

    /// Every line of the file, in its order. Holds no secret.
    public List<Choice> choices() {
        var choices = new ArrayList<Choice>();
        choices.addAll(signals());
        choices.addAll(destination());
        choices.addAll(delivery());
        choices.addAll(content());
        choices.addAll(origin());
        choices.addAll(limits());
        return List.copyOf(choices);
    }

    /// What is dangerous about these settings, a sentence each; empty when nothing is.
    public List<String> warnings() {
        if (endpoint.getScheme().equalsIgnoreCase("http") && !loopback()) {
            return List.of("%s is plain http: the token and all telemetry can be read on the way; put TLS in front of the door and give its https URL"
                    .formatted(endpoint));
        }
        return List.of();
    }

    private static List<Choice> signals() {
        return List.of(
                new Choice("env.CLAUDE_CODE_ENABLE_TELEMETRY", "1", "The master switch.", "Nothing at all is sent."),
                new Choice("env.OTEL_LOGS_EXPORTER", "otlp",
                        "Sends events: prompts, decisions, tool calls, permission modes, MCP servers, policy. The endpoint alone does not pin "
                                + "this; standing here, no developer or repository can set it to none.",
                        "No event arrives, and hardly any rule can fire."),
                new Choice("env.OTEL_METRICS_EXPORTER", "otlp", "Sends metrics: cost, tokens, sessions. Pinned like the events.",
                        "No usage and cost, and no second witness when events fall silent."),
                new Choice("env.OTEL_TRACES_EXPORTER", "otlp", "Sends spans, which say how long a person took to answer. Pinned like the events.",
                        "Rules about approval fatigue are blind."),
                new Choice("env.CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", "1", "Spans are a beta of the client and need this besides their exporter.",
                        "No spans, though their exporter is set."));
    }

    private List<Choice> destination() {
        var reach = loopback() ? " This one is reached from this machine only; the others need the URL by which they reach it." : "";
        return List.of(
                new Choice("env.OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.toString(),
                        "Where telemetry goes. Set here it is locked: since 2.1.217 the client drops endpoints that a developer sets for one signal."
                                + reach,
                        "The client has nowhere to send to, or a developer chooses where."),
                new Choice("env.OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "Small, and sent again when the door is busy; over gRPC the client sends once and drops what failed.",
                        "There is no standard value: nothing is sent."),
                credentialChoice());
    }

    private Choice credentialChoice() {
        return switch (credential) {
            case Credential.Token _ -> new Choice(HEADERS, "Authorization=Bearer (the token)",
                    "Shows the door who sends. The token's name is on every record; everybody who can read the file can send under it, so give each "
                            + "group its own, or use a helper.",
                    "The door answers 401, and the client drops its telemetry without a word to the person.");
            case Credential.Placeholder _ -> new Choice(HEADERS, "Authorization=Bearer " + Credential.Placeholder.TEXT,
                    "Shows the door who sends. Put a token in place of the text in angle brackets, brackets included.",
                    "The door answers 401, and the client drops its telemetry without a word to the person.");
            case Credential.Helper(var command) -> new Choice("otelHeadersHelper", command,
                    "Prints the headers as a JSON object, {\"Authorization\": \"Bearer tw_...\"}, so that each person or machine can have its own "
                            + "token and records carry a name that was checked. Run at the start, then every 29 minutes: tokens must live longer. "
                            + "Works over HTTP only.",
                    "The door answers 401. While the helper fails nothing is sent, and the session says so once.");
        };
    }

    private static List<Choice> delivery() {
        return List.of(
                new Choice("env.OTEL_EXPORTER_OTLP_COMPRESSION", "gzip", "Requests are sent compressed.", "More traffic; nothing is lost."),
                new Choice("env.OTEL_EXPORTER_OTLP_TIMEOUT", "30000",
                        "Milliseconds that one batch may be tried again. With it a door that was busy for 12 s lost nothing. More would not help: after "
                                + "30 s the client gives the batch up anyway.",
                        "The client gives up after 10 s; a longer restart of the door costs records."),
                new Choice("env.OTEL_LOGS_EXPORT_INTERVAL", "1000", "Milliseconds between batches of events.",
                        "The client waits 5 s: alerts come later, and a killed client takes its last 5 s with it."),
                new Choice("env.CLAUDE_CODE_OTEL_SHUTDOWN_TIMEOUT_MS", "5000",
                        "Milliseconds that a client which ends may take to send the rest. Its documentation promises that; with -p no effect was "
                                + "measured on 2.1.329.",
                        "Two seconds; on a slow line the end of a session may be missing."));
    }

    private static List<Choice> content() {
        return List.of(
                new Choice("env.OTEL_LOG_TOOL_DETAILS", "1",
                        "Commands, files, URLs and names of MCP servers. Secrets in them are removed before anything is written.",
                        "Tool calls arrive without arguments; all rules on commands, files, egress and MCP servers are blind."),
                new Choice("env.OTEL_LOG_MANAGED_SETTINGS", "1", "The policy in force and its fingerprint, its values redacted by the client.",
                        "Whether a policy is in force is seen, but not which."),
                new Choice("env.OTEL_LOG_USER_PROMPTS", "0", "Keeps the text of prompts on the developer's machine; no shipped rule needs it. Off is the standard, and pinned here.",
                        "A developer can switch it on, and prompts are sent."),
                new Choice("env.OTEL_LOG_ASSISTANT_RESPONSES", "0", "Keeps the text of answers on the developer's machine.",
                        "It follows OTEL_LOG_USER_PROMPTS: whoever switches prompts on later would send answers too."));
    }

    private static List<Choice> origin() {
        return List.of(
                new Choice("env.OTEL_METRICS_INCLUDE_SESSION_ID", "true",
                        "Names the session, of events too. On is the standard, and pinned here.",
                        "A developer can switch it off, and records cannot be told apart by session."),
                new Choice("env.OTEL_METRICS_INCLUDE_ACCOUNT_UUID", "true", "Names the account. Pinned like the session.",
                        "A developer can switch it off, and records lose the account."),
                new Choice("env.OTEL_METRICS_INCLUDE_VERSION", "true", "The version of Claude Code itself.",
                        "Outdated clients inside the desktop app cannot be told: it sends its own version only."),
                new Choice("env.OTEL_METRICS_INCLUDE_ENTRYPOINT", "true", "How it was started: terminal, SDK, editor.",
                        "Automation cannot be told from a person at a terminal."),
                new Choice("env.OTEL_METRICS_INCLUDE_REPOSITORY", "true", "The repository that was worked in.",
                        "A record does not say which code it was about."));
    }

    private static List<Choice> limits() {
        return List.of(
                new Choice("permissions.disableBypassPermissionsMode", "disable", "Refuses --dangerously-skip-permissions and the mode behind it.",
                        "Anybody can start an agent that asks for nothing; that is reported, but not prevented."),
                new Choice("requiredMinimumVersion", MINIMUM_VERSION,
                        "Older clients do not start: they tell less, and do not lock what is set here. Clients before 2.1.163 do not know this line.",
                        "Old clients run on, with rules blind for what they do not send."));
    }

    private String tokenText() {
        return switch (credential) {
            case Credential.Token(var token) -> token.reveal();
            case Credential.Placeholder _ -> Credential.Placeholder.TEXT;
            case Credential.Helper _ -> throw new IllegalStateException("a helper has no token to write");
        };
    }

    private boolean loopback() {
        var host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.endsWith(".localhost") || host.equals("[::1]") || IPV4_LOOPBACK.matcher(host).matches();
    }

    private static void put(ObjectNode file, String key, String value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            file.put(key, value);
        } else {
            file.withObjectProperty(key.substring(0, dot)).put(key.substring(dot + 1), value);
        }
    }

    private static String withoutUser(URI endpoint) {
        return endpoint.toString().replaceFirst("//[^/@]*@", "//(not shown)@").replaceFirst("[?#].*", "?(not shown)");
    }
}
