package io.trailwarden.rules;

import io.trailwarden.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/// The shipped rules, several times over, for those outside of this package who measure them.
public final class RulesUnderTest {

    private final Evaluator evaluator;

    private RulesUnderTest(RuleSet rules) {
        evaluator = new Evaluator(rules);
    }

    /// At least `count` rules that alert: the shipped ones, and copies of them under other names.
    public static RulesUnderTest atLeast(int count) {
        var shipped = RuleSource.of(RuleFolder.packaged());
        var files = new ArrayList<RuleFile>();
        RuleSet rules;
        int copies = 0;
        do {
            int copy = copies++;
            shipped.rules().forEach(file -> files.add(copy == 0 ? file : renamed(file, copy, shipped)));
            rules = RuleLoader.load(files, shipped.policy());
        } while (rules.alerting().size() < count && copies < 100);
        return new RulesUnderTest(rules);
    }

    private static RuleFile renamed(RuleFile file, int copy, RuleSource shipped) {
        var text = file.text().replaceAll("(?m)^id: .*$", "");
        for (var rule : shipped.load().rules()) {
            text = text.replaceAll("\\b" + rule.id() + "\\b", rule.id() + "_" + copy);
        }
        return new RuleFile(file.path().replace(".yaml", "_" + copy + ".yaml"), text);
    }

    /// How many rules alert.
    public int rules() {
        return evaluator.rules().alerting().size();
    }

    /// What was wrong with the copies.
    public List<Problem> problems() {
        return evaluator.rules().problems();
    }

    /// How many findings one record gives.
    public int observe(StoredEvent event) {
        return evaluator.observe(event).size();
    }
}
