package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.ops.RuleTestSender;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The rules that ship: all load, say what they should, and do what the tests inside them say.
class RulePackTest {

    private static final RuleTests.Report REPORT = RuleTests.shipped(new RuleTestSender());

    @Test
    void everyRuleLoads() {
        assertThat(REPORT.problems()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> everyRuleDoesWhatItsTestsSay() {
        return REPORT.outcomes().stream().map(outcome -> DynamicTest.dynamicTest(outcome.file() + ": " + outcome.test(),
                () -> assertThat(outcome.failure()).isNull()));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleSaysWhatItSeesAndWhatToDo() {
        return REPORT.rules().stream().map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
            assertThat(rule.file()).as("a file is called after its rule").endsWith("/" + rule.id() + ".yaml");
            assertThat(rule.description()).as("description").isNotBlank();
            assertThat(rule.sees()).as("sees").isNotBlank();
            assertThat(rule.misses()).as("misses").isNotBlank();
            assertThat(rule.runbook()).as("runbook").isNotEmpty();
            assertThat(rule.falsePositives()).as("falsepositives").isNotEmpty();
            assertThat(rule.techniques()).as("ATT&CK or ATLAS id among the tags").isNotEmpty();
            assertThat(tests(rule)).as("tests").hasSizeGreaterThanOrEqualTo(2);
        }));
    }

    private static List<RuleTests.Outcome> tests(RuleInfo rule) {
        return REPORT.outcomes().stream().filter(outcome -> outcome.file().equals(rule.file())).toList();
    }
}
