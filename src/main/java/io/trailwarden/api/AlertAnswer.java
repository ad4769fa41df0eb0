package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.Finding;
import io.trailwarden.event.EventId;
import io.trailwarden.store.StoredEvent;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// An alert as it stands, for programs.
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Alert", description = "What a rule found, and the records that show it")
record AlertAnswer(
        @Schema(description = "From rule, group and first record: found again, it is the same") String id,
        String rule,
        @Schema(description = "Hash of what decided about the rule's findings") String ruleVersion,
        String title,
        @Schema(description = "informational, low, medium, high or critical") String severity,
        @Schema(description = "open, acknowledged or closed") String status,
        @Schema(description = "Whether it was refused: the agent tried, and somebody or something said no") boolean attempt,
        @Schema(nullable = true, description = "Account that works on it, null for nobody") @Nullable String owner,
        @Schema(nullable = true, description = "Who acknowledged or closed it, null while it is open") @Nullable String handledBy,
        @Schema(nullable = true, format = "date-time", description = "When, our clock") @Nullable String handledAt,
        @Schema(nullable = true, description = "incident, authorised, false_alarm or duplicate; null while it is not closed") @Nullable String closeReason,
        @Schema(nullable = true, description = "Why, in the words of who closed it") @Nullable String closeJustification,
        String person,
        @Nullable String session,
        @Schema(format = "date-time", description = "Our clock") String raisedAt,
        @Schema(format = "date-time", description = "Client time of the record that raised it") String at,
        @Schema(format = "date-time", description = "Client time of the latest finding") String lastSeen,
        @Schema(description = "How often it was found, the first time included") long occurrences,
        @Schema(description = "The records that show it, oldest first, at most 200") List<EvidenceAnswer> evidence) {

    AlertAnswer {
        evidence = List.copyOf(evidence);
    }

    /// One record and what it shows.
    ///
    /// @param event the whole record; only in the answer about one alert, and only while the trail keeps it
    @Schema(name = "Evidence")
    record EvidenceAnswer(String eventId, @Schema(format = "date-time") String time, String says,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EventAnswer event) {
    }

    /// Without the records themselves.
    static AlertAnswer of(Alert alert) {
        return of(alert, Map.of());
    }

    /// With those of `records` that are its evidence.
    static AlertAnswer of(Alert alert, Map<EventId, StoredEvent> records) {
        var handling = alert.handling();
        var reason = handling == null ? null : handling.reason();
        return new AlertAnswer(alert.key().toString(), alert.rule(), alert.ruleVersion(), alert.title(), alert.severity().wireName(),
                alert.status().wireName(), alert.attempt(), alert.owner(), handling == null ? null : handling.by(),
                handling == null ? null : Times.text(handling.at()), reason == null ? null : reason.wireName(),
                handling == null ? null : handling.justification(), alert.person(), alert.session(), Times.text(alert.raisedAt()),
                Times.text(alert.at()), Times.text(alert.lastSeen()), alert.occurrences(),
                alert.evidence().stream().map(evidence -> evidence(evidence, records.get(evidence.event()))).toList());
    }

    private static EvidenceAnswer evidence(Finding.Evidence evidence, @Nullable StoredEvent record) {
        return new EvidenceAnswer(evidence.event().toString(), Times.text(evidence.time()), evidence.says(),
                record == null ? null : EventAnswer.of(record));
    }
}
