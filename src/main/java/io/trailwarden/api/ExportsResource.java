package io.trailwarden.api;

import io.quarkus.security.identity.SecurityIdentity;
import io.trailwarden.export.Export;
import io.trailwarden.export.Exports;
import io.trailwarden.export.Format;
import io.trailwarden.export.Taker;
import io.trailwarden.store.Trail.EventQuery;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces({ExportsResource.CSV, ExportsResource.JSON_LINES})
@RolesAllowed(Programs.ROLE)
@Tag(name = "Exports", description = "Whole lists as files: text/csv (RFC 4180) or application/x-ndjson, as Accept asks, CSV when it does not say. At most "
        + "100,000 rows; whoever gets that many asks on from the time of the last. Who took which is kept in the access log.")
class ExportsResource {

    private static final Logger LOG = Logger.getLogger(ExportsResource.class);

    static final String CSV = "text/csv";
    static final String JSON_LINES = "application/x-ndjson";

    private final Exports exports;
    private final SecurityIdentity caller;

    ExportsResource(Exports exports, SecurityIdentity caller) {
        this.exports = exports;
        this.caller = caller;
    }

    @GET
    @Path("v1/exports/alerts")
    @Operation(summary = "Alerts that match, as a file")
    public Response alerts(@BeanParam AlertParameters which, @Context HttpHeaders headers, @Context UriInfo address, @Context HttpServerRequest request) {
        return answer(exports.alerts(which.query(), narrowed(address), format(headers), taker(request)), request);
    }

    @GET
    @Path("v1/exports/events")
    @Operation(summary = "Records that match, newest first by the client's clock, as a file; words of prompts and answers are masked")
    public Response events(
            @Parameter(description = "Session id, exact") @QueryParam("session") @Nullable String session,
            @Parameter(description = "Person, exact and case-sensitive") @QueryParam("person") @Nullable String person,
            @Parameter(description = "What happened, such as tool_decision") @QueryParam("name") @Nullable String name,
            @Parameter(description = "log, metric or span; may be repeated") @QueryParam("signal") List<String> signal,
            @Parameter(description = "Earliest client time, inclusive") @QueryParam("from") @Nullable String from,
            @Parameter(description = "Latest client time, exclusive") @QueryParam("to") @Nullable String to,
            @Context HttpHeaders headers, @Context UriInfo address, @Context HttpServerRequest request) {
        var query = new EventQuery(person, session, name, Parameters.time("from", from), Parameters.time("to", to), Parameters.signals(signal), 1, null);
        return answer(exports.records(query, narrowed(address), format(headers), taker(request)), request);
    }

    private Taker taker(HttpServerRequest request) {
        return Taker.program(caller.getPrincipal().getName(), request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress());
    }

    /// As it came, percent-encoded: it can hold nothing that acts on whoever reads the log.
    private static String narrowed(UriInfo address) {
        return Objects.requireNonNullElse(address.getRequestUri().getRawQuery(), "");
    }

    /// The first that the caller accepts; one that accepts neither was answered 406 before.
    private static Format format(HttpHeaders headers) {
        for (var accepted : headers.getAcceptableMediaTypes()) {
            if (accepted.isCompatible(MediaType.valueOf(CSV))) {
                return Format.CSV;
            }
            if (accepted.isCompatible(MediaType.valueOf(JSON_LINES))) {
                return Format.JSON_LINES;
            }
        }
        return Format.CSV;
    }

    private static Response answer(Export export, HttpServerRequest request) {
        return Response.ok((StreamingOutput) to -> write(export, to, request)).type(export.format().mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + export.fileName() + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /// An answer that is under way cannot become another, but it can be broken off, which no reader takes for its end.
    private static void write(Export export, OutputStream to, HttpServerRequest request) throws IOException {
        try {
            export.content().writeTo(to);
        } catch (RuntimeException failed) {
            if (request.response().headWritten()) {
                LOG.warnf("Export broken off: file=%s reason=%s", export.fileName(), failed.getMessage());
                request.connection().close();
            }
            throw failed;
        }
    }
}
