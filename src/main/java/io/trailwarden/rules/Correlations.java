package io.trailwarden.rules;

import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.event.EventId;
import io.trailwarden.rules.Document.What.Correlation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Counts or orders matches of other rules in a sliding window of record time, group by group.
final class Correlations implements Stateful {

    private static final int GROUPS = 20_000;
    private static final int ENTRIES = 1_000;
    private static final int MOST_EVIDENCE = 50;
    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::at).thenComparingLong(Entry::sequence);

    private final Rule rule;
    private final Correlation wanted;
    private final Stalest.Evictions evictions;
    private final int[] bases;
    private final Stalest<Group> groups;

    /// The matches of one group that are in the window, by time; the calls that each rule has matched; and the matches
    /// that were reported.
    private record Group(ArrayList<Entry> entries, Set<String> calls, Set<EventId> reported) {

        private Group() {
            this(new ArrayList<>(), new HashSet<>(), new HashSet<>());
        }

        private void forgetOldest(int count) {
            var oldest = entries.subList(0, count);
            for (var entry : oldest) {
                calls.remove(entry.key());
                reported.remove(entry.evidence().event());
            }
            oldest.clear();
        }
    }

    /// One match in the window.
    ///
    /// @param base index of the rule that matched
    /// @param sequence `event.sequence`, tells the order of what has the same time
    /// @param values what is counted or computed; empty when nothing is
    private record Entry(int base, Instant at, long sequence, @Nullable String call, Evidence evidence, List<String> values) {

        /// The same for all matches of one rule on one call; those count once.
        private String key() {
            return base + " " + call;
        }
    }

    Correlations(Rule rule, Correlation wanted, Stalest.Evictions evictions) {
        this.rule = rule;
        this.wanted = wanted;
        this.evictions = evictions;
        bases = Arrays.stream(rule.refs()).distinct().toArray();
        groups = new Stalest<>(GROUPS, evictions);
    }

    @Override
    public void observe(Moment moment, Consumer<Match> found) {
        for (int base : bases) {
            for (var match : moment.matches().get(base)) {
                arrived(moment.row(), base, match, found);
            }
        }
    }

    private void arrived(Row row, int base, Match match, Consumer<Match> found) {
        var group = group(row, base, match);
        if (group == null) {
            return;
        }
        var known = groups.getOrMake(group, _ -> new Group());
        var subject = match.subject();
        var entry = new Entry(base, subject.at(), subject.sequence(), subject.toolUse(), match.evidence().getLast(),
                isAbout(row, match) ? values(row) : List.of());
        if (entry.call() != null && !known.calls().add(entry.key())) {
            return;
        }
        var entries = known.entries();
        insert(entries, entry);
        forget(known);
        var shown = switch (wanted.type()) {
            case TEMPORAL -> together(entries, entry);
            case TEMPORAL_ORDERED -> chain(entries, entry);
            case EVENT_COUNT -> holds(entries.size()) ? new Shown(entries, Integer.toString(entries.size())) : null;
            case VALUE_COUNT -> distinct(entries);
            case VALUE_SUM, VALUE_AVG, VALUE_PERCENTILE, VALUE_MEDIAN -> computed(entries);
        };
        if (shown != null) {
            report(row, group, known, match, shown, found);
        }
    }

    private record Shown(List<Entry> entries, String count) {
    }

    /// Null when the record lacks a field to group by: it joins no group.
    private @Nullable String group(Row row, int base, Match match) {
        var key = new StringBuilder();
        for (var grouped : wanted.groupBy()) {
            int field = grouped.byRule().isEmpty() ? grouped.field() : fieldOf(grouped, base);
            var value = field < 0 ? null : Groups.value(row, match, field, rule.fieldName(field));
            if (value == null) {
                return null;
            }
            key.append(key.isEmpty() ? "" : "\u0000").append(value);
        }
        return key.toString();
    }

    private int fieldOf(Correlation.Grouped grouped, int base) {
        for (int i = 0; i < wanted.refersTo().size(); i++) {
            if (rule.refs()[i] == base) {
                return grouped.byRule().getOrDefault(wanted.refersTo().get(i).text(), -1);
            }
        }
        return -1;
    }

    private static boolean isAbout(Row row, Match match) {
        return row.event().id().equals(match.subject().evidence().event());
    }

    private List<String> values(Row row) {
        if (wanted.fields().isEmpty()) {
            return List.of();
        }
        if (wanted.fields().size() == 1) {
            return List.of(row.folded(wanted.fields().getFirst()));
        }
        boolean complete = wanted.fields().stream().allMatch(field -> row.folded(field).length > 0);
        return complete ? List.of(Groups.key(row, wanted.fields())) : List.of();
    }

    private static void insert(ArrayList<Entry> entries, Entry entry) {
        int at = entries.size();
        while (at > 0 && ORDER.compare(entries.get(at - 1), entry) > 0) {
            at--;
        }
        entries.add(at, entry);
    }

    private void forget(Group group) {
        var entries = group.entries();
        var oldest = entries.getLast().at().minus(wanted.timespan());
        int old = 0;
        while (entries.get(old).at().isBefore(oldest)) {
            old++;
        }
        int tooMany = Math.max(0, entries.size() - old - ENTRIES);
        group.forgetOldest(old + tooMany);
        for (int i = 0; i < tooMany; i++) {
            evictions.add();
        }
    }

    private boolean holds(double number) {
        return wanted.bounds().stream().allMatch(bound -> bound.relation().holds(number, bound.to()));
    }

    private @Nullable Shown together(ArrayList<Entry> entries, Entry entry) {
        if (!entries.contains(entry)) {
            return null;
        }
        var present = entries.stream().map(Entry::base).collect(Collectors.toSet());
        boolean enough = wanted.bounds().isEmpty() ? present.size() == bases.length : holds(present.size());
        return enough ? new Shown(entries, Integer.toString(entries.size())) : null;
    }

    /// A chain of entries in the order of the rules that holds the one that arrived, which may be anywhere in it.
    private @Nullable Shown chain(ArrayList<Entry> entries, Entry entry) {
        int place = entries.indexOf(entry);
        if (place < 0) {
            return null;
        }
        int[] order = rule.refs();
        for (int role = order.length - 1; role >= 0; role--) {
            var chain = order[role] == entry.base() ? around(entries, place, role, order) : null;
            if (chain != null) {
                return new Shown(chain, Integer.toString(chain.size()));
            }
        }
        return null;
    }

    private static @Nullable List<Entry> around(ArrayList<Entry> entries, int place, int role, int[] order) {
        var chain = new ArrayList<Entry>();
        chain.add(entries.get(place));
        int next = role - 1;
        for (int i = place - 1; i >= 0 && next >= 0; i--) {
            if (entries.get(i).base() == order[next]) {
                chain.addFirst(entries.get(i));
                next--;
            }
        }
        if (next >= 0) {
            return null;
        }
        int following = role + 1;
        for (int i = place + 1; i < entries.size() && following < order.length; i++) {
            if (entries.get(i).base() == order[following]) {
                chain.addLast(entries.get(i));
                following++;
            }
        }
        return following == order.length ? chain : null;
    }

    private @Nullable Shown distinct(ArrayList<Entry> entries) {
        var values = new HashSet<String>();
        entries.forEach(entry -> values.addAll(entry.values()));
        return holds(values.size()) ? new Shown(entries, Integer.toString(values.size())) : null;
    }

    private @Nullable Shown computed(ArrayList<Entry> entries) {
        double[] numbers = entries.stream().flatMap(entry -> entry.values().stream()).mapToDouble(Correlations::numberOrNaN)
                .filter(Double::isFinite).sorted().toArray();
        if (numbers.length == 0) {
            return null;
        }
        double computed = switch (wanted.type()) {
            case VALUE_SUM -> Arrays.stream(numbers).sum();
            case VALUE_AVG -> Arrays.stream(numbers).average().orElse(0);
            case VALUE_PERCENTILE -> percentile(numbers, wanted.percentile());
            case VALUE_MEDIAN -> percentile(numbers, 50);
            case EVENT_COUNT, VALUE_COUNT, TEMPORAL, TEMPORAL_ORDERED -> entries.size();
        };
        return holds(computed) ? new Shown(entries, String.format(Locale.ROOT, "%.2f", computed)) : null;
    }

    private static double numberOrNaN(String text) {
        var number = Matcher.numeric(text);
        return number == null ? Double.NaN : number;
    }

    /// Linear interpolation between the two nearest, the method that spreadsheets use.
    private static double percentile(double[] sorted, double percent) {
        double rank = percent / 100 * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }

    /// A chain is shown whole; of a count only what was not shown before, because the alert has the rest.
    private void report(Row row, String group, Group known, Match match, Shown shown, Consumer<Match> found) {
        var entries = shown.entries();
        var span = Duration.between(entries.getFirst().at(), entries.getLast().at());
        boolean whole = wanted.type() == Correlation.Type.TEMPORAL_ORDERED;
        var evidence = entries.stream().skip(Math.max(0, entries.size() - MOST_EVIDENCE)).map(Entry::evidence).distinct()
                .filter(one -> known.reported().add(one.event()) || whole).toList();
        if (evidence.isEmpty()) {
            return;
        }
        var subject = rule.subjectOf(row, match.subject(), group);
        found.accept(new Match(rule, subject, evidence, Map.of("count", shown.count(), "span", Durations.show(span),
                "group", group.replace('\u0000', ' ')), match.weak()));
    }

    @Override
    public void save(StateWriter out) {
        groups.save(out, (writer, group) -> writer.list(group.entries(), entry -> writer.number(position(entry.base())).time(entry.at())
                .number(entry.sequence()).text(entry.call()).evidence(entry.evidence()).list(entry.values(), writer::text)
                .flag(group.reported().contains(entry.evidence().event()))));
    }

    /// Rules are numbered anew at every load; within the correlation their order is part of its shape.
    private int position(int base) {
        for (int i = 0; i < rule.refs().length; i++) {
            if (rule.refs()[i] == base) {
                return i;
            }
        }
        return 0;
    }

    @Override
    public void restore(StateReader in) {
        groups.restore(in, () -> {
            var group = new Group();
            in.list(() -> restore(group, in));
            return group;
        });
    }

    private Entry restore(Group group, StateReader in) {
        var entry = new Entry(rule.refs()[(int) in.number()], in.time(), in.number(), in.textOrNull(), in.evidence(), in.list(in::text));
        group.entries().add(entry);
        if (entry.call() != null) {
            group.calls().add(entry.key());
        }
        if (in.flag()) {
            group.reported().add(entry.evidence().event());
        }
        return entry;
    }

    @Override
    public boolean needsMatches() {
        return true;
    }

    @Override
    public String shape() {
        return "correlation " + wanted.type() + wanted.refersTo().stream().map(YamlNode.Scalar::text).toList() + wanted.groupBy().stream()
                .map(grouped -> grouped.byRule().isEmpty() ? rule.fieldName(grouped.field()) : "alias").toList()
                + wanted.fields().stream().map(rule::fieldName).toList();
    }
}
