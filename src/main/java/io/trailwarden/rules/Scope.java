package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// What the reader of one document may refer to, and what it did refer to: fields by name, lists of the policy.
final class Scope {

    private static final int MAX_EXPANSION = 10_000;

    private final FieldNames fields;
    private final Policy policy;
    private final TreeMap<String, List<String>> used = new TreeMap<>();

    Scope(FieldNames fields, Policy policy) {
        this.fields = fields;
        this.policy = policy;
    }

    FieldNames fields() {
        return fields;
    }

    int field(String name, YamlNode at) {
        return fields.number(name, at);
    }

    /// The lists that were asked for, with their values: they are part of what a rule decides.
    TreeMap<String, List<String>> usedLists() {
        return used;
    }

    /// The values of a list.
    List<String> list(String name, YamlNode at) {
        var values = policy.get(name);
        if (values == null) {
            throw new InvalidRule(at, "unknown policy list '%" + name + "%'" + FieldNames.proposal(name, policy.lists().keySet())
                    .replace("docs/fields.md lists them", "rules/policy.yaml lists them"));
        }
        used.put(name, values);
        return values;
    }

    /// Puts the values of lists in place of `%list%`; `\%` is a plain percent sign.
    List<SigmaText> expand(String written, YamlNode at) {
        var results = new ArrayList<SigmaText>();
        results.add(SigmaText.literal(""));
        int from = 0;
        while (from <= written.length()) {
            int open = percent(written, from);
            int close = open < 0 ? -1 : percent(written, open + 1);
            var plain = SigmaText.parse(written.substring(from, close < 0 ? written.length() : open).replace("\\%", "%"));
            results.replaceAll(result -> result.plus(plain));
            if (close < 0) {
                break;
            }
            append(results, list(written.substring(open + 1, close), at), at);
            from = close + 1;
        }
        return results;
    }

    private static int percent(String written, int from) {
        int at = written.indexOf('%', from);
        while (at > 0 && written.charAt(at - 1) == '\\') {
            at = written.indexOf('%', at + 1);
        }
        return at;
    }

    private static void append(ArrayList<SigmaText> results, List<String> values, YamlNode at) {
        var longer = new ArrayList<SigmaText>();
        for (var result : results) {
            for (var value : values) {
                longer.add(result.plus(SigmaText.parse(value)));
            }
        }
        check(longer.size(), at);
        results.clear();
        results.addAll(longer);
    }

    static void check(int results, YamlNode at) {
        if (results > MAX_EXPANSION) {
            throw new InvalidRule(at, "value expands to more than " + MAX_EXPANSION + " texts");
        }
    }
}
