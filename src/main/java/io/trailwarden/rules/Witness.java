package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a record must have for a condition to hold: cheap to ask, and asked before the condition itself.
///
/// @param signs at least one of them must be there
record Witness(List<Sign> signs) {

    /// A condition with more ways to match than this is asked every time.
    private static final int MOST_SIGNS = 200;

    Witness {
        signs = List.copyOf(signs);
    }

    /// Something a record has.
    ///
    /// @param value one of the field's values in lower case; null when its presence is enough
    record Sign(int field, @Nullable String value) {
    }

    /// The names of records for which `condition` can hold; null when it may hold for any.
    static @Nullable Set<String> names(Condition condition, int nameField) {
        return switch (condition) {
            case Condition.Some(int field, Matcher matcher) when field == nameField -> exact(matcher);
            case Condition.And(var parts) -> {
                Set<String> names = null;
                for (var part : parts) {
                    var partNames = names(part, nameField);
                    if (names == null) {
                        names = partNames;
                    } else if (partNames != null) {
                        names = new HashSet<>(names);
                        names.retainAll(partNames);
                    }
                }
                yield names;
            }
            case Condition.Or(var parts) -> {
                var names = new HashSet<String>();
                for (var part : parts) {
                    var partNames = names(part, nameField);
                    if (partNames == null) {
                        yield null;
                    }
                    names.addAll(partNames);
                }
                yield names;
            }
            case Condition.Some _, Condition.SomeNot _, Condition.Not _, Condition.Fixed _, Condition.Exists _, Condition.IsNull _,
                    Condition.Keyword _ -> null;
        };
    }

    private static @Nullable Set<String> exact(Matcher matcher) {
        return switch (matcher) {
            case Matcher.Is(var texts) -> texts;
            case Matcher.Either _, Matcher.IsExactly _, Matcher.Like _, Matcher.Holds _, Matcher.Found _, Matcher.InNetwork _, Matcher.Compares _,
                    Matcher.ComparesVersion _, Matcher.ComparesTime _, Matcher.IsField _ -> null;
        };
    }

    /// The cheapest witness of `condition`; null when it may hold for a record that has nothing.
    static @Nullable Witness of(Condition condition, int nameField) {
        return switch (condition) {
            case Condition.And(var parts) -> {
                Witness best = null;
                for (var part : parts) {
                    var witness = of(part, nameField);
                    if (witness != null && (best == null || witness.cost() < best.cost())) {
                        best = witness;
                    }
                }
                yield best;
            }
            case Condition.Or(var parts) -> {
                var signs = new ArrayList<Sign>();
                for (var part : parts) {
                    var witness = of(part, nameField);
                    if (witness == null || signs.size() > MOST_SIGNS) {
                        yield null;
                    }
                    signs.addAll(witness.signs);
                }
                yield new Witness(signs);
            }
            case Condition.Some(int field, Matcher _) when field == nameField -> null;
            case Condition.Some(int field, Matcher matcher) -> some(field, matcher);
            case Condition.SomeNot(int field, _) -> new Witness(List.of(new Sign(field, null)));
            case Condition.Exists(int field) -> new Witness(List.of(new Sign(field, null)));
            case Condition.Fixed(boolean truth) -> truth ? null : new Witness(List.of());
            case Condition.Not _, Condition.IsNull _, Condition.Keyword _ -> null;
        };
    }

    private static Witness some(int field, Matcher matcher) {
        var texts = exact(matcher);
        if (texts == null || texts.size() > MOST_SIGNS) {
            return new Witness(List.of(new Sign(field, null)));
        }
        return new Witness(texts.stream().map(text -> new Sign(field, text)).toList());
    }

    /// Presence lets far more records through than a value does.
    private int cost() {
        return signs.stream().mapToInt(sign -> sign.value() == null ? 100 : 1).sum();
    }
}
