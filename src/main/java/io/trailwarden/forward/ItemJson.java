package io.trailwarden.forward;

import io.trailwarden.alert.AlertChange;
import io.trailwarden.alert.Finding;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Json;
import io.trailwarden.event.Value;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// An item as one JSON object on one line: the body of the webhook, and `json` wherever a destination takes JSON. Described
/// in `docs/forwarders.md`; fields are added, never renamed.
final class ItemJson {

    /// Stands in every object, and changes when a field changes its meaning.
    static final int VERSION = 1;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private ItemJson() {
    }

    /// `item` in UTF-8. Printable on a terminal as it is: control and direction characters of hostile text are escaped.
    public static byte[] bytes(Item item) {
        return text(item).getBytes(StandardCharsets.UTF_8);
    }

    /// `item` as text.
    public static String text(Item item) {
        return printable(Json.write(fields(item)));
    }

    /// `item` as named values, for destinations that put it into an envelope of their own.
    public static Attributes fields(Item item) {
        var fields = Attributes.builder()
                .put("id", item.id().toString())
                .put("type", item instanceof Item.OfAlert ? "alert" : "event")
                .put("name", item.name())
                .put("time", time(item.time()))
                .put("known_at", time(item.knownAt()))
                .put("severity", item.severity().wireName())
                .put("person", item.person())
                .put("session", item.session())
                .put("position", item.position())
                .put("version", VERSION);
        switch (item) {
            case Item.OfEvent event -> fields.put("event", new Value.KeyValues(event(event)));
            case Item.OfAlert alert -> fields.put("alert", new Value.KeyValues(alert(alert.change())));
        }
        return fields.build();
    }

    private static Attributes event(Item.OfEvent event) {
        return Attributes.builder()
                .put("signal", event.signal().wireName())
                .put("principal", event.principal())
                .put("mode", event.mode())
                .put("fields", new Value.KeyValues(event.fields()))
                .build();
    }

    private static Attributes alert(AlertChange change) {
        var alert = change.alert();
        return Attributes.builder()
                .put("key", alert.key().toString())
                .put("change", change.kind().wireName())
                .put("status", change.status().wireName())
                .put("by", change.by())
                .put("assignee", change.assignee())
                .put("reason", change.reason())
                .put("note", change.note())
                .put("rule", alert.rule())
                .put("rule_version", alert.ruleVersion())
                .put("title", alert.title())
                .put("attempt", new Value.Bool(alert.attempt()))
                .put("raised_at", time(alert.raisedAt()))
                .put("at", time(alert.at()))
                .put("last_seen", time(alert.lastSeen()))
                .put("occurrences", alert.occurrences())
                .put("evidence", new Value.Array(alert.evidence().stream().map(ItemJson::evidence).toList()))
                .build();
    }

    private static Value evidence(Finding.Evidence evidence) {
        return new Value.KeyValues(Attributes.builder()
                .put("event", evidence.event().toString())
                .put("time", time(evidence.time()))
                .put("says", evidence.says())
                .build());
    }

    private static String time(Instant time) {
        return time.toString();
    }

    /// `json` without characters that steer a terminal or turn the direction of text. They occur inside texts only, where
    /// they may as well be written as escapes.
    public static String printable(String json) {
        int first = 0;
        while (first < json.length() && !steers(json.charAt(first))) {
            first++;
        }
        if (first == json.length()) {
            return json;
        }
        var out = new StringBuilder(json.length() + 64).append(json, 0, first);
        for (int i = first; i < json.length(); i++) {
            char c = json.charAt(i);
            if (steers(c)) {
                out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]).append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean steers(char c) {
        return c >= 0x7f && (c <= 0x9f || c == 0x61c || c >= 0x200e && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069
                || c == 0xfeff);
    }
}
