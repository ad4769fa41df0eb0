package io.trailwarden.rules;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.store.StoredEvent;
import java.util.List;

/// Records and rules of any shape, for tests of the language alone.
final class Plain {

    private Plain() {
    }

    /// A record with the entries of a JSON or YAML map as attributes.
    static StoredEvent event(YamlNode written) {
        var origin = new Origin("test", "user@example.com", "s1", Attributes.NONE, "", "", Attributes.NONE);
        var observation = new Observation(Signal.LOG, "any", Events.NOON, origin, attributes((YamlNode.Fields) written), Attributes.NONE,
                Attributes.NONE);
        return new StoredEvent(1, AuditEvent.of(observation, Events.NOON), null);
    }

    static Attributes attributes(YamlNode.Fields fields) {
        var attributes = Attributes.builder();
        fields.entries().forEach(entry -> attributes.put(entry.key().text(), value(entry.value())));
        return attributes.build();
    }

    static Value value(YamlNode node) {
        return switch (node) {
            case YamlNode.Items items -> new Value.Array(items.values().stream().map(Plain::value).toList());
            case YamlNode.Fields fields -> new Value.KeyValues(attributes(fields));
            case YamlNode.Scalar scalar -> switch (scalar.kind()) {
                case TEXT -> Value.of(scalar.text());
                case INT -> Value.of(Long.parseLong(scalar.text()));
                case FLOAT -> Value.of(Double.parseDouble(scalar.text()));
                case BOOL -> Value.of(scalar.truth());
                case NULL -> Value.EMPTY;
            };
        };
    }

    /// Rules of one text, with every field name allowed.
    static RuleSet rules(String yaml, Policy policy) {
        return RuleLoader.load(List.of(new RuleFile("rules/test/rule.yaml", yaml)), policy, _ -> true, List.of());
    }

    /// Whether the first rule of `rules` matches.
    static boolean matches(RuleSet rules, StoredEvent event) {
        var evaluator = new Evaluator(rules);
        evaluator.observe(event);
        return evaluator.hits(rules.rules().getFirst()) > 0;
    }
}
