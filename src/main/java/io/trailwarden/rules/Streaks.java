package io.trailwarden.rules;

import io.trailwarden.rules.Document.What.Streak;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports many accepts by a person in a row. A reject ends the row.
final class Streaks implements Stateful {

    private static final int GROUPS = 20_000;

    private final Rule rule;
    private final Streak wanted;
    private final Stalest<ArrayDeque<Accept>> groups;
    /// The group of a call, for waits that become known later.
    private final Stalest<String> groupByCall;

    /// @param took time to answer; null while it is not known
    private record Accept(Subject subject, String call, @Nullable Duration took, boolean measured) {
    }

    Streaks(Rule rule, Streak wanted, Stalest.Evictions evictions) {
        this.rule = rule;
        this.wanted = wanted;
        groups = new Stalest<>(GROUPS, evictions);
        groupByCall = new Stalest<>(GROUPS, evictions);
    }

    @Override
    public void observe(Moment moment, Consumer<Match> found) {
        var event = moment.row().event();
        if (event.name().equals("tool_decision") && DecisionLatencies.isHuman(event)) {
            decided(moment, found);
        }
        for (var wait : moment.waits()) {
            waited(wait, found);
        }
    }

    private void decided(Moment moment, Consumer<Match> found) {
        var row = moment.row();
        var group = Groups.key(row, wanted.groupBy());
        if (!"accept".equals(row.event().decision())) {
            groups.remove(group);
            return;
        }
        if (!counts(moment)) {
            return;
        }
        var subject = rule.subject(row, group);
        var call = Objects.requireNonNullElse(Waits.call(row.event()), row.event().id().toString());
        var accepts = groups.getOrMake(group, _ -> new ArrayDeque<>());
        accepts.addLast(new Accept(subject, call, null, false));
        groupByCall.put(call, group);
        while (accepts.getFirst().subject().at().plus(wanted.within()).isBefore(subject.at())) {
            accepts.removeFirst();
        }
        report(accepts, found);
    }

    private boolean counts(Moment moment) {
        if (rule.refs().length == 0) {
            return true;
        }
        for (int base : rule.refs()) {
            if (!moment.matches().get(base).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void waited(Waits.Wait wait, Consumer<Match> found) {
        var group = groupByCall.get(wait.call());
        var accepts = group == null ? null : groups.get(group);
        if (accepts == null) {
            return;
        }
        var updated = new ArrayDeque<Accept>();
        for (var accept : accepts) {
            boolean better = accept.call().equals(wait.call()) && (accept.took() == null || wait.measured());
            updated.add(better ? new Accept(accept.subject(), accept.call(), wait.duration(), wait.measured()) : accept);
        }
        accepts.clear();
        accepts.addAll(updated);
        report(accepts, found);
    }

    private void report(ArrayDeque<Accept> accepts, Consumer<Match> found) {
        if (accepts.size() < wanted.count()) {
            return;
        }
        var waits = accepts.stream().map(Accept::took).filter(Objects::nonNull).sorted().toList();
        var median = waits.size() * 2 < accepts.size() ? null : waits.get(waits.size() / 2);
        var most = wanted.maxMedianWait();
        if (most != null && (median == null || median.compareTo(most) > 0)) {
            return;
        }
        boolean estimated = most != null && accepts.stream().anyMatch(accept -> accept.took() != null && !accept.measured());
        var last = accepts.stream().map(Accept::subject).max(Comparator.comparing(Subject::at)).orElseThrow();
        var evidence = accepts.stream().map(accept -> accept.subject().evidence()).toList();
        var span = Duration.between(accepts.getFirst().subject().at(), last.at());
        found.accept(new Match(rule, last, evidence, Map.of("count", Integer.toString(evidence.size()), "span", Durations.show(span.abs()),
                "median", median == null ? "unknown" : Durations.show(median)), estimated));
        accepts.clear();
    }

    @Override
    public void save(StateWriter out) {
        groups.save(out, (writer, accepts) -> writer.list(accepts, accept -> {
            accept.subject().save(writer);
            writer.text(accept.call()).number(accept.took() == null ? -1 : accept.took().toMillis()).flag(accept.measured());
        }));
        groupByCall.save(out, StateWriter::text);
    }

    @Override
    public void restore(StateReader in) {
        groups.restore(in, () -> new ArrayDeque<>(in.list(() -> {
            var subject = Subject.restore(in);
            var call = in.text();
            long wait = in.number();
            return new Accept(subject, call, wait < 0 ? null : Duration.ofMillis(wait), in.flag());
        })));
        groupByCall.restore(in, in::text);
    }

    @Override
    public String shape() {
        return "streak by " + wanted.groupBy().stream().map(rule::fieldName).toList();
    }
}
