package io.trailwarden.rules;

import io.trailwarden.event.AuditEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What [DetectionLoop] lets others know: written by it alone, read by all.
@ApplicationScoped
class RunningRules implements Rules, PolicyLists {

    private static final Progress NOT_STARTED = new Progress(0, 0, Duration.ZERO, false);

    private volatile Facts facts = new Facts(List.of(), List.of(), Map.of(), Map.of(), List.of(), NOT_STARTED);
    private volatile RuleSource source = RuleSource.NONE;
    private volatile Map<String, List<String>> blindPeople = Map.of();
    private final Map<String, Long> hitsBefore = new HashMap<>();
    private @Nullable Evaluator counted;
    private Duration lag = Duration.ZERO;
    private volatile Policy filed = Policy.NONE;

    private record Facts(List<RuleInfo> rules, List<Problem> problems, Map<String, Long> hits, Map<String, String> failing,
            List<BlindSpot> blindSpots, Progress progress) {
    }

    /// These rules run from now on.
    void loaded(RuleSet rules) {
        var infos = rules.alerting().stream().map(Rule::info).sorted(Comparator.comparing(RuleInfo::id)).toList();
        source = rules.source();
        var now = facts;
        facts = new Facts(infos, rules.problems(), now.hits(), now.failing(), now.blindSpots(), now.progress());
    }

    /// The policy files hold these lists.
    void filed(Policy lists) {
        filed = lists;
    }

    @Override
    public List<String> values(String list) {
        var values = filed.get(list);
        return values == null ? List.of() : values;
    }

    /// The rules have just seen `last`, if there was one.
    void seen(@Nullable AuditEvent last, Instant now) {
        if (last != null) {
            lag = Duration.between(last.receivedAt(), now);
        }
    }

    /// How it stands with `evaluator`.
    void stands(Evaluator evaluator, long head, boolean running) {
        if (counted != evaluator) {
            hitsBefore.putAll(facts.hits());
            counted = evaluator;
        }
        var hits = new HashMap<String, Long>();
        for (var rule : evaluator.rules().alerting()) {
            hits.put(rule.id(), hitsBefore.getOrDefault(rule.id(), 0L) + evaluator.hits(rule));
        }
        blindPeople = evaluator.blindPeople();
        var now = facts;
        facts = new Facts(now.rules(), now.problems(), Map.copyOf(hits), evaluator.failing(), evaluator.blindSpots(),
                new Progress(evaluator.position(), Math.max(0, head - evaluator.position()), lag, running));
    }

    /// Detection stands still until the database answers again.
    void stopped() {
        var now = facts;
        var progress = now.progress();
        facts = new Facts(now.rules(), now.problems(), now.hits(), now.failing(), now.blindSpots(),
                new Progress(progress.position(), progress.behind(), progress.lag(), false));
    }

    /// The files of the rules that run.
    RuleSource source() {
        return source;
    }

    /// By client setting, some of the people whose clients keep back what it would send.
    Map<String, List<String>> blindPeople() {
        return blindPeople;
    }

    @Override
    public List<RuleInfo> loaded() {
        return facts.rules();
    }

    @Override
    public Optional<RuleInfo> find(String id) {
        return facts.rules().stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    @Override
    public List<Problem> problems() {
        return facts.problems();
    }

    @Override
    public Map<String, Long> hits() {
        return facts.hits();
    }

    @Override
    public Map<String, String> failing() {
        return facts.failing();
    }

    @Override
    public List<BlindSpot> blindSpots() {
        return facts.blindSpots();
    }

    @Override
    public Progress progress() {
        return facts.progress();
    }
}
