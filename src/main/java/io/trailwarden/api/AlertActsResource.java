package io.trailwarden.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.trailwarden.alert.Actor;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Triage;
import io.trailwarden.alert.Triage.Outcome;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What programs may do to alerts: the same as people, with the same questions asked. The history says `token <name>`.
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.TRIAGE)
@Tag(name = "Alerts")
@APIResponse(responseCode = "200", description = "Done; the alert as it is now")
@APIResponse(responseCode = "403", description = "The token has no scope 'triage'")
@APIResponse(responseCode = "404", description = "There is no such alert")
@APIResponse(responseCode = "409", description = "Nothing changed: it was so already, or the alert is not where this can be done to it")
class AlertActsResource {

    private final Triage triage;
    private final Alerts alerts;
    private final SecurityIdentity caller;

    AlertActsResource(Triage triage, Alerts alerts, SecurityIdentity caller) {
        this.triage = triage;
        this.alerts = alerts;
        this.caller = caller;
    }

    @Schema(name = "Acknowledgement")
    record Note(@Schema(description = "What the history shall say besides, at most 4000 characters") @Nullable String note) {
    }

    @Schema(name = "Assignment")
    record To(@Schema(description = "Account that gets it, with the role analyst; null for nobody", nullable = true) @Nullable String to) {
    }

    @Schema(name = "Comment")
    record Text(@Schema(description = "1 to 4000 characters", required = true) @Nullable String text) {
    }

    @Schema(name = "Closing")
    record Closing(
            @Schema(description = "incident: it happened, and was dealt with. authorised: it happened, and was allowed to. "
                    + "false_alarm: the rule was wrong. duplicate: another alert tells the same", required = true) @Nullable String reason,
            @Schema(description = "Why, for whoever reads this in a year: 20 to 4000 characters", required = true) @Nullable String justification) {
    }

    @Schema(name = "Reopening")
    record Reopening(@Schema(description = "Why closing it was a mistake: 1 to 4000 characters", required = true) @Nullable String why) {
    }

    @POST
    @Path("v1/alerts/{id}/acknowledge")
    @Operation(summary = "Says that somebody saw it; an open alert becomes acknowledged", description = "A program owns no alerts: assign it besides.")
    public AlertAnswer acknowledge(@PathParam("id") String id, @Nullable Note body) {
        var note = body == null ? "" : Objects.requireNonNullElse(body.note(), "");
        return answer(id, key -> triage.acknowledge(key, me(), Parameters.words("note", note, 0)));
    }

    @POST
    @Path("v1/alerts/{id}/assign")
    @Operation(summary = "Gives it to an account, or to nobody")
    public AlertAnswer assign(@PathParam("id") String id, @Nullable To body) {
        var to = body == null ? null : body.to();
        if (to == null) {
            return answer(id, key -> triage.unassign(key, me()));
        }
        if (!triage.assignable().contains(to)) {
            throw new BadParameter("to", to, "the name of an account with the role analyst, or null");
        }
        return answer(id, key -> triage.assign(key, to, me()));
    }

    @POST
    @Path("v1/alerts/{id}/comment")
    @Operation(summary = "Adds to its history")
    public AlertAnswer comment(@PathParam("id") String id, @Nullable Text body) {
        var text = Parameters.words("text", body == null ? null : body.text(), 1);
        return answer(id, key -> triage.comment(key, me(), text));
    }

    @POST
    @Path("v1/alerts/{id}/close")
    @Operation(summary = "Ends it, with a reason and a justification")
    public AlertAnswer close(@PathParam("id") String id, @Nullable Closing body) {
        var reason = Parameters.reason(body == null ? null : body.reason());
        var justification = Parameters.words("justification", body == null ? null : body.justification(), Triage.LEAST_JUSTIFICATION);
        return answer(id, key -> triage.close(key, reason, justification, me()));
    }

    @POST
    @Path("v1/alerts/{id}/reopen")
    @Operation(summary = "Opens a closed one again, because closing it was a mistake")
    public AlertAnswer reopen(@PathParam("id") String id, @Nullable Reopening body) {
        var why = Parameters.words("why", body == null ? null : body.why(), 1);
        return answer(id, key -> triage.reopen(key, why, me()));
    }

    private Actor me() {
        return Actor.program(caller.getPrincipal().getName());
    }

    private AlertAnswer answer(String id, Act act) {
        var key = new AlertKey(Parameters.uuid("id", id));
        return switch (Objects.requireNonNull(act.on(Set.of(key)).get(key), "an outcome for each alert")) {
            case Outcome.Done() -> AlertAnswer.of(alerts.get(key).orElseThrow(NotFoundException::new));
            case Outcome.Unchanged(var status, var by, var owner) -> throw new Conflict(status, by, owner);
            case Outcome.NoSuchAlert() -> throw new NotFoundException();
        };
    }

    private interface Act {
        Map<AlertKey, Outcome> on(Set<AlertKey> alerts);
    }
}
