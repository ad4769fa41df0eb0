package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Json;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Words;
import io.trailwarden.store.StoredEvent;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A record of the trail, for programs, without the words of prompts and answers: those are read one at a time by a
/// person who says why.
///
/// The maps are written as the trail keeps them, with real JSON types inside; see [Json] for what it does with text that
/// JSON cannot hold.
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Event", description = "A record of the trail")
record EventAnswer(
        @Schema(description = "From content: the same record always has the same one") String id,
        @Schema(description = "Place in the one order of the trail, from 1") long position,
        @Schema(format = "date-time", description = "The client's clock") String time,
        @Schema(format = "date-time", description = "Our clock, when the request that carried it had been read") String receivedAt,
        @Schema(description = "log, metric or span") String signal,
        @Schema(examples = "tool_decision") String name,
        @Schema(description = "E-mail where the client is signed in, else enduser.id, else the install id; as claimed") String person,
        @Schema(description = "Name of the ingest token it was sent with; proven") String principal,
        @Nullable String session,
        @Schema(description = "Counts from 0 per client process, so it starts again when a session is resumed") @Nullable Long sequence,
        @Schema(examples = "Bash") @Nullable String tool,
        @Schema(description = "accept or reject") @Nullable String decision,
        @Schema(description = "Who or what decided") @Nullable String source,
        @Schema(description = "The session's effective permission mode once this record was taken into account") @Nullable String mode,
        @Schema(type = SchemaType.OBJECT, description = "What the client sent, flat, by its own names") @JsonRawValue String attributes,
        @Schema(type = SchemaType.OBJECT, description = "What the client sent once for all its records") @JsonRawValue String resource,
        @Schema(type = SchemaType.OBJECT, description = "What we worked out from it: command.*, file.*, egress.*") @JsonRawValue String derived,
        @Schema(type = SchemaType.OBJECT, description = "What OTLP carries beside attributes: body, severity, ids, a metric's value") @JsonRawValue String envelope) {

    static EventAnswer of(StoredEvent stored) {
        var event = Words.masked(stored.event());
        var seen = event.seen();
        return new EventAnswer(event.id().toString(), stored.position(), Times.text(event.time()), Times.text(event.receivedAt()),
                event.signal().wireName(), event.name(), event.person(), seen.origin().principal(), event.session(),
                event.sequence(), event.tool(), event.decision(), event.decidedBy(), stored.mode(), Json.write(sent(seen)),
                Json.write(seen.origin().resource()), Json.write(seen.derived()), Json.write(seen.envelope()));
    }

    /// What the record says itself wins over what it repeats.
    private static Attributes sent(Observation seen) {
        return Attributes.builder().putAll(seen.origin().common()).putAll(seen.attributes()).build();
    }
}
