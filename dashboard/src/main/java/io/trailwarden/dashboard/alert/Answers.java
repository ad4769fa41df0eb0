package io.trailwarden.dashboard.alert;

import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.alert.RunbookPart.ByItself;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Kind;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What anybody would look up first about an alert, looked up.
final class Answers {

    /// Names alike, and people, that are looked through.
    private static final int LOOKED_THROUGH = 100;

    private Answers() {
    }

    /// Hosts that are asked about; a command with more is a list of its own.
    private static final int HOSTS = 2;

    /// What `scene` answers by itself, with what `inventory` knows of the hosts in it.
    static List<ByItself> of(Scene scene, Inventory inventory) {
        var answers = new ArrayList<ByItself>();
        hosts(scene).forEach(host -> answers.add(others(host, scene.alert().person(), inventory)));
        var hit = scene.hit();
        if (hit != null) {
            var event = hit.event();
            answers.add(cameBack(event, result(event, scene.records())));
            var last = scene.records().getLast();
            if (last.position() != hit.position()) {
                answers.add(new ByItself("Did the session go on?", null, "Yes, at least "
                        + Moments.span(Duration.between(event.time(), last.event().time()).abs()) + " longer"));
            }
        }
        return answers;
    }

    private static List<String> hosts(Scene scene) {
        return scene.evidence().stream().map(record -> record.event().field("egress.host")).filter(Objects::nonNull)
                .flatMap(value -> value.asTexts().stream()).distinct().limit(HOSTS).toList();
    }

    private static ByItself others(String host, String person, Inventory inventory) {
        var question = "Did anybody else contact it?";
        var known = inventory.list(new Inventory.Query(Kind.DESTINATION, null, null, null, host), 0, LOOKED_THROUGH).stream()
                .filter(one -> host.equals(one.name())).findFirst();
        if (known.isEmpty()) {
            return new ByItself(question, host, "is not in the inventory yet");
        }
        long others = inventory.people(Kind.DESTINATION, known.get().id(), LOOKED_THROUGH).stream()
                .filter(one -> !one.person().equals(person)).count();
        return new ByItself(question, host, others == 0 ? "nobody else, ever" : others == LOOKED_THROUGH ? "many others"
                : Sentence.counted(others, "other person").replace("persons", "people"));
    }

    private static @Nullable AuditEvent result(AuditEvent event, List<StoredEvent> records) {
        if (event.name().equals("tool_result")) {
            return event;
        }
        var use = event.text("tool_use_id");
        return use == null ? null : records.stream().map(StoredEvent::event)
                .filter(other -> other.name().equals("tool_result") && Objects.equals(use, other.text("tool_use_id"))).findFirst().orElse(null);
    }

    private static ByItself cameBack(AuditEvent event, @Nullable AuditEvent result) {
        var question = "Did it run, and did an answer come back?";
        if (result == null) {
            return new ByItself(question, null, "refused".equals(event.text("outcome")) ? "No, it was refused" : "No result is recorded nearby");
        }
        var took = number(result, "duration_ms");
        var size = number(result, "tool_result_size_bytes");
        var after = took == null ? "" : " after " + Moments.span(Duration.ofMillis(took));
        if ("failed".equals(result.text("outcome"))) {
            return new ByItself(question, result.text("error_type"), "It failed" + after);
        }
        return new ByItself(question, null, "It ran" + (size == null ? "" : ", " + Sentence.counted(size, "byte") + " came back") + after);
    }

    private static @Nullable Long number(AuditEvent event, String field) {
        var value = event.field(field);
        return value == null ? null : value.asLong();
    }
}
