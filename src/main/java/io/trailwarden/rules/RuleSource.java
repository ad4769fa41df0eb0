package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rule files and policy files put together: later ones replace earlier ones of the same path, lists of the same name.
///
/// @param rules rule files, by path
/// @param policy the lists of all policy files
/// @param problems what was wrong with policy files
record RuleSource(List<RuleFile> rules, Policy policy, List<Problem> problems) {

    /// No files at all.
    static final RuleSource NONE = new RuleSource(List.of(), Policy.NONE, List.of());

    RuleSource {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }

    static RuleSource of(Collection<RuleFile> files) {
        var rules = new LinkedHashMap<String, RuleFile>();
        var problems = new ArrayList<Problem>();
        var policy = Policy.NONE;
        for (var file : files) {
            if (!RuleFolder.isPolicy(file)) {
                rules.put(file.path(), file);
                continue;
            }
            try {
                policy = policy.with(Policy.parse(file.text()));
            } catch (InvalidRule invalid) {
                problems.add(invalid.in(file.path()));
            }
        }
        return new RuleSource(List.copyOf(rules.values()), policy, problems);
    }

    /// The same with names added to the lists.
    RuleSource plus(Map<String, List<String>> names) {
        return new RuleSource(rules, policy.plus(names), problems);
    }

    /// Compiles them.
    RuleSet load() {
        var set = RuleLoader.load(rules, policy).from(this);
        var all = new ArrayList<>(problems);
        all.addAll(set.problems());
        return problems.isEmpty() ? set : set.withProblems(all);
    }
}
