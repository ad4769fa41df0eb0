package io.trailwarden.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Inventory.Counterpart;
import io.trailwarden.inventory.Inventory.Query;
import io.trailwarden.inventory.Kind;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.ROLE)
@Tag(name = "Inventory")
class InventoryResource {

    private final Inventory inventory;

    InventoryResource(Inventory inventory) {
        this.inventory = inventory;
    }

    /// One MCP server or host, for programs.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @Schema(name = "Counterpart", description = "An MCP server or a host that agents deal with")
    record CounterpartAnswer(String id,
            @Schema(description = "At most 256 characters; empty where clients keep it back; null for all names beyond those kept apart") @Nullable String name,
            @Schema(description = "nobody, approved (in the console) or policy (by a file)") String approvedBy,
            @Schema(format = "date-time") String firstSeen, String firstPerson, @Schema(description = "Record that shows it first") String firstEvent,
            @Schema(format = "date-time") String lastSeen, long people, long sessions, long connections, long failedConnections, long calls,
            long refused, long failures, List<String> scopes, List<String> transports,
            @Schema(description = "Its most used tools, or the programs that speak to it most") List<String> uses) {

        CounterpartAnswer {
            scopes = List.copyOf(scopes);
            transports = List.copyOf(transports);
            uses = List.copyOf(uses);
        }

        static CounterpartAnswer of(Counterpart one) {
            return new CounterpartAnswer(one.id().toString(), one.name(), one.standing().name().toLowerCase(Locale.ROOT), Times.text(one.firstSeen()),
                    one.firstPerson(), one.firstEvent().toString(), Times.text(one.lastSeen()), one.people(), one.sessions(), one.connections(),
                    one.failedConnections(), one.calls(), one.refused(), one.failures(), one.scopes(), one.transports(), one.uses());
        }
    }

    @GET
    @Path("v1/mcp-servers")
    @Operation(summary = "MCP servers, first seen last on top")
    public ListAnswer<CounterpartAnswer> servers(
            @Parameter(description = "true or false; neither for both") @QueryParam("approved") @Nullable String approved,
            @Parameter(description = "Who deals with it") @QueryParam("person") @Nullable String person,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue(Parameters.DEFAULT_LIMIT) String limit,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor) {
        return list(Kind.MCP_SERVER, approved, person, limit, cursor);
    }

    @GET
    @Path("v1/destinations")
    @Operation(summary = "Hosts that agents speak to, first seen last on top")
    public ListAnswer<CounterpartAnswer> destinations(
            @Parameter(description = "true or false; neither for both") @QueryParam("approved") @Nullable String approved,
            @Parameter(description = "Who deals with it") @QueryParam("person") @Nullable String person,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue(Parameters.DEFAULT_LIMIT) String limit,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor) {
        return list(Kind.DESTINATION, approved, person, limit, cursor);
    }

    private ListAnswer<CounterpartAnswer> list(Kind kind, @Nullable String approved, @Nullable String person, String limit, @Nullable String cursor) {
        int most = Parameters.limit(limit);
        int from = offset(cursor);
        var found = inventory.list(new Query(kind, null, truth(approved), person, null), from, most);
        return new ListAnswer<>(found.stream().map(CounterpartAnswer::of).toList(), found.size() < most ? null : Integer.toString(from + most));
    }

    private static int offset(@Nullable String cursor) {
        try {
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            if (from >= 0) {
                return from;
            }
        } catch (NumberFormatException _) {
            // Said below, for both.
        }
        throw new BadParameter("cursor", String.valueOf(cursor), "the 'next' of the page before");
    }

    private static @Nullable Boolean truth(@Nullable String text) {
        return switch (text) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadParameter("approved", text, "true or false");
        };
    }
}
