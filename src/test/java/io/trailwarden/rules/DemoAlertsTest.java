package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.alert.Finding;
import io.trailwarden.demo.InventedTrail;
import io.trailwarden.ops.InventedPolicy;
import io.trailwarden.store.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the shipped rules say of the demo: each story is found, and two weeks of ordinary work of sixty people are quiet.
class DemoAlertsTest {

    /// A Friday morning in Europe.
    private static final Instant NOW = Instant.parse("2026-11-20T10:30:00Z");
    private static final Path EXPECTED = Path.of("src/test/resources/demo/alerts.txt");

    @Test
    void storiesRaiseTheseAlertsAndNoOthers() throws IOException {
        var alerts = alerts(InventedTrail.until(NOW)).stream().map(DemoAlertsTest::line).sorted().toList();

        if (Boolean.getBoolean("trailwarden.docs.write")) {
            Files.createDirectories(EXPECTED.resolveSibling(""));
            Files.writeString(EXPECTED, String.join("\n", alerts) + "\n");
        }
        assertThat(alerts).containsExactlyElementsOf(Files.readAllLines(EXPECTED));
    }

    @Test
    void ordinaryWorkRaisesNothingButOldClients() {
        assertThat(alerts(InventedTrail.uneventful(NOW))).extracting(Finding::rule).containsOnly("policy_outdated_client").hasSizeLessThan(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T04:10:00Z", "2026-11-23T00:05:00Z", "2027-03-03T16:45:12.345Z"})
    void thereAreAboutAsManyOnAnyDay(String now) {
        var alerts = alerts(InventedTrail.until(Instant.parse(now)));

        assertThat(alerts).hasSizeBetween(55, 90);
        assertThat(alerts).extracting(Finding::rule).contains("lethal_trifecta", "secret_sent_to_network", "mode_bypass", "run_after_refusal",
                "approval_streak", "approval_worn_down", "mcp_server_from_project", "installation_shared", "risky_call_always_allowed",
                "policy_unmanaged_client", "policy_model_endpoint_redirected", "auto_mode_blocked_repeatedly", "traces_removed",
                "telemetry_sequence_gap", "policy_foreign_organization");
    }

    private static String line(Finding finding) {
        return "%s %s%s %s: %s".formatted(finding.rule(), finding.severity().wireName(), finding.attempt() ? " attempt" : "",
                finding.person().replaceAll("@.*", ""), finding.title());
    }

    private static List<Finding> alerts(List<StoredEvent> events) {
        var shipped = RuleSource.of(RuleFolder.packaged());
        var evaluator = new Evaluator(RuleLoader.load(shipped.rules(), shipped.policy().with(Policy.parse(InventedPolicy.text()))));
        var first = new LinkedHashMap<Object, Finding>();
        events.forEach(event -> evaluator.observe(event).forEach(finding -> first.putIfAbsent(finding.key(), finding)));
        evaluator.tick(events.getLast().event().receivedAt().plus(Duration.ofDays(1))).forEach(finding -> first.putIfAbsent(finding.key(), finding));
        return List.copyOf(first.values());
    }
}
