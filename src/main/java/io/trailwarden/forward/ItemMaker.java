package io.trailwarden.forward;

import io.trailwarden.alert.AlertChange;
import io.trailwarden.alert.Severity;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Words;
import io.trailwarden.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Makes items of what is stored.
final class ItemMaker {

    /// From here on OpenTelemetry calls a record a warning, then an error.
    private static final long WARN = 13;
    private static final long ERROR = 17;

    private ItemMaker() {
    }

    static Item.OfAlert item(AlertChange change) {
        var name = change.alert().key() + "/" + change.position() + "/" + change.kind().wireName() + "/" + change.at();
        return new Item.OfAlert(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), change);
    }

    /// @param words whether words of prompts and answers may be in it
    static Item.OfEvent item(StoredEvent stored, boolean words) {
        var event = words ? stored.event() : Words.masked(stored.event());
        return new Item.OfEvent(event.id(), stored.position(), event.signal(), event.name(), event.time(), event.receivedAt(), severity(event),
                event.seen().origin().principal(), event.person(), event.session(), stored.mode(), fields(event.seen()));
    }

    /// By the names that rules use; where one name occurs twice, the value that [Observation#field] finds.
    private static Attributes fields(Observation seen) {
        return Attributes.builder().putAll(seen.envelope()).putAll(seen.origin().resource()).putAll(seen.origin().common())
                .putAll(seen.attributes()).putAll(seen.derived()).build();
    }

    /// A record has no severity of its own in the trail, so this is coarse: what went wrong or was refused is low, what lets
    /// the agent act unasked is medium, everything else is informational.
    static Severity severity(AuditEvent event) {
        if ("bypassPermissions".equals(event.statedMode())) {
            return Severity.MEDIUM;
        }
        var number = event.seen().envelope().number("severity_number");
        if (number != null && number >= ERROR) {
            return Severity.MEDIUM;
        }
        boolean refused = "reject".equals(event.decision());
        boolean failed = "false".equals(event.text("success")) || event.name().endsWith("_error");
        return refused || failed || number != null && number >= WARN ? Severity.LOW : Severity.INFORMATIONAL;
    }
}
