package io.trailwarden.rules;

import io.trailwarden.rules.Document.What.NewValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reports values that were not seen before in their group.
final class NewValues implements Stateful {

    private static final int GROUPS = 5_000;
    private static final int VALUES = 10_000;
    /// A record with several multi-valued fields could otherwise name thousands of combinations.
    private static final int COMBINATIONS = 64;

    private final Rule rule;
    private final NewValue wanted;
    private final Stalest.Evictions evictions;
    private final Stalest<Known> groups;

    /// @param since first record of the group
    private record Known(Instant since, Stalest<Instant> values) {
    }

    NewValues(Rule rule, NewValue wanted, Stalest.Evictions evictions) {
        this.rule = rule;
        this.wanted = wanted;
        this.evictions = evictions;
        groups = new Stalest<>(GROUPS, evictions);
    }

    @Override
    public void observe(Moment moment, Consumer<Match> found) {
        for (int base : rule.refs()) {
            for (var match : moment.matches().get(base)) {
                look(moment.row(), match, found);
            }
        }
    }

    private void look(Row row, Match match, Consumer<Match> found) {
        var at = match.subject().at();
        var group = Groups.key(row, wanted.groupBy());
        var known = groups.getOrMake(group, _ -> new Known(at, new Stalest<>(VALUES, evictions)));
        for (var value : combinations(row)) {
            var last = known.values().get(value);
            known.values().put(value, last == null || at.isAfter(last) ? at : last);
            boolean isNew = last == null || last.plus(wanted.history()).isBefore(at);
            if (isNew && !known.since().plus(wanted.warmup()).isAfter(at)) {
                var subject = rule.subject(row, group + '\u0000' + value);
                found.accept(new Match(rule, subject, match.evidence(), Map.of("value", value.replace('\u0000', ' '),
                        "group", group.replace('\u0000', ' ')), false));
            }
        }
    }

    /// The combinations of the fields' values; none when a field is absent. Case does not tell values apart.
    private List<String> combinations(Row row) {
        List<String> combinations = List.of("");
        for (int field : wanted.fields()) {
            var longer = new ArrayList<String>();
            for (var combination : combinations) {
                for (var text : row.folded(field)) {
                    if (!text.isEmpty() && longer.size() < COMBINATIONS) {
                        longer.add(combination.isEmpty() ? text : combination + '\u0000' + text);
                    }
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    @Override
    public void save(StateWriter out) {
        groups.save(out, (writer, known) -> {
            writer.time(known.since());
            known.values().save(writer, StateWriter::time);
        });
    }

    @Override
    public void restore(StateReader in) {
        groups.restore(in, () -> {
            var known = new Known(in.time(), new Stalest<>(VALUES, evictions));
            known.values().restore(in, in::time);
            return known;
        });
    }

    @Override
    public boolean needsMatches() {
        return true;
    }

    @Override
    public String shape() {
        return "new_value " + names(wanted.fields()) + " by " + names(wanted.groupBy());
    }

    private List<@Nullable String> names(List<Integer> fields) {
        return fields.stream().<@Nullable String>map(rule::fieldName).toList();
    }
}
