package io.trailwarden.rules;

import io.trailwarden.rules.Document.What;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which detections are worth asking about a record: first by its name, then by what it must have for them to match.
final class RuleIndex {

    private final int words;
    private final Map<String, Bucket> byName = new HashMap<>();
    private final Bucket anyOther;

    /// The detections that may match records of one name.
    ///
    /// @param always those that are asked whatever the record has
    private record Bucket(long[] always, Clue[] clues) {
    }

    /// What the presence and the values of one field let in.
    private record Clue(int field, long[] present, Map<String, long[]> byValue) {
    }

    RuleIndex(List<Rule> rules, int nameField) {
        words = (rules.size() + 63) / 64;
        var named = new HashMap<Integer, Set<String>>();
        var all = new HashSet<String>();
        for (var rule : rules) {
            if (rule.document().what() instanceof What.Detection(var condition)) {
                var names = Witness.names(condition, nameField);
                if (names != null) {
                    named.put(rule.index(), names);
                    all.addAll(names);
                }
            }
        }
        for (var name : all) {
            byName.put(name, bucket(rules.stream().filter(rule -> !named.containsKey(rule.index())
                    || named.getOrDefault(rule.index(), Set.of()).contains(name)).toList(), nameField));
        }
        anyOther = bucket(rules.stream().filter(rule -> !named.containsKey(rule.index())).toList(), nameField);
    }

    private Bucket bucket(List<Rule> rules, int nameField) {
        long[] always = new long[words];
        Map<Integer, Clue> clues = new HashMap<>();
        for (var rule : rules) {
            if (!(rule.document().what() instanceof What.Detection(var condition))) {
                continue;
            }
            var witness = Witness.of(condition, nameField);
            if (witness == null) {
                set(always, rule.index());
                continue;
            }
            for (var sign : witness.signs()) {
                var clue = clues.computeIfAbsent(sign.field(), field -> new Clue(field, new long[words], new HashMap<>()));
                set(sign.value() == null ? clue.present() : clue.byValue().computeIfAbsent(sign.value(), _ -> new long[words]), rule.index());
            }
        }
        return new Bucket(always, new ArrayList<>(clues.values()).toArray(Clue[]::new));
    }

    private static void set(long[] bits, int index) {
        bits[index >> 6] |= 1L << index;
    }

    int words() {
        return words;
    }

    /// Marks in `candidates` the detections to be asked about the record.
    void candidates(Row row, long[] candidates) {
        var bucket = byName.getOrDefault(row.event().name(), anyOther);
        System.arraycopy(bucket.always, 0, candidates, 0, words);
        for (var clue : bucket.clues) {
            if (row.value(clue.field()) != null) {
                add(row, clue, candidates);
            }
        }
    }

    private static void add(Row row, Clue clue, long[] candidates) {
        or(candidates, clue.present());
        if (!clue.byValue().isEmpty()) {
            for (var text : row.folded(clue.field())) {
                var more = clue.byValue().get(text);
                if (more != null) {
                    or(candidates, more);
                }
            }
        }
    }

    private static void or(long[] into, long[] more) {
        for (int i = 0; i < into.length; i++) {
            into[i] |= more[i];
        }
    }
}
