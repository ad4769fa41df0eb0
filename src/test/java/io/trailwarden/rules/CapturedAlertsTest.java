package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.Captures;
import io.trailwarden.ProgramUnderTest;
import io.trailwarden.alert.Finding;
import io.trailwarden.alert.Severity;
import io.trailwarden.dialect.Dialects;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.event.Value;
import io.trailwarden.redact.PolicyRedactor;
import io.trailwarden.redact.Redactor;
import io.trailwarden.store.StoredEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the shipped rules say of what the real client sent: these alerts and no others, after redaction as in the program.
class CapturedAlertsTest {

    /// Every capture went through a scripted model on loopback, and all but one ran without a policy.
    private static final List<String> POLICY = List.of("policy_model_endpoint_redirected medium", "policy_unmanaged_client medium");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path data;

    @Test
    void aSessionWithoutPermissionChecks() throws IOException {
        assertThat(alerts("bypass-json", Policy.NONE)).containsExactlyInAnyOrderElementsOf(with(POLICY, "mode_bypass high",
                "secret_sent_to_network critical", "secret_file_read high", "secret_file_read high", "git_force_push medium",
                "git_push_unknown_remote high", "webfetch_unapproved_host low", "lethal_trifecta critical", "secret_read_then_egress high",
                "mcp_server_first_seen medium", "mcp_server_first_seen_by_person low"));
    }

    @Test
    void approvalsByHand() throws IOException {
        assertThat(alerts("interactive-approvals-json", Policy.NONE)).containsExactlyInAnyOrderElementsOf(with(POLICY,
                "mode_changed_silently medium", "risky_call_always_allowed high", "pipe_to_shell high", "package_published medium",
                "webfetch_unapproved_host low", "mode_raised_after_untrusted_content high", "mcp_server_first_seen medium",
                "mcp_server_first_seen_by_person low"));
    }

    @Test
    void refusalsInDefaultMode() throws IOException {
        assertThat(alerts("headless-default-json", Policy.NONE)).containsExactlyInAnyOrderElementsOf(with(POLICY, "secret_file_read high",
                "secret_sent_to_network attempt high", "secret_file_read attempt medium", "secret_read_then_egress attempt medium",
                "mcp_server_first_seen medium", "mcp_server_first_seen_by_person low", "mcp_server_failing low"));
    }

    @Test
    void hooksAndRulesThatSayNo() throws IOException {
        assertThat(alerts("hooks-and-errors-json", Policy.NONE)).containsExactlyInAnyOrderElementsOf(with(POLICY, "policy_hook_blocked medium",
                "secret_file_read attempt medium", "production_database_changed attempt high", "shell_unapproved_host attempt low"));
    }

    @Test
    void autoAtABashPromptWherePolicySaysNo() throws IOException {
        var strict = new Policy(Map.of("allowed_modes", List.of("plan", "default", "acceptEdits")));

        assertThat(alerts("switch-to-auto-json", strict)).containsExactlyInAnyOrderElementsOf(with(POLICY, "mode_not_allowed medium"));
        assertThat(alerts("switch-to-auto-json", Policy.NONE)).containsExactlyInAnyOrderElementsOf(POLICY);
    }

    @Test
    void aManagedClient() throws IOException {
        assertThat(alerts("managed-json", Policy.NONE)).containsExactly("policy_model_endpoint_redirected medium");
    }

    @Test
    void aClientThatTellsNoDetails() throws IOException {
        assertThat(alerts("details-off-json", Policy.NONE)).containsExactlyInAnyOrderElementsOf(with(POLICY, "policy_hook_blocked medium",
                "policy_details_withheld low", "mode_not_allowed medium"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth-identity-json", "typed-shell-json"})
    void sessionsWithNothingToReportButPolicy(String capture) throws IOException {
        assertThat(alerts(capture, Policy.NONE)).containsExactlyInAnyOrderElementsOf(POLICY);
    }

    private static List<String> with(List<String> some, String... more) {
        var all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private List<String> alerts(String capture, Policy policy) throws IOException {
        var shipped = RuleSource.of(RuleFolder.packaged());
        var evaluator = new Evaluator(RuleLoader.load(shipped.rules(), shipped.policy().with(policy)));
        var first = new LinkedHashMap<Object, Finding>();
        var end = Instant.EPOCH;
        for (var event : events(Captures.of(capture), PolicyRedactor.withDefaults(data))) {
            evaluator.observe(event).forEach(finding -> first.putIfAbsent(finding.key(), finding));
            end = event.event().receivedAt();
        }
        evaluator.tick(end.plus(Duration.ofDays(1))).forEach(finding -> first.putIfAbsent(finding.key(), finding));
        return first.values().stream().map(finding -> finding.rule() + (finding.attempt() ? " attempt " : " ") + wire(finding.severity())).toList();
    }

    private static String wire(Severity severity) {
        return severity.wireName();
    }

    /// The log records of a recording, as the trail would hold them.
    private static List<StoredEvent> events(Path capture, Redactor redactor) throws IOException {
        var stored = new ArrayList<StoredEvent>();
        var modes = new HashMap<String, ModeTracker>();
        for (var request : ProgramUnderTest.recorded(capture)) {
            for (var resource : JSON.readTree(request.toFile()).path("resourceLogs")) {
                for (var scope : resource.path("scopeLogs")) {
                    for (var record : scope.path("logRecords")) {
                        var event = event(resource, scope, record, redactor);
                        var mode = modes.getOrDefault(String.valueOf(event.session()), ModeTracker.UNKNOWN).observe(event).after();
                        modes.put(String.valueOf(event.session()), mode);
                        stored.add(new StoredEvent(stored.size() + 1L, event, mode.mode()));
                    }
                }
            }
        }
        return stored;
    }

    private static AuditEvent event(JsonNode resource, JsonNode scope, JsonNode record, Redactor redactor) {
        var envelope = new Envelope(attributes(resource.path("resource").path("attributes")), "", scope.path("scope").path("name").asText(), "",
                Attributes.NONE);
        long time = record.path("timeUnixNano").asLong();
        var log = new OtlpRecord.Log(time, time, 0, "", value(record.path("body")), attributes(record.path("attributes")), "", "", "", 0);
        var seen = redactor.redact(new Dialects().read(envelope, log, "test"));
        return AuditEvent.of(seen, seen.time().plusSeconds(5));
    }

    private static Attributes attributes(JsonNode entries) {
        var attributes = Attributes.builder();
        entries.forEach(entry -> attributes.put(entry.path("key").asText(), value(entry.path("value"))));
        return attributes.build();
    }

    private static Value value(JsonNode value) {
        if (value.has("boolValue")) {
            return Value.of(value.path("boolValue").asBoolean());
        }
        if (value.has("intValue")) {
            return Value.of(value.path("intValue").asLong());
        }
        if (value.has("doubleValue")) {
            return Value.of(value.path("doubleValue").asDouble());
        }
        if (value.has("arrayValue")) {
            var values = new ArrayList<Value>();
            value.path("arrayValue").path("values").forEach(one -> values.add(value(one)));
            return new Value.Array(values);
        }
        return Value.of(value.path("stringValue").asText());
    }
}
