package io.trailwarden.rules;

import java.util.List;

/// Rules that were read, joined and compiled together: immutable, shared by those who run them.
///
/// Start reading here: [RuleLoader] makes it from files, [Evaluator] runs it over the trail.
final class RuleSet {

    private final List<Rule> rules;
    private final FieldNames fields;
    private final RuleIndex index;
    private final List<Problem> problems;
    private final RuleSource source;

    RuleSet(List<Rule> rules, FieldNames fields, List<Problem> problems) {
        this(rules, fields, problems, RuleSource.NONE);
    }

    private RuleSet(List<Rule> rules, FieldNames fields, List<Problem> problems, RuleSource source) {
        this.rules = List.copyOf(rules);
        this.fields = fields;
        this.problems = List.copyOf(problems);
        this.source = source;
        this.index = new RuleIndex(this.rules, fields.number("event.name"));
    }

    /// All rules, each after those it refers to.
    List<Rule> rules() {
        return rules;
    }

    /// Those that raise alerts.
    List<Rule> alerting() {
        return rules.stream().filter(Rule::alerts).toList();
    }

    /// What was wrong with the files, by place; the files concerned are left out.
    List<Problem> problems() {
        return problems;
    }

    RuleSet withProblems(List<Problem> others) {
        return new RuleSet(rules, fields, others, source);
    }

    /// The files that it was made of.
    RuleSource source() {
        return source;
    }

    RuleSet from(RuleSource files) {
        return new RuleSet(rules, fields, problems, files);
    }

    RuleIndex index() {
        return index;
    }

    /// A row for records of this set.
    Row row() {
        return new Row(fields);
    }
}
