package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Named lists that people edit: approved servers, allowed modes, production names. Rules name them as `%list%`.
///
/// @param lists values by the list's name; values are Sigma texts, so `*` and `?` are wildcards
record Policy(Map<String, List<String>> lists) {

    /// No lists at all.
    static final Policy NONE = new Policy(Map.of());

    Policy {
        lists = Map.copyOf(lists);
    }

    /// Reads a policy file.
    ///
    /// @throws InvalidRule when it is not a map of lists
    static Policy parse(String yaml) {
        var lists = new LinkedHashMap<String, List<String>>();
        for (var document : Yaml.documents(yaml)) {
            if (!(document instanceof YamlNode.Fields fields)) {
                throw new InvalidRule(document, "a policy file is a map of lists, got " + document.kindName());
            }
            lists.putAll(of(fields).lists);
        }
        return new Policy(lists);
    }

    /// Reads a map of lists.
    static Policy of(YamlNode.Fields fields) {
        var lists = new LinkedHashMap<String, List<String>>();
        for (var entry : fields.entries()) {
            lists.put(entry.key().text(), values(entry));
        }
        return new Policy(lists);
    }

    private static List<String> values(YamlNode.Entry entry) {
        if (!(entry.value() instanceof YamlNode.Items items)) {
            throw new InvalidRule(entry.value(), "list '" + entry.key().text() + "' must be a list, got " + entry.value().kindName());
        }
        var values = new ArrayList<String>();
        for (var value : items.values()) {
            if (!(value instanceof YamlNode.Scalar scalar) || scalar.isNull()) {
                throw new InvalidRule(value, "list '" + entry.key().text() + "' must hold texts, got " + value.kindName());
            }
            values.add(scalar.text());
        }
        return values;
    }

    /// These lists, with those of `other` in place of theirs of the same name.
    Policy with(Policy other) {
        var merged = new TreeMap<>(lists);
        merged.putAll(other.lists);
        return new Policy(merged);
    }

    /// Whether a value of the list `name` is `text`, as rules compare them; false when there is no such list.
    boolean has(String name, String text) {
        var folded = Row.fold(text);
        return lists.getOrDefault(name, List.of()).stream()
                .anyMatch(value -> Glob.of(SigmaText.parse(Row.fold(value))).matches(folded));
    }

    /// These lists with `names` added to them, in which no character is a wildcard.
    Policy plus(Map<String, List<String>> names) {
        var merged = new TreeMap<>(lists);
        names.forEach((list, added) -> {
            var values = new ArrayList<>(merged.getOrDefault(list, List.of()));
            added.forEach(name -> values.add(name.replaceAll("[*?\\\\]", "\\\\$0")));
            merged.put(list, List.copyOf(values));
        });
        return new Policy(merged);
    }

    /// The values of `name`, or null when there is no such list.
    @Nullable List<String> get(String name) {
        return lists.get(name);
    }
}
