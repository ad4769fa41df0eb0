package io.trailwarden.forward;

import io.trailwarden.alert.AlertChange;
import io.trailwarden.alert.Finding;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Json;
import io.trailwarden.event.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An item as one JSON object on one line, for search in a SIEM: names of the Elastic Common Schema where it has them, ours under
/// `trailwarden`, and all that a record says under `fields`, by the names that rules use. Described in `docs/forwarders.md`;
/// names are added, never changed.
///
/// Printable: what would act on a terminal or a page, `<` included, is written as an escape, which reads back as what was sent.
final class EcsJson {

    private static final String ECS = "9.0.0";

    private final Cut cut;

    private EcsJson(Cut cut) {
        this.cut = cut;
    }

    /// `item` as text, shortened by `cut`.
    static String write(Item item, Cut cut) {
        return printable(Json.write(new EcsJson(cut).object(item)));
    }

    private Attributes object(Item item) {
        var event = Attributes.builder();
        var ours = Attributes.builder();
        var all = Attributes.builder()
                .put("@timestamp", ItemTime.of(item).toString())
                .put("message", cut.of(ItemWords.of(item)))
                .put("ecs", object("version", ECS));
        event.put("id", item.id().toString())
                .put("kind", item instanceof Item.OfAlert ? "alert" : "event")
                .put("module", "trailwarden")
                .put("dataset", item instanceof Item.OfAlert ? "trailwarden.alert" : "trailwarden.event")
                .put("action", cut.of(item.name()))
                .put("severity", risk(item))
                .put("ingested", item.knownAt().toString());
        ours.put("kind", item instanceof Item.OfAlert ? "alert" : "event")
                .put("position", item.position())
                .put("severity", item.severity().wireName())
                .put("session", orNull(item.session()));
        if (cut.cuts()) {
            ours.put("cut", Value.of(true));
        }
        switch (item) {
            case Item.OfAlert alert -> describe(alert.change(), event, ours, all);
            case Item.OfEvent record -> describe(record, event, ours, all);
        }
        return all.put("event", new Value.KeyValues(event.build()))
                .put("user", user(item))
                .put("observer", new Value.KeyValues(Attributes.builder().put("vendor", "Trailwarden").put("product", "Trailwarden").build()))
                .put("trailwarden", new Value.KeyValues(ours.build())).build();
    }

    private void describe(AlertChange change, Attributes.Builder event, Attributes.Builder ours, Attributes.Builder all) {
        var alert = change.alert();
        event.put("category", Value.of(List.of("intrusion_detection")))
                .put("outcome", alert.attempt() ? "failure" : "success")
                .put("created", alert.raisedAt().toString())
                .put("start", alert.at().toString())
                .put("end", alert.lastSeen().toString());
        all.put("rule", new Value.KeyValues(Attributes.builder().put("id", alert.rule()).put("name", alert.rule()).put("version", alert.ruleVersion())
                .build()));
        ours.put("alert", new Value.KeyValues(Attributes.builder()
                .put("id", alert.key().toString())
                .put("title", cut.of(alert.title()))
                .put("change", change.kind().wireName())
                .put("status", change.status().wireName())
                .put("attempt", Value.of(alert.attempt()))
                .put("occurrences", alert.occurrences())
                .put("by", orNull(change.by()))
                .put("assignee", orNull(change.assignee()))
                .put("reason", orNull(change.reason()))
                .put("note", change.note().isEmpty() ? null : cut.of(change.note()))
                .put("evidence", evidence(cut.fields() > 0 ? alert.evidence() : List.of()))
                .build()));
    }

    /// As much of the evidence as texts may be long, so that a short message names at least the first records.
    private Value evidence(List<Finding.Evidence> evidence) {
        var shown = new ArrayList<Value>();
        long length = 0;
        for (var part : evidence) {
            length += part.says().length() + 100L;
            if (length > cut.text() && !shown.isEmpty()) {
                break;
            }
            shown.add(new Value.KeyValues(Attributes.builder().put("event", part.event().toString()).put("time", part.time().toString())
                    .put("says", cut.of(part.says())).build()));
        }
        return new Value.Array(shown);
    }

    private void describe(Item.OfEvent item, Attributes.Builder event, Attributes.Builder ours, Attributes.Builder all) {
        var known = new EcsFields(item.name(), item.fields());
        event.put("category", texts(known.category())).put("type", texts(known.type())).put("outcome", known.outcome());
        ours.put("signal", item.signal().wireName()).put("principal", cut.of(item.principal())).put("mode", orNull(item.mode()));
        if (cut.fields() > 0) {
            nested(known.named()).forEach(all::put);
        }
        var fields = new LinkedHashMap<String, Value>();
        item.fields().forEach((name, value) -> {
            if (fields.size() < cut.fields()) {
                fields.put(key(name), shortened(value));
            }
        });
        all.put("fields", new Value.KeyValues(Attributes.of(fields)));
    }

    /// `process.command_line` and the like as objects in objects.
    private Map<String, Value> nested(Map<String, String> dotted) {
        var tree = new LinkedHashMap<String, Object>();
        dotted.forEach((name, text) -> place(tree, name, cut.of(text)));
        var values = new LinkedHashMap<String, Value>();
        tree.forEach((name, branch) -> values.put(name, valueOf(branch)));
        return values;
    }

    @SuppressWarnings("unchecked")
    private static void place(Map<String, Object> tree, String name, String text) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            tree.put(name, text);
        } else {
            place((Map<String, Object>) tree.computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<String, Object>()),
                    name.substring(dot + 1), text);
        }
    }

    private static Value valueOf(Object branch) {
        if (branch instanceof Map<?, ?> tree) {
            var entries = Attributes.builder();
            tree.forEach((name, below) -> entries.put((String) name, valueOf(below)));
            return new Value.KeyValues(entries.build());
        }
        return Value.of((String) branch);
    }

    private Value user(Item item) {
        var user = Attributes.builder().put("name", cut.of(item.person()));
        if (item instanceof Item.OfEvent event && cut.fields() > 0) {
            user.put("email", orNull(event.fields().text("user.email"))).put("id", orNull(event.fields().text("user.account_uuid")));
        }
        return new Value.KeyValues(user.build());
    }

    /// Texts inside lists and maps too; of a long list or map its beginning.
    private Value shortened(Value value) {
        return switch (value) {
            case Value.Text(var text) -> Value.of(cut.of(text));
            case Value.Binary(var hex) -> new Value.Binary(hex.length() <= cut.text() ? hex : hex.substring(0, cut.text() / 2 * 2));
            case Value.Array(var values) -> new Value.Array(beginning(values).stream().map(this::shortened).toList());
            case Value.KeyValues(var entries) -> {
                var kept = new LinkedHashMap<String, Value>();
                entries.forEach((name, below) -> {
                    if (kept.size() < cut.text() / 16) {
                        kept.put(key(name), shortened(below));
                    }
                });
                yield new Value.KeyValues(Attributes.of(kept));
            }
            case Value.Int _, Value.Real _, Value.Bool _, Value.Empty _ -> value;
        };
    }

    /// Common readers fail on a key with an escaped surrogate pair, so what acts is named in keys, not escaped.
    private String key(String name) {
        return Printable.of(cut.of(name));
    }

    private List<Value> beginning(List<Value> values) {
        return values.size() <= cut.text() / 16 ? values : values.subList(0, cut.text() / 16);
    }

    private @Nullable String orNull(@Nullable String text) {
        return text == null ? null : cut.of(text);
    }

    private static Value object(String name, String text) {
        return new Value.KeyValues(Attributes.builder().put(name, text).build());
    }

    private static Value texts(List<String> texts) {
        return Value.of(texts);
    }

    /// As Elastic's own rules score severities.
    private static long risk(Item item) {
        return switch (item.severity()) {
            case INFORMATIONAL -> 1;
            case LOW -> 21;
            case MEDIUM -> 47;
            case HIGH -> 73;
            case CRITICAL -> 99;
        };
    }

    /// `json` with what acts instead of showing something as escapes. Such characters stand inside texts only.
    private static String printable(String json) {
        var out = new StringBuilder(json.length() + 64);
        json.codePoints().forEach(point -> {
            if (point == '<' || Printable.acts(point)) {
                for (char unit : Character.toChars(point)) {
                    out.append("\\u%04x".formatted((int) unit));
                }
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }
}
