package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.trailwarden.rules.RuleTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The tests inside the shipped rules, through the real dialect and its shell parser.
class RulePackTest {

    private static final RuleTests.Report REPORT = RuleTests.shipped(new TestRecords());

    @Test
    void everyRuleLoads() {
        assertThat(REPORT.problems()).isEmpty();
        assertThat(REPORT.rules()).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void everyRuleHasATestThatRaisesAndOneThatDoesNot() {
        for (var rule : REPORT.rules()) {
            assertThat(REPORT.outcomes().stream().filter(outcome -> outcome.file().equals(rule.file()))).as(rule.file()).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void everyRuleSaysWhatItSeesWhatItMissesAndWhatToDo() {
        assertThat(REPORT.rules()).allSatisfy(rule -> {
            assertThat(rule.sees()).as(rule.id() + " sees").isNotBlank();
            assertThat(rule.misses()).as(rule.id() + " misses").isNotBlank();
            assertThat(rule.runbook()).as(rule.id() + " runbook").isNotEmpty();
            assertThat(rule.falsePositives()).as(rule.id() + " false positives").isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> whatTheFilesSay() {
        return REPORT.outcomes().stream().map(outcome -> dynamicTest(outcome.file() + ": " + outcome.test(),
                () -> assertThat(outcome.failure()).isNull()));
    }
}
