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
class SessionsResource {

    private final Trail trail;

    SessionsResource(Trail trail) {
        this.trail = trail;
    }

    /// One session of one person, for programs.
    ///
    /// @param events log records of it
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Session", description = "One session of one person")
    record SessionAnswer(String id, String person, @Schema(format = "date-time") String firstSeen,
            @Schema(format = "date-time") String lastSeen, @Nullable String mode, @Nullable String clientVersion,
            @Nullable String organization, @Nullable String terminal, long events) {

        static SessionAnswer of(Trail.Session session) {
            return new SessionAnswer(session.id(), session.person(), Times.text(session.firstSeen()), Times.text(session.lastSeen()),
                    session.mode(), session.clientVersion(), session.organization(), session.terminal(), session.events());
        }
    }

    @GET
    @Path("v1/sessions")
    @Operation(summary = "Sessions, last seen first")
    public ListAnswer<SessionAnswer> list(
            @Parameter(description = "Person, exact and case-sensitive") @QueryParam("person") @Nullable String person,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue(Parameters.DEFAULT_LIMIT) String limit,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor) {
        int most = Parameters.limit(limit);
        return ListAnswer.of(Parameters.following(cursor, () -> trail.sessions(person, most, cursor)), SessionAnswer::of);
    }
}
