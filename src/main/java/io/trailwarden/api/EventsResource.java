package io.trailwarden.api;

import io.trailwarden.event.EventId;
import io.trailwarden.store.Trail;
import io.trailwarden.store.Trail.EventQuery;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.ROLE)
@Tag(name = "Trail")
class EventsResource {

    private final Trail trail;

    EventsResource(Trail trail) {
        this.trail = trail;
    }

    @GET
    @Path("v1/events")
    @Operation(summary = "Records that match, newest first by the client's clock")
    public ListAnswer<EventAnswer> list(
            @Parameter(description = "Session id, exact") @QueryParam("session") @Nullable String session,
            @Parameter(description = "Person, exact and case-sensitive") @QueryParam("person") @Nullable String person,
            @Parameter(description = "What happened, such as tool_decision") @QueryParam("name") @Nullable String name,
            @Parameter(description = "log, metric or span; may be repeated") @QueryParam("signal") List<String> signal,
            @Parameter(description = "Earliest client time, inclusive") @QueryParam("from") @Nullable String from,
            @Parameter(description = "Latest client time, exclusive") @QueryParam("to") @Nullable String to,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue(Parameters.DEFAULT_LIMIT) String limit,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor) {
        var query = new EventQuery(person, session, name, Parameters.time("from", from), Parameters.time("to", to),
                Parameters.signals(signal), Parameters.limit(limit), cursor);
        return ListAnswer.of(Parameters.following(cursor, () -> trail.events(query)), EventAnswer::of);
    }

    @GET
    @Path("v1/events/{id}")
    @Operation(summary = "One record")
    public EventAnswer one(@PathParam("id") String id) {
        return trail.event(new EventId(Parameters.uuid("id", id))).map(EventAnswer::of).orElseThrow(NotFoundException::new);
    }
}
