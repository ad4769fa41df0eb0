package io.trailwarden.rules;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Which people's clients keep back what rules need, as their records of the last day show.
final class Blindness {

    private static final int PEOPLE = 200_000;
    /// Enough to begin asking; the number says how many there are.
    private static final int NAMED = 50;
    private static final Duration RECENT = Duration.ofDays(1);

    private final Stalest<Seen> people;

    /// What was last seen of one person; the epoch where nothing was.
    private record Seen(Instant record, Instant withDetails, Instant withoutDetails, Instant span, Instant promptKeptBack, Instant promptSent) {

        private static final Seen NOTHING = new Seen(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
    }

    /// How each setting shows that it is missing.
    private final Map<String, Predicate<Seen>> missing = Map.of(
            "OTEL_LOG_TOOL_DETAILS", seen -> isRecent(seen.withoutDetails()) && seen.withoutDetails().isAfter(seen.withDetails()),
            "OTEL_LOG_USER_PROMPTS", seen -> isRecent(seen.promptKeptBack()) && seen.promptKeptBack().isAfter(seen.promptSent()),
            "CLAUDE_CODE_ENHANCED_TELEMETRY_BETA", seen -> isRecent(seen.record()) && !isRecent(seen.span()));

    private Instant now = Instant.EPOCH;

    Blindness(Stalest.Evictions evictions) {
        people = new Stalest<>(PEOPLE, evictions);
    }

    void observe(AuditEvent event) {
        var at = event.receivedAt();
        now = at.isAfter(now) ? at : now;
        if (event.signal() == Signal.METRIC) {
            return;
        }
        var before = people.get(event.person());
        var seen = before == null ? Seen.NOTHING : before;
        if (event.signal() == Signal.SPAN) {
            put(event, new Seen(seen.record(), seen.withDetails(), seen.withoutDetails(), at, seen.promptKeptBack(), seen.promptSent()));
            return;
        }
        var details = event.seen().derived().get("details.present");
        var prompt = event.name().equals("user_prompt") ? event.seen().attributes().text("prompt") : null;
        boolean keptBack = "<REDACTED>".equals(prompt);
        put(event, new Seen(at,
                details instanceof Value.Bool(var present) && present ? at : seen.withDetails(),
                details instanceof Value.Bool(var present) && !present ? at : seen.withoutDetails(), seen.span(),
                keptBack ? at : seen.promptKeptBack(), prompt != null && !keptBack ? at : seen.promptSent()));
    }

    private void put(AuditEvent event, Seen seen) {
        people.put(event.person(), seen);
    }

    private boolean isRecent(Instant at) {
        return at.plus(RECENT).isAfter(now);
    }

    /// The blind spots of `rules`: one for each setting that a rule needs and somebody lacks.
    List<BlindSpot> of(List<Rule> rules) {
        var counts = new java.util.HashMap<String, Integer>();
        missing.forEach((setting, lacks) ->
                counts.put(setting, (int) people.entries().values().stream().filter(lacks).count()));
        var spots = new ArrayList<BlindSpot>();
        for (var rule : rules) {
            for (var setting : rule.document().block().needs()) {
                int count = counts.getOrDefault(setting, 0);
                if (count > 0) {
                    spots.add(new BlindSpot(rule.id(), count, setting));
                }
            }
        }
        return spots;
    }

    /// By setting, the first [#NAMED] names of people who lack it.
    Map<String, List<String>> names() {
        var names = new java.util.HashMap<String, List<String>>();
        missing.forEach((setting, lacks) -> names.put(setting, people.entries().entrySet().stream()
                .filter(entry -> lacks.test(entry.getValue())).map(Map.Entry::getKey).limit(NAMED).sorted().toList()));
        return names;
    }

    void save(StateWriter out) {
        out.time(now);
        people.save(out, (writer, seen) -> writer.time(seen.record()).time(seen.withDetails()).time(seen.withoutDetails())
                .time(seen.span()).time(seen.promptKeptBack()).time(seen.promptSent()));
    }

    void restore(StateReader in) {
        now = in.time();
        people.restore(in, () -> new Seen(in.time(), in.time(), in.time(), in.time(), in.time(), in.time()));
    }
}
