package io.trailwarden.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.alert.Finding;
import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.ModeTracker;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same records give the same alerts: seen straight through, with crashes and restarts from a snapshot, and with
/// records delivered again.
class ReplayProperties {

    private static final int RECORDS = 600;
    private static final RuleSet RULES = rules();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void restartsChangeNothing(long seed) {
        var events = events(seed);

        var straight = alerts(straight(events));
        var restarted = alerts(restarted(events, new Random(seed * 31)));

        assertThat(straight).as("seed %d finds something", seed).hasSizeGreaterThan(20);
        assertThat(restarted).as("seed %d", seed).isEqualTo(straight);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recordsDeliveredAgainChangeNothing(long seed) {
        var events = events(seed);
        var evaluator = new Evaluator(RULES);
        var findings = new ArrayList<Finding>();

        for (int i = 0; i < events.size(); i++) {
            findings.addAll(evaluator.observe(events.get(i)));
            findings.addAll(evaluator.observe(events.get(i / 2)));
        }
        findings.addAll(end(evaluator, events));

        assertThat(alerts(findings)).isEqualTo(alerts(straight(events)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theTickOfAClockChangesNothing(long seed) {
        var events = events(seed);
        var evaluator = new Evaluator(RULES);
        var findings = new ArrayList<Finding>();

        for (var event : events) {
            findings.addAll(evaluator.tick(event.event().receivedAt().minusMillis(1)));
            findings.addAll(evaluator.observe(event));
        }
        findings.addAll(end(evaluator, events));

        assertThat(alerts(findings)).isEqualTo(alerts(straight(events)));
    }

    private static List<Finding> straight(List<StoredEvent> events) {
        var evaluator = new Evaluator(RULES);
        var findings = new ArrayList<Finding>();
        events.forEach(event -> findings.addAll(evaluator.observe(event)));
        findings.addAll(end(evaluator, events));
        return findings;
    }

    /// Crashes every now and then: what was remembered since the last snapshot is lost, what was found is not.
    private static List<Finding> restarted(List<StoredEvent> events, Random random) {
        var evaluator = new Evaluator(RULES);
        Map<String, Evaluator.Saved> snapshot = evaluator.save();
        int snapshotAt = 0;
        var findings = new ArrayList<Finding>();
        int next = 0;
        int crashes = 0;
        while (next < events.size()) {
            findings.addAll(evaluator.observe(events.get(next++)));
            if (random.nextInt(40) == 0) {
                snapshot = evaluator.save();
                snapshotAt = next;
            }
            if (random.nextInt(50) == 0 && crashes++ < 40) {
                evaluator = new Evaluator(rules());
                evaluator.restore(snapshotAt, snapshot);
                next = snapshotAt;
            }
        }
        findings.addAll(end(evaluator, events));
        return findings;
    }

    private static List<Finding> end(Evaluator evaluator, List<StoredEvent> events) {
        return evaluator.tick(events.getLast().event().receivedAt().plusSeconds(86_400));
    }

    /// Alerts as a person would see them: by key, what the first finding said, and all evidence.
    private static Map<String, String> alerts(List<Finding> findings) {
        var first = new HashMap<String, String>();
        var evidence = new HashMap<String, TreeSet<String>>();
        for (var finding : findings) {
            var key = finding.key().toString();
            first.putIfAbsent(key, finding.rule() + " " + finding.title() + " " + finding.severity() + " " + finding.person());
            for (Evidence one : finding.evidence()) {
                evidence.computeIfAbsent(key, _ -> new TreeSet<>()).add(one.toString());
            }
        }
        var alerts = new TreeMap<String, String>();
        first.forEach((key, said) -> alerts.put(key, said + " " + evidence.get(key)));
        return alerts;
    }

    private static RuleSet rules() {
        try {
            var folder = Path.of(Objects.requireNonNull(ReplayProperties.class.getResource("/rules-cases/detectors")).toURI());
            var rules = RuleLoader.load(RuleFolder.read(folder, "rules/cases/"), new Policy(Map.of("allowed_modes", List.of("plan", "default"))));
            assertThat(rules.problems()).isEmpty();
            return rules;
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<StoredEvent> events(long seed) {
        var random = new Random(seed);
        var events = new ArrayList<StoredEvent>();
        var modes = new HashMap<String, ModeTracker>();
        for (int i = 0; i < RECORDS; i++) {
            var event = event(random, i);
            var key = event.person() + event.session();
            modes.put(key, modes.getOrDefault(key, ModeTracker.UNKNOWN).observe(event).after());
            events.add(new StoredEvent(i + 1, event, modes.get(key).mode()));
        }
        return events;
    }

    private static AuditEvent event(Random random, int number) {
        var session = "s" + random.nextInt(3);
        var call = "t" + random.nextInt(12);
        long at = number * 7L - random.nextInt(30);
        var builder = switch (random.nextInt(8)) {
            case 0 -> Events.event("mcp_server_connection", at).derived("mcp.status", Value.of("connected"))
                    .derived("mcp.server", Value.of("server" + random.nextInt(9)));
            case 1 -> Events.event("api_request", at).with("request_id", "r" + random.nextInt(9)).with("cost_usd", Value.of(random.nextDouble() * 5));
            case 2 -> Events.event("permission_mode_changed", at).with("from_mode", "default").with("to_mode", random.nextBoolean() ? "auto" : "plan");
            case 3 -> Events.event("claude_code.tool.blocked_on_user", at).signal(Signal.SPAN)
                    .derived("decision.wait_ms", Value.of(random.nextInt(3000))).derived("span.parent_id", Value.of("p" + random.nextInt(12)));
            case 4 -> Events.event("claude_code.tool", at).signal(Signal.SPAN).with("tool_use_id", call)
                    .derived("span.id", Value.of("p" + random.nextInt(12)));
            case 5 -> Events.event("tool_result", at).with("tool_use_id", call).derived("egress.by", Value.of("shell"))
                    .derived("egress.host", Value.of("h" + random.nextInt(6))).derived("outcome", Value.of("done"))
                    .derived("file.reads", Value.of(random.nextBoolean() ? "/a/.env" : "/a/b"));
            default -> decision(random, at, call);
        };
        return builder.of("p" + random.nextInt(2) + "@example.com").in(session).with("event.sequence", Math.max(0, number - random.nextInt(4))).build();
    }

    private static Events.Builder decision(Random random, long at, String call) {
        boolean accept = random.nextInt(4) > 0;
        return Events.event("tool_decision", at).with("tool_name", "Bash").with("decision", accept ? "accept" : "reject")
                .with("tool_use_id", call).with("request_id", "r" + random.nextInt(9))
                .with("permission_mode", List.of("default", "auto", "bypassPermissions").get(random.nextInt(3)))
                .derived("decision.human", Value.of(true)).derived("outcome", Value.of(accept ? "allowed" : "refused"))
                .derived("command.marks", Value.of(random.nextBoolean() ? "force_push" : "none"));
    }
}
