package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads the condition of a detection: `or` binds loosest, then `and`, then `not`, then `1 of x*` and parentheses.
final class ConditionReader {

    private static final int MAX_DEPTH = 60;

    private final YamlNode.Scalar written;
    private final Map<String, Condition> searches;
    private final List<String> tokens;
    private int at;
    private int depth;

    ConditionReader(YamlNode.Scalar written, Map<String, Condition> searches) {
        this.written = written;
        this.searches = searches;
        this.tokens = tokens(written);
    }

    private static List<String> tokens(YamlNode.Scalar written) {
        var tokens = new ArrayList<String>();
        for (var word : written.text().replace("(", " ( ").replace(")", " ) ").strip().split("\\s+")) {
            if (word.contains("|")) {
                throw new InvalidRule(written, "'|' in a condition is not accepted; write a correlation instead");
            }
            tokens.add(word);
        }
        return tokens;
    }

    Condition read() {
        var condition = or();
        if (at < tokens.size()) {
            throw problem("does not expect '" + tokens.get(at) + "'");
        }
        return condition;
    }

    private Condition or() {
        if (++depth > MAX_DEPTH) {
            throw problem("is nested too deep");
        }
        var parts = new ArrayList<Condition>();
        parts.add(and());
        while (next("or")) {
            parts.add(and());
        }
        depth--;
        return parts.size() == 1 ? parts.getFirst() : new Condition.Or(parts);
    }

    private Condition and() {
        var parts = new ArrayList<Condition>();
        parts.add(not());
        while (next("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts);
    }

    private Condition not() {
        boolean negated = false;
        while (next("not")) {
            negated = !negated;
        }
        var operand = operand();
        return negated ? new Condition.Not(operand) : operand;
    }

    private Condition operand() {
        if (next("(")) {
            var inner = or();
            if (!next(")")) {
                throw problem("misses a ')'");
            }
            return inner;
        }
        if (at + 1 < tokens.size() && tokens.get(at + 1).equalsIgnoreCase("of")) {
            return quantified();
        }
        var name = take();
        var search = searches.get(name);
        if (search == null) {
            throw problem("names '" + name + "', which the detection does not have"
                    + FieldNames.proposal(name, searches.keySet()).replace("; docs/fields.md lists them", ""));
        }
        return search;
    }

    private Condition quantified() {
        var quantifier = take().toLowerCase(Locale.ROOT);
        take();
        var pattern = take();
        var matching = searches.entrySet().stream().filter(search -> isMeant(pattern, search.getKey())).map(Map.Entry::getValue).toList();
        if (matching.isEmpty()) {
            throw problem("has no selection for '" + pattern + "'");
        }
        return switch (quantifier) {
            case "1", "any" -> new Condition.Or(matching);
            case "all" -> new Condition.And(matching);
            default -> throw problem("must say '1 of', 'any of' or 'all of', got '" + quantifier + " of'");
        };
    }

    /// Names that begin with `_` are helpers, meant only when asked for.
    private static boolean isMeant(String pattern, String name) {
        if (pattern.equalsIgnoreCase("them")) {
            return !name.startsWith("_");
        }
        return (pattern.startsWith("_") || !name.startsWith("_")) && Glob.of(SigmaText.parse(pattern)).matches(name);
    }

    private boolean next(String word) {
        if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
            at++;
            return true;
        }
        return false;
    }

    private String take() {
        if (at == tokens.size()) {
            throw problem("ends too early");
        }
        return tokens.get(at++);
    }

    private InvalidRule problem(String what) {
        return new InvalidRule(written, "condition '" + written.text().strip() + "' " + what);
    }
}
