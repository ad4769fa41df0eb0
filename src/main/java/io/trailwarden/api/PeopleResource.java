package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trailwarden.store.Trail;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.ROLE)
@Tag(name = "Trail")
class PeopleResource {

    private final Trail trail;

    PeopleResource(Trail trail) {
        this.trail = trail;
    }

    /// One person, for programs.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Person", description = "Whose agents send, as the clients claim")
    record PersonAnswer(String name, @Schema(format = "date-time") String firstSeen, @Schema(format = "date-time") String lastSeen,
            long sessions, long events, @Nullable String mode, @Nullable String clientVersion) {

        static PersonAnswer of(Trail.Person person) {
            return new PersonAnswer(person.name(), Times.text(person.firstSeen()), Times.text(person.lastSeen()), person.sessions(),
                    person.events(), person.mode(), person.clientVersion());
        }
    }

    @GET
    @Path("v1/people")
    @Operation(summary = "People, last seen first")
    public ListAnswer<PersonAnswer> list(
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue(Parameters.DEFAULT_LIMIT) String limit,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor) {
        int most = Parameters.limit(limit);
        return ListAnswer.of(Parameters.following(cursor, () -> trail.people(most, cursor)), PersonAnswer::of);
    }
}
