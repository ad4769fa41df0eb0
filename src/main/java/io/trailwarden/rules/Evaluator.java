package io.trailwarden.rules;

import io.trailwarden.alert.Finding;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.rules.Document.What;
import io.trailwarden.rules.Stateful.Moment;
import io.trailwarden.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Runs a [RuleSet] over the trail, record by record in its order, and remembers what the rules have to.
///
/// Deterministic: the same records in the same order give the same findings, whenever they are evaluated and wherever it
/// was interrupted and restored between. For one thread.
final class Evaluator {

    /// Form of what [#save] writes; state of another form is not read.
    static final int FORM = 1;

    private static final Logger LOG = Logger.getLogger(Evaluator.class);
    private static final String SHARED = "*";

    private final RuleSet rules;
    private final Row row;
    private final long[] candidates;
    private final @Nullable Condition[] conditions;
    private final @Nullable Stateful[] memories;
    private final List<Stateful> stateful = new ArrayList<>();
    private final List<Correlations> correlations = new ArrayList<>();
    private final List<List<Match>> matches = new ArrayList<>();
    private final List<Integer> touched = new ArrayList<>();
    private final long[] hits;
    private final Stalest.Evictions evictions = new Stalest.Evictions();
    private final SessionModes modes = new SessionModes(evictions);
    private final Waits waits = new Waits(evictions);
    private final Grouping grouping = new Grouping(evictions);
    private final Blindness blindness = new Blindness(evictions);
    private final boolean[] wanted;
    private final Map<String, String> failing = new HashMap<>();
    private Instant clock = Instant.EPOCH;
    private long failures;
    private long position;

    Evaluator(RuleSet rules) {
        this.rules = rules;
        int size = rules.rules().size();
        row = rules.row();
        candidates = new long[rules.index().words()];
        conditions = new Condition[size];
        memories = new Stateful[size];
        hits = new long[size];
        wanted = new boolean[size];
        for (var rule : rules.rules()) {
            matches.add(new ArrayList<>());
            if (rule.document().what() instanceof What.Detection(var condition)) {
                conditions[rule.index()] = condition;
            }
            var memory = rule.memory(evictions);
            memories[rule.index()] = memory;
            if (memory != null) {
                stateful.add(memory);
            }
            if (memory instanceof Correlations correlation) {
                correlations.add(correlation);
            }
            for (int ref : rule.refs()) {
                wanted[ref] = true;
            }
        }
    }

    RuleSet rules() {
        return rules;
    }

    /// Position of the last record taken into account; 0 for none.
    long position() {
        return position;
    }

    /// How often `rule` matched since this evaluator was made.
    long hits(Rule rule) {
        return hits[rule.index()];
    }

    /// Groups and values forgotten for want of room.
    long evicted() {
        return evictions.count();
    }

    /// How often a rule failed on a record.
    long failures() {
        return failures;
    }

    /// Rules that failed, with what happened, by id.
    Map<String, String> failing() {
        return Map.copyOf(failing);
    }

    List<BlindSpot> blindSpots() {
        return blindness.of(rules.alerting());
    }

    Map<String, List<String>> blindPeople() {
        return blindness.names();
    }

    /// What one record gives. Records at or before [#position] were taken into account already and give nothing.
    List<Finding> observe(StoredEvent stored) {
        if (stored.position() <= position) {
            return List.of();
        }
        position = stored.position();
        var findings = new Findings();
        turn(stored.event().receivedAt(), findings);
        row.of(stored);
        matchDetections();
        var event = stored.event();
        blindness.observe(event);
        boolean traced = event.name().equals("tool_decision") && waits.isTraced(event);
        var moment = new Moment(row, matches, modes.observe(event), waits.observe(event), traced);
        report(findings);
        for (int i = 0; i < memories.length; i++) {
            var memory = memories[i];
            if (memory != null && (!touched.isEmpty() || !memory.needsMatches())) {
                observe(memory, i, moment, findings);
            }
        }
        clear();
        return findings.list();
    }

    private void observe(Stateful memory, int index, Moment moment, Findings findings) {
        try {
            memory.observe(moment, findings);
        } catch (RuntimeException defect) {
            failed(index, defect);
        }
    }

    /// What the passing of time gives: everything received before `now` has been seen.
    List<Finding> tick(Instant now) {
        var findings = new Findings();
        turn(now, findings);
        return findings.list();
    }

    private void turn(Instant now, Findings findings) {
        if (now.isAfter(clock)) {
            clock = now;
            for (var memory : stateful) {
                memory.advance(now, findings);
            }
            if (!touched.isEmpty()) {
                var moment = new Moment(row, matches, new ModeTracker.Step.Same(ModeTracker.UNKNOWN), List.of(), false);
                correlations.forEach(correlation -> correlation.observe(moment, findings));
                clear();
            }
        }
    }

    private void matchDetections() {
        rules.index().candidates(row, candidates);
        for (int word = 0; word < candidates.length; word++) {
            for (long bits = candidates[word]; bits != 0; bits &= bits - 1) {
                int index = word << 6 | Long.numberOfTrailingZeros(bits);
                ask(index);
            }
        }
    }

    /// A rule that fails on one record is reported and asked about the next; the others are not held up.
    private void ask(int index) {
        try {
            if (Objects.requireNonNull(conditions[index], "only detections are indexed").test(row)) {
                matched(index);
            }
        } catch (RuntimeException defect) {
            failed(index, defect);
        }
    }

    private void failed(int index, RuntimeException defect) {
        failures++;
        var id = rules.rules().get(index).id();
        if (failing.put(id, defect.getClass().getSimpleName()) == null) {
            LOG.errorf(defect, "Rule failed on a record: rule=%s event=%s", id, row.event().id());
        }
    }

    private void matched(int index) {
        hits[index]++;
        var rule = rules.rules().get(index);
        if (wanted[index] || rule.alerts()) {
            var subject = rule.subject(row, "");
            matches.get(index).add(new Match(rule, subject, List.of(subject.evidence()), Map.of(), false));
            touched.add(index);
        }
    }

    private void report(Findings findings) {
        for (int index : touched) {
            for (var match : matches.get(index)) {
                if (match.rule().alerts()) {
                    findings.add(grouping.join(match));
                }
            }
        }
    }

    private void clear() {
        for (int index : touched) {
            matches.get(index).clear();
        }
        touched.clear();
    }

    /// Takes matches of detectors and correlations, for alerts and for those that refer to them.
    private final class Findings implements Consumer<Match> {

        private @Nullable ArrayList<Finding> found;

        @Override
        public void accept(Match match) {
            int index = match.rule().index();
            hits[index]++;
            matches.get(index).add(match);
            touched.add(index);
            if (match.rule().alerts()) {
                add(grouping.join(match));
            }
        }

        private void add(Finding finding) {
            var list = found == null ? new ArrayList<Finding>() : found;
            list.add(finding);
            found = list;
        }

        private List<Finding> list() {
            return found == null ? List.of() : found;
        }
    }

    /// All that is remembered, by the rule it belongs to; `*` is shared by all.
    Map<String, Saved> save() {
        var saved = new TreeMap<String, Saved>();
        var shared = new StateWriter().time(clock);
        modes.save(shared);
        waits.save(shared);
        grouping.save(shared);
        blindness.save(shared);
        saved.put(SHARED, new Saved(SHARED, shared.bytes()));
        for (var rule : rules.rules()) {
            var memory = memories[rule.index()];
            if (memory != null) {
                var out = new StateWriter();
                memory.save(out);
                saved.put(rule.id(), new Saved(memory.shape(), out.bytes()));
            }
        }
        return saved;
    }

    /// Goes on where another evaluator was at `at`. Rules that are new, or remember other things than before, start empty.
    void restore(long at, Map<String, Saved> saved) {
        position = at;
        var shared = saved.get(SHARED);
        if (shared != null) {
            var in = new StateReader(shared.state());
            clock = in.time();
            modes.restore(in);
            waits.restore(in);
            grouping.restore(in);
            blindness.restore(in);
        }
        var byId = new HashMap<String, Stateful>();
        for (var rule : rules.rules()) {
            var memory = memories[rule.index()];
            if (memory != null) {
                byId.put(rule.id(), memory);
            }
        }
        byId.forEach((id, memory) -> {
            var own = saved.get(id);
            if (own != null && own.shape().equals(memory.shape())) {
                memory.restore(new StateReader(own.state()));
            }
        });
    }

    /// What one rule remembers.
    ///
    /// @param shape what the form of the state depends on
    record Saved(String shape, byte[] state) {
    }
}
