package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds texts of which at least one is in everything that a regular expression finds: far cheaper to look for than the
/// expression itself. Gives up, saying nothing, on whatever it does not know.
///
/// For one expression, which RE2 has already accepted.
final class RegexLiterals {

    private static final int SHORTEST = 2;
    private static final int MOST = 40;

    private final String expression;
    private int at;

    /// What a part of the expression stands for.
    ///
    /// @param exact the one text it matches; null when it matches others too
    /// @param oneOf at least one of these is in what it matches; empty when nothing is known
    private record Part(@Nullable String exact, Set<String> oneOf) {

        private static final Part UNKNOWN = new Part(null, Set.of());

        private Set<String> needed() {
            return exact == null ? oneOf : Set.of(exact);
        }
    }

    /// Thrown inside on syntax that is not looked into.
    private static final class NotUnderstood extends RuntimeException {
        private NotUnderstood() {
            super(null, null, false, false);
        }
    }

    RegexLiterals(String expression) {
        this.expression = expression;
    }

    /// The texts in lower case; empty when nothing is known.
    List<String> necessary() {
        at = 0;
        try {
            var whole = alternatives();
            var needed = at == expression.length() ? whole.needed() : Set.<String>of();
            return isUseful(needed) ? needed.stream().map(Row::fold).toList() : List.of();
        } catch (NotUnderstood unknown) {
            return List.of();
        }
    }

    private static boolean isUseful(Set<String> texts) {
        return !texts.isEmpty() && texts.size() <= MOST && texts.stream().allMatch(text -> text.length() >= SHORTEST);
    }

    private Part alternatives() {
        var first = sequence();
        if (!next('|')) {
            return first;
        }
        var texts = new LinkedHashSet<>(first.needed());
        boolean known = !first.needed().isEmpty();
        do {
            var other = sequence().needed();
            known &= !other.isEmpty();
            texts.addAll(other);
        } while (next('|'));
        return known ? new Part(null, texts) : Part.UNKNOWN;
    }

    private Part sequence() {
        var best = Set.<String>of();
        var run = new StringBuilder();
        boolean exact = true;
        while (at < expression.length() && expression.charAt(at) != '|' && expression.charAt(at) != ')') {
            var part = repeated();
            if (part.exact() == null) {
                best = better(better(best, Set.of(run.toString())), part.oneOf());
                run.setLength(0);
                exact = false;
            } else {
                run.append(part.exact());
            }
        }
        var text = run.toString();
        return exact ? new Part(text, Set.of()) : new Part(null, better(best, Set.of(text)));
    }

    /// Longer texts are rarer.
    private static Set<String> better(Set<String> a, Set<String> b) {
        return shortest(b) > shortest(a) ? b : a;
    }

    private static int shortest(Set<String> texts) {
        return texts.size() > MOST ? 0 : texts.stream().mapToInt(String::length).min().orElse(0);
    }

    private Part repeated() {
        var part = single();
        while (at < expression.length()) {
            char c = expression.charAt(at);
            if (c == '*' || c == '?') {
                at++;
                part = Part.UNKNOWN;
            } else if (c == '+') {
                at++;
                part = new Part(null, part.needed());
            } else if (c == '{' && isCount()) {
                boolean none = expression.charAt(at + 1) == '0';
                at = expression.indexOf('}', at) + 1;
                part = none ? Part.UNKNOWN : new Part(null, part.needed());
            } else {
                break;
            }
        }
        return part;
    }

    private boolean isCount() {
        int close = expression.indexOf('}', at);
        return close > at + 1 && expression.substring(at + 1, close).chars().allMatch(c -> Character.isDigit(c) || c == ',');
    }

    private Part single() {
        char c = expression.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> {
                skipClass();
                yield Part.UNKNOWN;
            }
            case '\\' -> escaped();
            case '.' -> Part.UNKNOWN;
            case '^', '$' -> new Part("", Set.of());
            default -> new Part(String.valueOf(c), Set.of());
        };
    }

    private Part group() {
        if (next('?')) {
            int colon = expression.indexOf(':', at);
            int close = expression.indexOf(')', at);
            int name = expression.indexOf('>', at);
            if (expression.startsWith("P<", at) || expression.startsWith("<", at)) {
                at = name + 1;
            } else if (colon >= 0 && colon < close && isFlags(expression.substring(at, colon))) {
                at = colon + 1;
            } else if (close > 0 && isFlags(expression.substring(at, close))) {
                at = close + 1;
                return new Part("", Set.of());
            } else {
                throw new NotUnderstood();
            }
        }
        var inside = alternatives();
        if (!next(')')) {
            throw new NotUnderstood();
        }
        return inside;
    }

    private static boolean isFlags(String text) {
        return text.chars().allMatch(c -> "imsU-".indexOf(c) >= 0);
    }

    private Part escaped() {
        if (at == expression.length()) {
            throw new NotUnderstood();
        }
        char c = expression.charAt(at++);
        if (!Character.isLetterOrDigit(c)) {
            return new Part(String.valueOf(c), Set.of());
        }
        return switch (c) {
            case 'b', 'B', 'A', 'z' -> new Part("", Set.of());
            case 'd', 'D', 's', 'S', 'w', 'W', 'n', 't', 'r', 'f', 'v', 'a' -> Part.UNKNOWN;
            default -> throw new NotUnderstood();
        };
    }

    /// After the `[`.
    private void skipClass() {
        next('^');
        next(']');
        while (at < expression.length() && expression.charAt(at) != ']') {
            if (expression.startsWith("[:", at)) {
                at = Math.max(at + 2, expression.indexOf(":]", at) + 2);
            } else {
                at += expression.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
    }

    private boolean next(char c) {
        if (at < expression.length() && expression.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }
}
