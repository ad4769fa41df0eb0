package io.trailwarden.rules;

import io.trailwarden.DocumentCheck;
import io.trailwarden.ops.RuleTestSender;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DetectionsDocTest {

    @Test
    void theListOfDetectionsIsThePack() {
        var rules = RuleTests.shipped(new RuleTestSender()).rules();
        var byArea = new TreeMap<String, TreeMap<String, RuleInfo>>();
        rules.forEach(rule -> byArea.computeIfAbsent(area(rule), _ -> new TreeMap<>()).put(rule.id(), rule));
        var page = new StringBuilder("""
                # Detections

                %d rules ship with Trailwarden. Each is a file in [rules/](../rules) that says what it sees, what it misses and what to do,
                and proves itself with tests. What was refused is reported as an attempt, one level lower. What counts as approved,
                allowed or secret is in [rules/policy.yaml](../rules/policy.yaml); how to write rules is in [rules.md](rules.md).

                *Needs* are client settings without which a rule is blind; the console says for how many people. Of these rules, %d need nothing.
                """.formatted(rules.size(), rules.stream().filter(rule -> rule.needs().isEmpty()).count()));
        byArea.forEach((area, named) -> {
            page.append("\n## ").append(area).append("\n\n| rule | level | what it finds | ATT&CK, ATLAS | needs |\n|---|---|---|---|---|\n");
            named.values().forEach(rule -> page.append(row(rule)));
        });

        DocumentCheck.assertDocument("docs/detections.md", page.toString());
    }

    private static String area(RuleInfo rule) {
        return rule.file().split("/")[1];
    }

    private static String row(RuleInfo rule) {
        return "| [`%s`](../%s) | %s | %s | %s | %s |\n".formatted(rule.id(), rule.file(), rule.severity().wireName(),
                rule.title().replace("|", "\\|"), listed(rule.techniques(), ""), listed(rule.needs(), "`"));
    }

    private static String listed(List<String> texts, String quote) {
        return String.join(", ", new TreeSet<>(texts).stream().map(text -> quote + text + quote).toList());
    }
}
