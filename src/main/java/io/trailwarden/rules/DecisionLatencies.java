package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Value;
import io.trailwarden.rules.Document.What.DecisionLatency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports decisions of people that were faster than reading takes.
///
/// Three things come together in any order: the decision, the match that says the call matters (on the decision or on its
/// result), and the time it took. Where spans are to be expected, an estimate waits for the measured time.
final class DecisionLatencies implements Stateful {

    private static final int CALLS = 20_000;
    /// Spans leave the client every 5 s; twice that and some for a slow network.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Rule rule;
    private final DecisionLatency wanted;
    private final Stalest<Call> calls;
    private final TreeSet<Due> due = new TreeSet<>();

    /// When patience with a call ends.
    private record Due(Instant at, String call) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? call.compareTo(other.call) : byTime;
        }
    }

    /// What is known of one tool call.
    private static final class Call {
        private @Nullable Subject decided;
        private @Nullable Evidence matched;
        private Waits.@Nullable Wait wait;
        private @Nullable Instant patientUntil;
        private boolean reported;
    }

    DecisionLatencies(Rule rule, DecisionLatency wanted, Stalest.Evictions evictions) {
        this.rule = rule;
        this.wanted = wanted;
        calls = new Stalest<>(CALLS, evictions);
    }

    @Override
    public void observe(Moment moment, Consumer<Match> found) {
        var event = moment.row().event();
        var key = Waits.call(event);
        if (key != null && isWantedDecision(event)) {
            decided(key, moment, event, found);
        }
        if (key != null) {
            matched(key, moment, found);
        }
        for (var wait : moment.waits()) {
            var call = wait.measured() ? calls.getOrMake(wait.call(), _ -> new Call()) : calls.get(wait.call());
            if (call == null) {
                continue;
            }
            if (call.wait == null || wait.measured()) {
                call.wait = wait;
            }
            report(call, found);
        }
    }

    private boolean isWantedDecision(AuditEvent event) {
        return event.name().equals("tool_decision") && isHuman(event)
                && (wanted.decision().equals("any") || wanted.decision().equals(event.decision()));
    }

    static boolean isHuman(AuditEvent event) {
        return event.seen().derived().get("decision.human") instanceof Value.Bool(var human) && human;
    }

    private void decided(String key, Moment moment, AuditEvent event, Consumer<Match> found) {
        var call = calls.getOrMake(key, _ -> new Call());
        call.decided = rule.subject(moment.row(), "");
        if (moment.traced()) {
            call.patientUntil = event.receivedAt().plus(PATIENCE);
            due.add(new Due(call.patientUntil, key));
        }
        report(call, found);
    }

    private void matched(String key, Moment moment, Consumer<Match> found) {
        for (int base : rule.refs()) {
            for (var match : moment.matches().get(base)) {
                var call = calls.getOrMake(key, _ -> new Call());
                if (call.matched == null) {
                    call.matched = match.evidence().getLast();
                    report(call, found);
                }
            }
        }
    }

    @Override
    public void advance(Instant now, Consumer<Match> found) {
        while (!due.isEmpty() && due.first().at().isBefore(now)) {
            var call = calls.entries().get(due.removeFirst().call());
            if (call != null) {
                call.patientUntil = null;
                report(call, found);
            }
        }
    }

    private void report(Call call, Consumer<Match> found) {
        var decided = call.decided;
        var wait = call.wait;
        boolean matters = rule.refs().length == 0 || call.matched != null;
        if (call.reported || decided == null || wait == null || !matters || wait.duration().compareTo(wanted.fasterThan()) >= 0
                || !wait.measured() && call.patientUntil != null) {
            return;
        }
        call.reported = true;
        var evidence = new ArrayList<Evidence>(List.of(decided.evidence()));
        var matched = call.matched;
        if (matched != null && !matched.event().equals(decided.evidence().event())) {
            evidence.add(matched);
        }
        if (wait.evidence() != null) {
            evidence.add(wait.evidence());
        }
        found.accept(new Match(rule, decided, evidence, Map.of("wait", Durations.show(wait.duration()), "quality",
                wait.measured() ? "measured" : "estimated"), !wait.measured()));
    }

    @Override
    public void save(StateWriter out) {
        calls.save(out, (writer, call) -> {
            writer.flag(call.decided != null);
            if (call.decided != null) {
                call.decided.save(writer);
            }
            saveEvidence(writer, call.matched);
            writer.flag(call.wait != null);
            if (call.wait != null) {
                writer.text(call.wait.call()).number(call.wait.duration().toMillis()).flag(call.wait.measured());
                saveEvidence(writer, call.wait.evidence());
            }
            writer.time(call.patientUntil).flag(call.reported);
        });
    }

    private static void saveEvidence(StateWriter out, @Nullable Evidence evidence) {
        out.flag(evidence != null);
        if (evidence != null) {
            out.evidence(evidence);
        }
    }

    @Override
    public void restore(StateReader in) {
        calls.restore(in, () -> {
            var call = new Call();
            call.decided = in.flag() ? Subject.restore(in) : null;
            call.matched = in.flag() ? in.evidence() : null;
            call.wait = in.flag() ? new Waits.Wait(in.text(), Duration.ofMillis(in.number()), in.flag(), in.flag() ? in.evidence() : null) : null;
            call.patientUntil = in.timeOrNull();
            call.reported = in.flag();
            return call;
        });
        due.clear();
        calls.entries().forEach((key, call) -> {
            if (call.patientUntil != null) {
                due.add(new Due(call.patientUntil, key));
            }
        });
    }

    @Override
    public String shape() {
        return "decision_latency " + wanted.decision();
    }
}
