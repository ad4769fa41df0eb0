package io.trailwarden.export;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Finding;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Json;
import io.trailwarden.event.Value;
import io.trailwarden.event.Words;
import io.trailwarden.store.StoredEvent;
import java.util.List;

/// The columns of each list, called as the REST interface calls them.
final class Tables {

    static final Table<Alert> ALERTS = new Table<>(List.of(
            Column.text("id", alert -> alert.key().toString()),
            Column.text("severity", alert -> alert.severity().wireName()),
            Column.text("status", alert -> alert.status().wireName()),
            Column.text("title", Alert::title),
            Column.text("rule", Alert::rule),
            Column.text("person", Alert::person),
            Column.text("session", Alert::session),
            Column.truth("attempt", Alert::attempt),
            Column.time("raisedAt", Alert::raisedAt),
            Column.time("at", Alert::at),
            Column.time("lastSeen", Alert::lastSeen),
            Column.number("occurrences", Alert::occurrences),
            Column.text("owner", Alert::owner),
            Column.text("handledBy", alert -> alert.handling() == null ? null : alert.handling().by()),
            Column.time("handledAt", alert -> alert.handling() == null ? null : alert.handling().at()),
            Column.text("closeReason", alert -> alert.handling() == null || alert.handling().reason() == null ? null : alert.handling().reason().wireName()),
            Column.text("closeJustification", alert -> alert.handling() == null ? null : alert.handling().justification()),
            Column.text("ruleVersion", Alert::ruleVersion),
            Column.json("evidence", Tables::evidence)));

    static final Table<StoredEvent> RECORDS = new Table<>(List.of(
            Column.text("id", stored -> stored.event().id().toString()),
            Column.number("position", StoredEvent::position),
            Column.time("time", stored -> stored.event().time()),
            Column.time("receivedAt", stored -> stored.event().receivedAt()),
            Column.text("signal", stored -> stored.event().signal().wireName()),
            Column.text("name", stored -> stored.event().name()),
            Column.text("person", stored -> stored.event().person()),
            Column.text("principal", stored -> stored.event().seen().origin().principal()),
            Column.text("session", stored -> stored.event().session()),
            Column.number("sequence", stored -> stored.event().sequence()),
            Column.text("tool", stored -> stored.event().tool()),
            Column.text("decision", stored -> stored.event().decision()),
            Column.text("source", stored -> stored.event().decidedBy()),
            Column.text("mode", StoredEvent::mode),
            Column.json("attributes", Tables::attributes),
            Column.json("resource", stored -> Json.write(Words.masked(stored.event()).seen().origin().resource())),
            Column.json("derived", stored -> Json.write(Words.masked(stored.event()).seen().derived())),
            Column.json("envelope", stored -> Json.write(Words.masked(stored.event()).seen().envelope()))));

    private Tables() {
    }

    private static String evidence(Alert alert) {
        return Json.write(new Value.Array(alert.evidence().stream().map(Tables::shown).toList()));
    }

    private static Value shown(Finding.Evidence evidence) {
        return new Value.KeyValues(Attributes.builder().put("eventId", Value.of(evidence.event().toString())).put("time", Value.of(evidence.time().toString()))
                .put("says", Value.of(evidence.says())).build());
    }

    /// What the record says itself wins over what it repeats.
    private static String attributes(StoredEvent stored) {
        var seen = Words.masked(stored.event()).seen();
        return Json.write(Attributes.builder().putAll(seen.origin().common()).putAll(seen.attributes()).build());
    }
}
