package io.trailwarden.dashboard.record;

import static io.trailwarden.event.Events.decision;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.dashboard.MemoryTrail;
import io.trailwarden.dashboard.record.Telling.Weight;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TellingTest {

    @ParameterizedTest
    @CsvSource({
        "accept, config,         true,  'allowed, nobody asked'",
        "reject, config,         true,  'refused by the settings'",
        "accept, hook,           true,  'allowed by a hook, nobody asked'",
        "reject, hook,           true,  'refused by a hook'",
        "accept, user_temporary, true,  'allowed by a person'",
        "accept, user_temporary, false, 'allowed, as a person said before'",
        "accept, user_permanent, true,  'allowed by a person, for good'",
        "reject, user_reject,    true,  'refused by a person'",
        "reject, user_abort,     true,  'put off by a person, unanswered'",
        "accept, made_up,        true,  'allowed by'"
    })
    void aDecisionSaysWhoDecided(String decision, String source, boolean human, String words) {
        var told = Telling.of(event("tool_decision", 0).with("tool_name", "Bash").with("decision", decision).with("source", source)
                .derived("decision.human", Value.of(human)).build());

        assertThat(told.outcome()).isEqualTo(words);
        assertThat(told.wire()).isEqualTo(source);
        assertThat(told.weight()).isEqualTo(decision.equals("reject") ? Weight.REFUSED : Weight.PLAIN);
    }

    @Test
    void aCallShowsTheArgumentThatMatters() {
        var command = Telling.of(decision("Bash", "accept", 0).derived("command.text", Value.of("cat .env | base64")).build());
        var fetch = Telling.of(event("tool_result", 0).with("tool_name", "WebFetch").with("success", "true").with("duration_ms", "1900")
                .derived("egress.url", Value.of(List.of("https://docs.example.org/"))).build());
        var mcp = Telling.of(decision("mcp_tool", "accept", 0).derived("mcp.server", Value.of("ledger"))
                .derived("mcp.tool", Value.of("export_rows")).build());

        assertThat(command.text()).isEqualTo("cat .env | base64");
        assertThat(fetch.text()).isEqualTo("https://docs.example.org/");
        assertThat(fetch.outcome()).isEqualTo("done in 1.9 s");
        assertThat(mcp.what()).isEqualTo("MCP");
        assertThat(mcp.text()).isEqualTo("ledger / export_rows");
    }

    @Test
    void aToolThatTheClientDoesNotHaveIsTheClientsText() {
        assertThat(Telling.of(decision("<b>Bash</b>", "accept", 0).build()).theirs()).isTrue();
        assertThat(Telling.of(decision("Bash", "accept", 0).build()).theirs()).isFalse();
    }

    @Test
    void aPromptIsItsLengthOnly() {
        var told = Telling.of(event("user_prompt", 0).with("prompt", "please ship it").with("prompt_length", "14").build());

        assertThat(told.masked()).isEqualTo(14);
        assertThat(told.text()).isNull();
    }

    @Test
    void anUnmanagedMachineSaysSo() {
        var told = Telling.of(event("managed_settings_resolved", 0).with("managed_settings.sources", new Value.Array(List.of()))
                .derived("policy.managed", Value.of(false)).build());

        assertThat(told.outcome()).isEqualTo("no managed settings");
    }

    @Test
    void aRecordNobodyKnowsNamesItself() {
        var told = Telling.of(event("some.other\u202eevent", 0).build());

        assertThat(told.what()).isEqualTo("some.other\u202eevent");
        assertThat(told.theirs()).isTrue();
    }

    @Test
    void theWaitBeforeAnAnswerIsFoundThroughTheCallsSpan() {
        var trail = new MemoryTrail();
        var answered = trail.store(event("tool_decision", 10).with("tool_name", "Bash").with("decision", "accept")
                .with("source", "user_temporary").with("tool_use_id", "use1").build(), null);
        var unasked = trail.store(decision("Bash", "accept", 11).with("tool_use_id", "use2").build(), null);
        trail.store(event("claude_code.tool", 9).signal(Signal.SPAN).with("gen_ai.tool.call.id", "use1")
                .derived("span.id", Value.of("aa")).build(), null);
        trail.store(event("claude_code.tool.blocked_on_user", 9).signal(Signal.SPAN).with("duration_ms", 5237)
                .derived("span.parent_id", Value.of("aa")).build(), null);

        var waits = Waits.before(List.of(answered, unasked), trail);

        assertThat(waits).containsOnlyKeys(answered.event().id()).containsValue(Duration.ofMillis(5237));
    }
}
