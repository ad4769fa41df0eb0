package io.trailwarden.dashboard.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.QueryParameters;
import io.trailwarden.alert.RuleAlerts.Counts;
import io.trailwarden.alert.Severity;
import io.trailwarden.dashboard.rules.RulesFilter.Show;
import io.trailwarden.rules.RuleInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which rules are listed.
class RulesFilterTest {

    private static final RuleRow TUNNEL = new RuleRow(new RuleInfo("remote_tunnel", "v1", "Remote tunnel opened", Severity.HIGH,
            "rules/egress/remote_tunnel.yaml", "", List.of("attack.t1572"), List.of("OTEL_LOG_TOOL_DETAILS"), "", "", List.of(), List.of()),
            Counts.NOTHING, 0, 3, false);

    @Test
    void whatIsChosenIsInTheAddressAndComesBack() {
        var filter = new RulesFilter("tunnel & more", Severity.HIGH, "egress", "OTEL_LOG_TOOL_DETAILS", Show.BLIND);

        assertThat(RulesFilter.of(QueryParameters.fromString(filter.parameters().getQueryString()))).isEqualTo(filter);
        assertThat(RulesFilter.of(QueryParameters.fromString("severity=none&show=x"))).isEqualTo(RulesFilter.ALL);
    }

    @Test
    void aRuleIsListedWhenAllOfItFits() {
        assertThat(new RulesFilter("T1572", null, "egress", "", Show.ALL).matches(TUNNEL)).isTrue();
        assertThat(new RulesFilter("", Severity.HIGH, "", "", Show.BLIND).matches(TUNNEL)).isTrue();
        assertThat(new RulesFilter("", Severity.LOW, "", "", Show.ALL).matches(TUNNEL)).isFalse();
        assertThat(new RulesFilter("", null, "", "", Show.FIRING).matches(TUNNEL)).isFalse();
        assertThat(new RulesFilter("", null, "mcp", "", Show.ALL).matches(TUNNEL)).isFalse();
    }

    @Test
    void howAlertsEndedIsSaidInWords() {
        assertThat(RuleRow.ended(new Counts(2, 1, Map.of(io.trailwarden.alert.Triage.CloseReason.INCIDENT, 1L,
                io.trailwarden.alert.Triage.CloseReason.FALSE_ALARM, 3L), null))).isEqualTo("2 open, 1 in hand, 1 incident, 3 false alarms");
        assertThat(RuleRow.ended(Counts.NOTHING)).isEmpty();
    }
}
