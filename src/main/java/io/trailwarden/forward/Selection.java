package io.trailwarden.forward;

import io.trailwarden.alert.AlertChange;
import io.trailwarden.alert.Severity;
import io.trailwarden.event.AuditEvent;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What one destination is configured to get.
final class Selection {

    private final boolean alerts;
    private final boolean events;
    private final Severity leastAlert;
    private final Severity leastEvent;
    private final String rules;
    private final String names;
    private final Pattern rule;
    private final Pattern name;
    private final boolean words;

    Selection(DestinationSettings settings) {
        var send = settings.text(CommonOptions.SEND);
        alerts = !send.equals("events");
        events = !send.equals("alerts");
        leastAlert = Severity.of(settings.text(CommonOptions.ALERT_SEVERITY));
        leastEvent = Severity.of(settings.text(CommonOptions.EVENT_SEVERITY));
        rules = settings.text(CommonOptions.ALERT_RULES);
        names = settings.text(CommonOptions.EVENT_NAMES);
        rule = pattern(rules);
        name = pattern(names);
        words = settings.text(CommonOptions.PROMPTS).equals("keep");
    }

    /// Stars are rare and names are short, so this needs no cleverness.
    private static Pattern pattern(String wildcards) {
        return Pattern.compile(Arrays.stream(wildcards.split(",")).map(String::strip)
                .map(one -> Arrays.stream(one.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")))
                .collect(Collectors.joining("|")), Pattern.DOTALL);
    }

    boolean alerts() {
        return alerts;
    }

    boolean events() {
        return events;
    }

    /// Whether words of prompts and answers go there.
    boolean words() {
        return words;
    }

    boolean takes(AlertChange change) {
        return change.alert().severity().compareTo(leastAlert) >= 0 && rule.matcher(change.alert().rule()).matches();
    }

    boolean takes(AuditEvent event) {
        return name.matcher(event.name()).matches() && ItemMaker.severity(event).compareTo(leastEvent) >= 0;
    }

    /// For people: `alerts from high; records tool_*`.
    String inWords() {
        var parts = new java.util.ArrayList<String>();
        if (alerts) {
            parts.add("alerts" + of(rules, " of ") + from(leastAlert));
        }
        if (events) {
            parts.add("records" + of(names, " named ") + from(leastEvent) + (words ? ", with the words of prompts" : ""));
        }
        return String.join("; ", List.copyOf(parts));
    }

    private static String of(String patterns, String word) {
        return patterns.equals("*") ? "" : word + patterns;
    }

    private static String from(Severity least) {
        return least == Severity.INFORMATIONAL ? "" : ", " + least.wireName() + " and worse";
    }
}
