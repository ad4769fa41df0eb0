package io.trailwarden.rules;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The fields that rules of one set name, each with a number: a record becomes an array of values by that number.
final class FieldNames {

    private final Predicate<String> known;
    private final Collection<String> catalogue;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    FieldNames(Predicate<String> known, Collection<String> catalogue) {
        this.known = known;
        this.catalogue = catalogue;
    }

    boolean isKnown(String name) {
        return known.test(name);
    }

    /// The number of `name`.
    ///
    /// @throws InvalidRule when the catalogue has no such field
    int number(String name, YamlNode at) {
        if (!known.test(name)) {
            throw new InvalidRule(at, "unknown field '" + name + "'" + proposal(name, catalogue));
        }
        return number(name);
    }

    /// The number of a field that is known to exist.
    int number(String name) {
        return numbers.computeIfAbsent(name, fresh -> {
            names.add(fresh);
            return names.size() - 1;
        });
    }

    String name(int number) {
        return names.get(number);
    }

    int size() {
        return names.size();
    }

    List<String> all() {
        return List.copyOf(names);
    }

    /// `; did you mean 'x'?`, or nothing when nothing is near.
    static String proposal(String written, Collection<String> candidates) {
        int tolerance = Math.max(2, written.length() / 3);
        return candidates.stream().filter(candidate -> distance(written, candidate) <= tolerance)
                .min(Comparator.comparingInt((String candidate) -> distance(written, candidate)).thenComparing(Comparator.naturalOrder()))
                .map(candidate -> "; did you mean '" + candidate + "'?").orElse("; docs/fields.md lists them");
    }

    /// Edits between the two, where names that end alike (`event.server`, `mcp.server`) count as near.
    private static int distance(String written, String candidate) {
        int whole = edits(written, candidate);
        int lastWritten = written.lastIndexOf('.');
        int lastCandidate = candidate.lastIndexOf('.');
        if (lastWritten < 0 || lastCandidate < 0) {
            return whole;
        }
        return Math.min(whole, 2 + edits(written.substring(lastWritten), candidate.substring(lastCandidate)));
    }

    private static int edits(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[b.length()];
    }
}
