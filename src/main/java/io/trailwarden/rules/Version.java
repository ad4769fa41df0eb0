package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dotted version such as `2.1.288`; what follows a `-` makes it older than the same without, as in semantic versions.
///
/// @param numbers its numbers, first the one that matters most; missing ones count as 0
/// @param early whether it is one before the release, such as `2.2.0-beta.1`
record Version(List<Long> numbers, boolean early) implements Comparable<Version> {

    private static final int MOST_NUMBERS = 6;

    Version {
        numbers = List.copyOf(numbers);
    }

    /// Reads a version, with or without a leading `v`; null when it is none.
    static @Nullable Version parse(String text) {
        var rest = text.startsWith("v") ? text.substring(1) : text;
        int plus = rest.indexOf('+');
        rest = plus < 0 ? rest : rest.substring(0, plus);
        int dash = rest.indexOf('-');
        var parts = (dash < 0 ? rest : rest.substring(0, dash)).split("\\.", -1);
        if (parts.length > MOST_NUMBERS) {
            return null;
        }
        var numbers = new ArrayList<Long>();
        for (var part : parts) {
            if (part.isEmpty() || part.length() > 12 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return null;
            }
            numbers.add(Long.parseLong(part));
        }
        return new Version(numbers, dash >= 0);
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int compared = Long.compare(number(i), other.number(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Boolean.compare(other.early, early);
    }

    private long number(int index) {
        return index < numbers.size() ? numbers.get(index) : 0;
    }
}
