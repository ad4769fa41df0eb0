package io.trailwarden.api;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.ForbiddenException;
import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.forward.ForwardingUnavailable;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.inventory.InventoryUnavailable;
import io.trailwarden.store.TrailUnavailable;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Every failure as the answer it becomes; the one place that knows statuses.
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    /// About how long a database takes to come back; what was acknowledged waits in the spool meanwhile.
    private static final int RETRY_SECONDS = 5;

    @ServerExceptionMapper
    Response badParameter(BadParameter bad) {
        return bad.problem().response();
    }

    @ServerExceptionMapper
    Response notAsDescribed(MismatchedInputException body) {
        return Problem.of("Bad Request", 400, "the body must be JSON as /q/openapi describes it").response();
    }

    @ServerExceptionMapper
    Response conflict(Conflict conflict) {
        return conflict.problem().response();
    }

    /// Somebody known who may not: a token that reads, where one that works on alerts is needed.
    @ServerExceptionMapper
    Response forbidden(ForbiddenException forbidden) {
        return Problem.of("Not allowed", 403, "this token may only read; this takes one with the scope 'triage'").response();
    }

    @ServerExceptionMapper
    Response trailUnavailable(TrailUnavailable unavailable) {
        return unavailable("the trail");
    }

    @ServerExceptionMapper
    Response inventoryUnavailable(InventoryUnavailable unavailable) {
        return unavailable("the inventory");
    }

    @ServerExceptionMapper
    Response alertsUnavailable(AlertsUnavailable unavailable) {
        return unavailable("the alerts");
    }

    @ServerExceptionMapper
    Response forwardingUnavailable(ForwardingUnavailable unavailable) {
        return unavailable("forwarding");
    }

    @ServerExceptionMapper
    Response identityUnavailable(IdentityUnavailable unavailable) {
        return unavailable("the access log");
    }

    private static Response unavailable(String what) {
        return Problem.of("Database unavailable", 503,
                "the database does not answer, so %s cannot be read or changed now; come again in %d s".formatted(what, RETRY_SECONDS))
                .retryAfter(RETRY_SECONDS);
    }

    @ServerExceptionMapper
    Response asIs(WebApplicationException refused) {
        var status = refused.getResponse().getStatusInfo();
        return Problem.of(status.getReasonPhrase(), status.getStatusCode(), switch (status.getStatusCode()) {
            case 404 -> "there is nothing here; the interface is described at /q/openapi";
            case 405 -> "this is not done here; the interface is described at /q/openapi";
            case 400 -> "the body must be JSON as /q/openapi describes it";
            case 415 -> "the body must be JSON: send Content-Type: application/json";
            case 406 -> "answers are JSON, and exports CSV or JSON lines: accept application/json, text/csv or application/x-ndjson";
            default -> "the request cannot be answered";
        }).response();
    }

    @ServerExceptionMapper
    Response defect(RuntimeException defect) {
        LOG.error("Request to the interface failed", defect);
        return Problem.of("Defect", 500, "the request met a defect, which is in the log of the program").response();
    }
}
