package io.trailwarden.redact;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The secrets of one record, to be taken out of the rest of it too.
final class FoundSecrets implements SecretScanner.Found {

    /// More different secrets in one record than any honest one has; the rest was replaced where it was found.
    private static final int MOST = 64;

    /// A shorter or simpler one, such as `production`, would take innocent words out of the record. And whoever writes
    /// `PASSWORD=id_ed25519 cat ~/.ssh/id_ed25519` must not make the name of a file disappear: what has the shape of a name,
    /// a host or a path must be longer than any that rules look for.
    private static final int SHORTEST = 8;
    private static final double LEAST_ENTROPY = 2.9;
    private static final int SHORTEST_NAME = 20;
    private static final double LEAST_NAME_ENTROPY = 3.5;

    /// What says who, where and what happened is never changed on the word of another field.
    private static final Set<String> FIXED = Set.of("event.name", "event.timestamp", "tool_name", "decision", "source",
            "decision_source", "permission_mode", "from_mode", "to_mode", "trigger", "status", "model", "user.email", "terminal.type",
            "service.name", "service.version", "tool.kind", "outcome",
            "command.programs", "command.marks", "command.pipes", "command.hosts", "command.remotes", "command.reads", "command.writes",
            "command.deletes", "file.path", "file.reads", "file.writes", "file.deletes", "egress.host", "mcp.server", "mcp.tool");

    private final RedactMetrics metrics;
    private final Map<String, String> markers = new LinkedHashMap<>();
    private int count;

    FoundSecrets(RedactMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void secret(String secret, String marker) {
        metrics.secret();
        count++;
        if (markers.size() < MOST && secret.length() >= SHORTEST && isUnusual(secret)) {
            markers.putIfAbsent(secret, marker);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// How many were found, repeats included.
    int count() {
        return count;
    }

    /// `observation` with none of the secrets left in its free text.
    Observation removeFrom(Observation observation) {
        var longestFirst = new ArrayList<>(markers.entrySet());
        longestFirst.sort(Comparator.comparingInt((Map.Entry<String, String> entry) -> entry.getKey().length()).reversed());
        var origin = observation.origin();
        return new Observation(observation.signal(), observation.name(), observation.time(),
                new Origin(origin.principal(), origin.person(), origin.session(), remove(origin.resource(), longestFirst),
                        origin.scopeName(), origin.scopeVersion(), remove(origin.common(), longestFirst)),
                remove(observation.attributes(), longestFirst), remove(observation.derived(), longestFirst),
                remove(observation.envelope(), longestFirst));
    }

    private static Attributes remove(Attributes attributes, List<Map.Entry<String, String>> secrets) {
        var cleaned = Attributes.builder();
        attributes.forEach((key, value) -> cleaned.put(key, isFixed(key) ? value : remove(value, secrets)));
        return cleaned.build();
    }

    private static Value remove(Value value, List<Map.Entry<String, String>> secrets) {
        return switch (value) {
            case Value.Text(var text) -> new Value.Text(remove(text, secrets));
            case Value.Array(var values) -> new Value.Array(values.stream().map(each -> remove(each, secrets)).toList());
            case Value.KeyValues(var entries) -> new Value.KeyValues(remove(entries, secrets));
            case Value.Int _, Value.Real _, Value.Bool _, Value.Binary _, Value.Empty _ -> value;
        };
    }

    private static String remove(String text, List<Map.Entry<String, String>> secrets) {
        if (text.length() < SHORTEST) {
            return text;
        }
        var rewritten = JsonText.looksLike(text) ? JsonText.rewrite(text, (_, inner) -> removeAll(inner, secrets)) : null;
        return rewritten == null ? removeAll(text, secrets) : rewritten;
    }

    private static String removeAll(String text, List<Map.Entry<String, String>> secrets) {
        var rest = text;
        for (var secret : secrets) {
            rest = rest.replace(secret.getKey(), secret.getValue());
        }
        return rest;
    }

    private static boolean isFixed(String key) {
        return FIXED.contains(key) || key.endsWith(".id") || key.endsWith("_id") || key.endsWith("uuid") || key.startsWith("mode.");
    }

    private static boolean isUnusual(String secret) {
        if (!Gate.hasDigitAndLetter(secret)) {
            return false;
        }
        boolean namelike = secret.chars().anyMatch(c -> "._-/: ".indexOf(c) >= 0);
        return namelike ? secret.length() >= SHORTEST_NAME && Gate.entropy(secret) >= LEAST_NAME_ENTROPY
                : Gate.entropy(secret) >= LEAST_ENTROPY;
    }
}
