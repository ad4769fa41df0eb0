package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trailwarden.forward.Forwarding;
import io.trailwarden.forward.Forwarding.Standing;
import io.trailwarden.forward.Forwarding.State;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.ROLE)
@Tag(name = "Forwarding")
class ForwardingResource {

    private final Forwarding forwarding;

    ForwardingResource(Forwarding forwarding) {
        this.forwarding = forwarding;
    }

    /// One destination, for programs; see [Standing].
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Destination", description = "Where alerts and records go onward")
    record DestinationAnswer(String name, @Schema(description = "syslog, splunk-hec, webhook; empty when no longer configured") String kind, String where, String gets,
            @Schema(description = "up_to_date, sending, held_back, misconfigured, paused or removed") String state,
            @Schema(description = "When this state began; null when all is well") @Nullable Instant since,
            @Schema(description = "Places of its sources that are not settled yet; some may turn out not to be for it") long waiting,
            @Schema(description = "Age of the oldest that waits, in milliseconds") long lagMillis, long accepted, long refused,
            @Nullable Instant lastAccepted, @Nullable String lastError, @Nullable Instant lastErrorAt) {

        static DestinationAnswer of(Standing standing) {
            return new DestinationAnswer(standing.name(), standing.kind(), standing.where(), standing.gets(), word(standing.state()), begunAt(standing.state()),
                    standing.waiting(), standing.lag().toMillis(), standing.accepted(), standing.refused(), standing.lastAccepted(), standing.lastError(),
                    standing.lastErrorAt());
        }
    }

    private static String word(State state) {
        return switch (state) {
            case State.UpToDate _ -> "up_to_date";
            case State.Sending _ -> "sending";
            case State.HeldBack _ -> "held_back";
            case State.Misconfigured _ -> "misconfigured";
            case State.Paused _ -> "paused";
            case State.Removed _ -> "removed";
        };
    }

    private static @Nullable Instant begunAt(State state) {
        return switch (state) {
            case State.HeldBack(var since, _, _, _) -> since;
            case State.Misconfigured(var since, _, _) -> since;
            case State.Paused(_, var since) -> since;
            case State.UpToDate _, State.Sending _, State.Removed _ -> null;
        };
    }

    /// The destinations, and how many items none of them would take.
    ///
    /// @param next always null: they fit on one page
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Forwarding")
    record ForwardingAnswer(List<DestinationAnswer> items, @Nullable String next,
            @Schema(description = "Items that a destination refused and that nobody retried with success") long deadLetters) {
    }

    @GET
    @Path("v1/forwarding")
    @Operation(summary = "Where alerts and records go onward, and how far each destination is")
    public ForwardingAnswer list() {
        return new ForwardingAnswer(forwarding.destinations().stream().map(DestinationAnswer::of).toList(), null, forwarding.countDeadLetters());
    }
}
