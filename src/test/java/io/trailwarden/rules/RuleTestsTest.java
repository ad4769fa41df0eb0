package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.ops.RuleTestSender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The tests inside rules, run over rules of every kind.
class RuleTestsTest {

    private static final String PUSH = """
            title: Force push
            name: force_push
            level: high
            logsource: {product: claude_code}
            detection:
              push: {'command.calls|startswith': 'git push --force'}
              condition: push
            trailwarden:
              title: 'Force push by {identity.person}: {command.text}'
              evidence: '{outcome} {command.text}'
            tests:
            """;

    @Test
    void aRuleThatDoesWhatItsTestsSayPasses() {
        var report = run(PUSH + """
              - name: allowed and done is one alert
                events:
                  - {name: tool_decision, command.calls: ['git push --force origin main'], command.text: git push --force origin main}
                  - {name: tool_result, command.calls: ['git push --force origin main']}
                raises: {count: 1, severity: high, attempt: false, title: 'Force push by user@example.com: git push --force origin main'}
              - name: refused is an attempt
                events:
                  - {name: tool_decision, decision: reject, source: user_reject, command.calls: ['git push --force origin main'], command.text: x}
                raises: {count: 1, severity: medium, attempt: true, title: 'Attempt: Force push by user@example.com: x'}
              - name: a plain push is quiet
                events: [{name: tool_decision, command.calls: [git push]}]
                raises: false
            """);

        assertThat(report.outcomes()).hasSize(3).allSatisfy(outcome -> assertThat(outcome.failure()).isNull());
        assertThat(report.passed()).isTrue();
    }

    @Test
    void aFailureSaysWhatWasExpectedAndWhatCame() {
        var report = run(PUSH + """
              - name: wrong severity
                events: [{name: tool_decision, command.calls: [git push --force], command.text: x}]
                raises: {severity: low}
              - name: should be quiet
                events: [{name: tool_decision, command.calls: [git push --force], command.text: x}]
                raises: false
            """);

        assertThat(report.passed()).isFalse();
        assertThat(printed(report)).contains("FAILED force_push", "rules/git/force_push.yaml: test 'wrong severity': expected severity low, got high",
                "test 'should be quiet': expected no alert, got ['Force push by user@example.com: x' (force_push, high)]",
                "1 rules, 2 tests, 2 failed, 0 problems");
    }

    @Test
    void aMisspelledFieldInAnEventIsSaid() {
        var report = run(PUSH + """
              - name: misspelled
                events: [{name: tool_decision, command.cals: [git push --force]}]
                raises: false
            """);

        assertThat(report.outcomes().getFirst().failure()).contains("unknown field 'command.cals' in an event; did you mean 'command.calls'?");
    }

    @Test
    void aRuleThatDoesNotLoadFailsTheRun() {
        var report = run("title: x\nlevel: high\n");

        assertThat(report.passed()).isFalse();
        assertThat(printed(report)).contains("rules/git/force_push.yaml:1:1: a document has one of");
    }

    private static RuleTests.Report run(String yaml) {
        return RuleTests.of(List.of(new RuleFile("rules/git/force_push.yaml", yaml)), new RuleTestSender());
    }

    private static String printed(RuleTests.Report report) {
        var out = new ByteArrayOutputStream();
        report.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
