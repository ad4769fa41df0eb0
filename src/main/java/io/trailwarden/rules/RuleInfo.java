package io.trailwarden.rules;

import io.trailwarden.alert.Severity;
import java.util.List;

/// A rule as people read about it.
///
/// @param id stable name, as in alerts
/// @param version hash of what decides about its findings
/// @param file where it is written, such as `rules/mcp/unknown_server.yaml`
/// @param tags ATT&CK and ATLAS ids and tactics as the file writes them, such as `attack.t1552.001`
/// @param needs client settings without which it is blind
/// @param sees what it reads, in words; empty when the file does not say
/// @param misses what gets past it
/// @param runbook what the person on call does, in order
/// @param falsePositives harmless things that look like it
public record RuleInfo(String id, String version, String title, Severity severity, String file, String description, List<String> tags,
        List<String> needs, String sees, String misses, List<String> runbook, List<String> falsePositives) {

    public RuleInfo {
        tags = List.copyOf(tags);
        needs = List.copyOf(needs);
        runbook = List.copyOf(runbook);
        falsePositives = List.copyOf(falsePositives);
    }

    /// The ids among the tags, as the frameworks write them: `T1552.001`, `AML.T0055`.
    public List<String> techniques() {
        return tags.stream().filter(tag -> tag.matches("attack\\.t\\d.*|atlas\\.aml\\..*"))
                .map(tag -> tag.substring(tag.indexOf('.') + 1).toUpperCase(java.util.Locale.ROOT)).toList();
    }
}
