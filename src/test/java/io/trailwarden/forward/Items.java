package io.trailwarden.forward;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertChange;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Finding;
import io.trailwarden.alert.Severity;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// Items for tests of forwarders: fixed times, documentation addresses.
final class Items {

    static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    private Items() {
    }

    /// The alert that a secret was sent away, as raised.
    static Item.OfAlert alert(int number) {
        return alert(number, "A secret file was read and sent to a host", "user@example.com", "reads .env");
    }

    /// An alert with hostile or other texts where clients can place some.
    static Item.OfAlert alert(int number, String title, String person, String says) {
        return alert(number, AlertChange.Kind.RAISED, title, person, says);
    }

    /// An analyst closed the alert.
    static Item.OfAlert closed(int number) {
        return alert(number, AlertChange.Kind.CLOSED, "A secret file was read and sent to a host", "user@example.com", "reads .env");
    }

    private static Item.OfAlert alert(int number, AlertChange.Kind kind, String title, String person, String says) {
        var evidence = List.of(new Finding.Evidence(new EventId(uuid("record " + number)), NOON.plusSeconds(number), says));
        boolean closed = kind == AlertChange.Kind.CLOSED;
        var status = closed ? Status.CLOSED : Status.OPEN;
        var alert = new Alert(new AlertKey(uuid("alert " + number)), "shell_secret_to_network", "v1", title, Severity.HIGH, false, status, person, "s1",
                NOON.plusSeconds(number + 1L), NOON.plusSeconds(number), NOON.plusSeconds(number), 1, null, null, evidence);
        var change = new AlertChange(number, kind, NOON.plusSeconds(number + 1L), closed ? "analyst" : null, status, null, closed ? "false_alarm" : null,
                closed ? "A test key" : "", alert);
        return new Item.OfAlert(uuid("change " + kind + number), change);
    }

    /// A command was allowed.
    static Item.OfEvent event(int number) {
        return event(number, "user@example.com", Attributes.builder().put("tool_name", "Bash").put("decision", "accept").put("source", "config")
                .put("command.programs", "curl").put("event.sequence", number).build());
    }

    /// A record with hostile or other fields.
    static Item.OfEvent event(int number, String person, Attributes fields) {
        return new Item.OfEvent(new EventId(uuid("event " + number)), number, Signal.LOG, "tool_decision", NOON.plusSeconds(number),
                NOON.plusSeconds(number + 2L), Severity.INFORMATIONAL, "laptops", person, "s1", "default", fields);
    }

    /// Alerts numbered from 1.
    static List<Item> alerts(int count) {
        return IntStream.rangeClosed(1, count).<Item>mapToObj(Items::alert).toList();
    }

    /// As the loop hands them over.
    static List<Message> encoded(Forwarder forwarder, List<? extends Item> items) {
        return items.stream().map(item -> new Message(item, forwarder.encode(item))).toList();
    }

    private static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
