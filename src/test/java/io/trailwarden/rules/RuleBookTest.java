package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.ops.RuleTestSender;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What people can read about the rules that run.
class RuleBookTest {

    private static final String RULE = """
            title: Push over what is there
            name: force_push
            level: high
            logsource: {product: claude_code}
            detection:
              call: {command.calls: 'git push --force*'}
              condition: call
            tests:
              - name: a push with force raises
                events: [{name: tool_decision, command: 'git push --force'}]
                raises: true
              - name: a push raises, which is wrong
                events: [{name: tool_decision, command: 'git push'}]
                raises: true
            """;

    private static RuleBook book() {
        var running = new RunningRules();
        running.loaded(RuleSource.of(List.of(new RuleFile("rules/git/force_push.yaml", RULE),
                new RuleFile("rules/policy.yaml", "approved_hosts: ['*.Example.com', localhost]"))).load());
        return new RuleBook(running, new RuleTestSender());
    }

    @Test
    void aRuleIsShownAsItIsWritten() {
        assertThat(book().text("force_push")).contains(RULE);
        assertThat(book().text("none")).isEmpty();
    }

    @Test
    void itsTestsAreRunWhereTheyStand() {
        var outcomes = book().test("force_push");

        assertThat(outcomes).extracting(RuleTests.Outcome::test)
                .containsExactly("a push with force raises", "a push raises, which is wrong");
        assertThat(outcomes.getFirst().failure()).isNull();
        assertThat(outcomes.getLast().failure()).contains("expected an alert, got none");
        assertThat(book().test("none")).isEmpty();
    }

    @Test
    void aListIsAskedTheWayRulesAskIt() {
        assertThat(book().listed("approved_hosts", "Docs.EXAMPLE.com")).isTrue();
        assertThat(book().listed("approved_hosts", "example.com.evil.test")).isFalse();
        assertThat(book().listed("no_such_list", "x")).isFalse();
    }
}
