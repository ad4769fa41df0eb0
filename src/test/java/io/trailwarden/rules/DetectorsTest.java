package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.ops.RuleTestSender;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// One small rule for each detector and correlation, with tests inside.
class DetectorsTest {

    @TestFactory
    Stream<DynamicTest> everyDetectorDoesWhatTheTestsOfItsRuleSay() throws URISyntaxException {
        var folder = Path.of(Objects.requireNonNull(DetectorsTest.class.getResource("/rules-cases/detectors")).toURI());
        var files = new ArrayList<>(RuleFolder.read(folder, "rules/cases/"));
        files.add(new RuleFile("rules/policy.yaml", "allowed_modes: [plan, default, acceptEdits, auto]"));

        var report = RuleTests.of(List.copyOf(files), new RuleTestSender());

        return Stream.concat(Stream.of(DynamicTest.dynamicTest("all load", () -> assertThat(report.problems()).isEmpty())),
                report.outcomes().stream().map(outcome -> DynamicTest.dynamicTest(outcome.file() + ": " + outcome.test(),
                        () -> assertThat(outcome.failure()).isNull())));
    }
}
