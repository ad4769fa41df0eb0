package io.trailwarden.forward;

import io.trailwarden.event.Attributes;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// An item as one CEF message: what fits CEF's dictionary. Who wants every field takes JSON.
final class CefFormat {

    /// Version of what this says, not of the program: a reader's mapping depends on it alone.
    private static final String VERSION = "1";

    private CefFormat() {
    }

    /// `item` as text, shortened by `cut`.
    static String write(Item item, Cut cut) {
        var cef = switch (item) {
            case Item.OfAlert alert -> of(alert, cut);
            case Item.OfEvent event -> of(event, cut);
        };
        return cef.write();
    }

    private static Cef of(Item.OfAlert item, Cut cut) {
        var alert = item.alert();
        var change = item.change();
        var cef = new Cef(VERSION, alert.rule(), alert.title(), severity(item), cut);
        common(cef, item, cut);
        return cef.put(Cef.Key.start, alert.at().toEpochMilli())
                .put(Cef.Key.end, alert.lastSeen().toEpochMilli())
                .put(Cef.Key.outcome, alert.attempt() ? "failure" : "success")
                .put(Cef.Key.reason, change.reason())
                .put(Cef.Key.cs2, "alertId", alert.key().toString())
                .put(Cef.Key.cs3, "alertStatus", change.status().wireName())
                .put(Cef.Key.cs4, "ruleVersion", alert.ruleVersion())
                .put(Cef.Key.cs5, "by", change.by())
                .put(Cef.Key.cs6, "evidence", alert.evidence().stream().map(part -> part.event() + " " + part.says()).collect(Collectors.joining("; ")))
                .put(Cef.Key.cn1, "occurrences", Long.toString(alert.occurrences()))
                .put(Cef.Key.msg, change.note().isEmpty() ? ItemWords.of(item) : change.note());
    }

    private static Cef of(Item.OfEvent item, Cut cut) {
        var fields = item.fields();
        var cef = new Cef(VERSION, item.name(), item.name().replace('_', ' '), severity(item), cut);
        common(cef, item, cut);
        var ecs = new EcsFields(item.name(), fields);
        return cef.put(Cef.Key.start, ItemTime.of(item).toEpochMilli())
                .put(Cef.Key.outcome, ecs.outcome())
                .put(Cef.Key.reason, ecs.decidedBy())
                .put(Cef.Key.suid, first(fields, "user.account_uuid"))
                .put(Cef.Key.sourceServiceName, first(fields, "service.name"))
                .put(Cef.Key.requestClientApplication, first(fields, "service.version"))
                .put(Cef.Key.dhost, first(fields, "egress.host"))
                .put(Cef.Key.request, first(fields, "egress.url"))
                .put(Cef.Key.filePath, first(fields, "file.path"))
                .put(Cef.Key.cs2, "tool", first(fields, "tool_name"))
                .put(Cef.Key.cs3, "command", first(fields, "command.text"))
                .put(Cef.Key.cs4, "permissionMode", item.mode())
                .put(Cef.Key.cs5, "promptId", first(fields, "prompt.id"))
                .put(Cef.Key.cs6, "mcpServer", first(fields, "mcp.server"))
                .put(Cef.Key.msg, ItemWords.of(item));
    }

    private static void common(Cef cef, Item item, Cut cut) {
        cef.put(Cef.Key.externalId, item.id().toString())
                .put(Cef.Key.rt, item.knownAt().toEpochMilli())
                .put(Cef.Key.cat, item instanceof Item.OfAlert ? "alert" : "event")
                .put(Cef.Key.act, item.name())
                .put(Cef.Key.suser, item.person())
                .put(Cef.Key.cs1, "session", item.session())
                .put(Cef.Key.cn2, "position", Long.toString(item.position()));
        if (cut.cuts()) {
            cef.put(Cef.Key.cn3, "cut", "1");
        }
    }

    private static @Nullable String first(Attributes fields, String name) {
        var value = fields.get(name);
        return value == null || value.asTexts().isEmpty() ? null : value.asTexts().getFirst();
    }

    private static int severity(Item item) {
        return switch (item.severity()) {
            case INFORMATIONAL -> 1;
            case LOW -> 3;
            case MEDIUM -> 5;
            case HIGH -> 8;
            case CRITICAL -> 10;
        };
    }
}
