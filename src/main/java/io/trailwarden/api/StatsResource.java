package io.trailwarden.api;

import io.trailwarden.store.Trail;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.ROLE)
@Tag(name = "Trail")
class StatsResource {

    private final Trail trail;

    StatsResource(Trail trail) {
        this.trail = trail;
    }

    /// The books, for programs; see [Trail.Books].
    @Schema(name = "Books", description = "received = rejected + duplicate + stored + waiting, in records, since the trail began")
    record BooksAnswer(long received, @Schema(description = "By reason, every reason present") Map<String, Long> rejected,
            long duplicate, long stored, @Schema(description = "Acknowledged and not yet in the trail") long waiting,
            @Schema(description = "Parts of stored: log, metric, span") Map<String, Long> storedBySignal) {

        static BooksAnswer of(Trail.Books books) {
            var bySignal = new TreeMap<String, Long>();
            books.storedBySignal().forEach((signal, records) -> bySignal.put(signal.wireName(), records));
            return new BooksAnswer(books.received(), new TreeMap<>(books.rejected()), books.duplicate(), books.stored(),
                    books.waiting(), bySignal);
        }
    }

    @GET
    @Path("v1/stats")
    @Operation(summary = "The books: what came in and what became of it")
    public BooksAnswer books() {
        return BooksAnswer.of(trail.books());
    }
}
