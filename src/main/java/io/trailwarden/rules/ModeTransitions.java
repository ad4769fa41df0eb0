package io.trailwarden.rules;

import io.trailwarden.event.ModeTracker.Step;
import io.trailwarden.rules.Document.What.ModeTransition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports changes of a session's permission mode. Remembers nothing itself; [SessionModes] does.
final class ModeTransitions implements Stateful {

    private final Rule rule;
    private final ModeTransition wanted;

    ModeTransitions(Rule rule, ModeTransition wanted) {
        this.rule = rule;
        this.wanted = wanted;
    }

    @Override
    public void observe(Moment moment, Consumer<Match> found) {
        switch (moment.step()) {
            case Step.Same _ -> {
            }
            case Step.Started(var in, _) -> report(moment, "started", null, in, null, found);
            case Step.Announced(var from, var to, var trigger, _) -> report(moment, "announced", from, to, trigger, found);
            case Step.Silent(var from, var to, _) -> report(moment, "silent", from, to, null, found);
        }
    }

    private void report(Moment moment, String how, @Nullable String from, String to, @Nullable String trigger, Consumer<Match> found) {
        if (!wanted.how().contains(how) || !wanted.to().has(to) || !wanted.from().has(from)) {
            return;
        }
        var subject = rule.subject(moment.row(), to);
        Map<String, String> facts = new HashMap<>();
        facts.put("how", how);
        facts.put("to", to);
        if (from != null) {
            facts.put("from", from);
        }
        if (trigger != null) {
            facts.put("trigger", trigger);
        }
        found.accept(new Match(rule, subject, List.of(subject.evidence()), facts, false));
    }

    @Override
    public void save(StateWriter out) {
        // Nothing of its own.
    }

    @Override
    public void restore(StateReader in) {
        // Nothing of its own.
    }

    @Override
    public String shape() {
        return "mode_transition";
    }
}
