package io.trailwarden.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a `detection:` section into one condition.
final class DetectionReader {

    private DetectionReader() {
    }

    static Condition read(Scope scope, YamlNode.Fields detection) {
        var condition = detection.get("condition");
        if (condition == null) {
            throw new InvalidRule(detection, "detection has no 'condition'");
        }
        Map<String, Condition> searches = new LinkedHashMap<>();
        for (var entry : detection.entries()) {
            if (!entry.key().text().equals("condition") && !entry.key().text().equals("timeframe")) {
                searches.put(entry.key().text(), search(scope, entry.value()));
            }
        }
        var conditions = new ArrayList<Condition>();
        for (var written : condition instanceof YamlNode.Items items ? items.values() : List.of(condition)) {
            if (!(written instanceof YamlNode.Scalar scalar)) {
                throw new InvalidRule(written, "condition must be text, got " + written.kindName());
            }
            conditions.add(new ConditionReader(scalar, searches).read());
        }
        if (conditions.isEmpty()) {
            throw new InvalidRule(condition, "condition is empty");
        }
        return conditions.size() == 1 ? conditions.getFirst() : new Condition.Or(conditions);
    }

    private static Condition search(Scope scope, YamlNode search) {
        return switch (search) {
            case YamlNode.Fields fields -> map(scope, fields);
            case YamlNode.Scalar scalar -> ItemReader.keywords(scope, scalar);
            case YamlNode.Items items -> list(scope, items);
        };
    }

    private static Condition map(Scope scope, YamlNode.Fields fields) {
        if (fields.entries().isEmpty()) {
            throw new InvalidRule(fields, "a selection must not be empty");
        }
        var parts = fields.entries().stream().map(entry -> ItemReader.read(scope, entry.key(), entry.value())).toList();
        return parts.size() == 1 ? parts.getFirst() : new Condition.And(parts);
    }

    /// Maps and plain values may stand side by side; each is one way to match.
    private static Condition list(Scope scope, YamlNode.Items items) {
        if (items.values().isEmpty()) {
            throw new InvalidRule(items, "a selection must not be empty");
        }
        return new Condition.Or(items.values().stream().map(item -> search(scope, item)).toList());
    }
}
