package io.trailwarden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The alerts that rise from what the real client sent, as a program that asks the REST interface sees them. The policy
/// here does not allow the mode `auto`; everything else is as shipped.
class AlertsIT {

    private static ProgramUnderTest program;
    private static List<JsonNode> alerts;

    @BeforeAll
    static void replay() {
        program = ProgramUnderTest.start(Map.of(), Map.of("policy.yaml", "allowed_modes: [plan, default, acceptEdits]\n"));
        for (var capture : List.of("headless-default-json", "bypass-json", "interactive-approvals-json", "hooks-and-errors-json",
                "switch-to-auto-json", "managed-json", "details-off-json", "oauth-identity-json")) {
            program.replay(Captures.of(capture));
        }
        long stored = program.awaitLoaded().path("stored").asLong();
        program.await(() -> program.get("/q/health/ready").path("status").asText().equals("UP"));
        program.await(() -> seen() >= stored);
        alerts = program.list("/api/v1/alerts").stream().map(alert -> program.get("/api/v1/alerts/" + alert.path("id").asText())).toList();
    }

    @AfterAll
    static void end() {
        program.close();
    }

    @Test
    void aSessionStartedInBypassIsNamedAtItsFirstDecision() {
        var alert = one("bo", "mode_bypass");

        assertThat(alert.path("severity").asText()).isEqualTo("high");
        assertThat(sequences(alert)).startsWith(7L);
    }

    @Test
    void aSecretPipedToTheNetworkIsCritical() {
        var alert = one("bo", "secret_sent_to_network");

        assertThat(alert.path("severity").asText()).isEqualTo("critical");
        assertThat(sequences(alert)).contains(7L);
        assertThat(alert.path("attempt").asBoolean()).isFalse();
    }

    @Test
    void aForcePushToAnUnknownRemoteAndAReadOfAnSshKeyAreSeen() {
        assertThat(sequences(one("bo", "git_push_unknown_remote"))).contains(9L);
        assertThat(sequences(one("bo", "git_force_push"))).contains(9L);
        assertThat(of("bo", "secret_file_read")).anySatisfy(alert -> assertThat(alert.path("title").asText()).contains("id_rsa"));
    }

    @Test
    void aModeThatChangedInSilenceIsSeenThoughPolicyAllowsIt() {
        var alert = one("cy", "mode_changed_silently");

        assertThat(alert.path("title").asText()).contains("default", "acceptEdits");
        assertThat(sequences(alert)).contains(19L);
    }

    @Test
    void aRiskyCommandAllowedForEverAndAPublicationAreSeen() {
        assertThat(sequences(one("cy", "risky_call_always_allowed"))).contains(19L);
        assertThat(sequences(one("cy", "pipe_to_shell"))).contains(19L);
        assertThat(sequences(one("cy", "package_published"))).contains(13L);
    }

    @Test
    void whatWasRefusedIsAnAttemptOneLevelLower() {
        var attempt = one("ana", "secret_sent_to_network");

        assertThat(attempt.path("attempt").asBoolean()).isTrue();
        assertThat(attempt.path("severity").asText()).isEqualTo("high");
        assertThat(attempt.path("title").asText()).startsWith("Attempt");
        assertThat(of("ana", "secret_file_read")).anySatisfy(alert -> assertThat(alert.path("attempt").asBoolean()).isFalse());
    }

    @Test
    void aServerIsNewOnceForTheOrganisationAndOneThatFailsIsSaid() {
        assertThat(one("ana", "mcp_server_first_seen").path("title").asText()).contains("ledger");
        assertThat(of("bo", "mcp_server_first_seen")).isEmpty();
        assertThat(one("ana", "mcp_server_failing").path("title").asText()).contains("ghost");
    }

    @Test
    void aPolicyHookThatSaidNoAndARefusedChangeOfProductionAreSeen() {
        assertThat(one("di", "policy_hook_blocked").path("evidence").toString()).contains("/etc/shadow");
        assertThat(one("di", "production_database_changed").path("attempt").asBoolean()).isTrue();
    }

    @Test
    void autoIsReportedWherePolicySaysNo() {
        assertThat(sequences(one("max", "mode_not_allowed"))).contains(8L);
    }

    @Test
    void onlyTheManagedClientIsNotCalledUnmanaged() {
        assertThat(of("ola", "policy_unmanaged_client")).isEmpty();
        for (var person : List.of("ana", "bo", "cy", "di", "max", "ed", "fay@example.com")) {
            assertThat(of(person, "policy_unmanaged_client")).as(person).hasSize(1);
        }
    }

    @Test
    void anOrdinarySignedInSessionRaisesNothingButPolicy() {
        assertThat(alerts).filteredOn(alert -> alert.path("person").asText().equals("fay@example.com"))
                .allSatisfy(alert -> assertThat(alert.path("rule").asText()).startsWith("policy_"));
    }

    @Test
    void rulesThatCannotSeeAClientSaySo() {
        var rules = program.get("/api/v1/rules").path("items");
        var blind = new ArrayList<String>();
        for (var rule : rules) {
            if (rule.path("blind").size() > 0) {
                blind.add(rule.path("id").asText());
            }
            assertThat(rule.path("broken").isNull()).as(rule.path("id").asText()).isTrue();
        }

        assertThat(blind).contains("secret_sent_to_network", "pipe_to_shell").doesNotContain("policy_unmanaged_client");
    }

    @Test
    void everyAlertNamesItsPersonSessionAndEvidence() {
        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.path("status").asText()).isEqualTo("open");
            assertThat(alert.path("session").asText()).hasSize(36);
            assertThat(alert.path("evidence")).isNotEmpty().allSatisfy(item -> {
                assertThat(item.path("event").path("person").asText()).isEqualTo(alert.path("person").asText());
                assertThat(item.path("says").asText()).isNotBlank();
            });
        });
    }

    /// How far rules are in the trail; what a quiet trail still owes is raised a moment later.
    private static long seen() {
        return program.get("/api/v1/rules").path("seen").asLong();
    }

    private static JsonNode one(String person, String rule) {
        assertThat(of(person, rule)).as(rule + " of " + person).hasSize(1);
        return of(person, rule).getFirst();
    }

    private static List<JsonNode> of(String person, String rule) {
        return alerts.stream().filter(alert -> alert.path("person").asText().equals(person) && alert.path("rule").asText().equals(rule)).toList();
    }

    private static List<Long> sequences(JsonNode alert) {
        return StreamSupport.stream(alert.path("evidence").spliterator(), false).map(item -> item.path("event").path("sequence").asLong()).toList();
    }
}
