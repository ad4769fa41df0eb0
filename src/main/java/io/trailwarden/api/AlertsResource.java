package io.trailwarden.api;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Finding;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Programs.ROLE)
@Tag(name = "Alerts")
class AlertsResource {

    private final Alerts alerts;
    private final Trail trail;

    AlertsResource(Alerts alerts, Trail trail) {
        this.alerts = alerts;
        this.trail = trail;
    }

    @GET
    @Path("v1/alerts")
    @Operation(summary = "Alerts that match, newest first unless another order is asked for")
    public ListAnswer<AlertAnswer> list(@BeanParam AlertParameters which,
            @Parameter(description = "1 to 1000") @QueryParam("limit") @DefaultValue(Parameters.DEFAULT_LIMIT) String limit,
            @Parameter(description = "next of the page before") @QueryParam("cursor") @Nullable String cursor) {
        var query = which.query().after(after(cursor)).limit(Parameters.limit(limit));
        return page(alerts.find(query), query);
    }

    /// A full page may be the last: whether one follows is asked, so that nobody is sent to an empty one.
    private ListAnswer<AlertAnswer> page(List<Alert> found, AlertQuery query) {
        var items = found.stream().map(AlertAnswer::of).toList();
        if (found.size() < query.limit()) {
            return new ListAnswer<>(items, null);
        }
        var last = found.getLast().key();
        return new ListAnswer<>(items, alerts.find(query.after(last).limit(1)).isEmpty() ? null : last.toString());
    }

    private @Nullable AlertKey after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var key = new AlertKey(Parameters.uuid("cursor", cursor));
        if (alerts.get(key).isEmpty()) {
            throw new BadParameter("cursor", cursor, "the 'next' of the page before");
        }
        return key;
    }

    @GET
    @Path("v1/alerts/{id}")
    @Operation(summary = "One alert, its evidence with the whole records")
    public AlertAnswer one(@PathParam("id") String id) {
        var alert = alerts.get(new AlertKey(Parameters.uuid("id", id))).orElseThrow(NotFoundException::new);
        var records = trail.events(alert.evidence().stream().map(Finding.Evidence::event).toList()).stream()
                .collect(Collectors.toMap(stored -> stored.event().id(), Function.<StoredEvent>identity()));
        return AlertAnswer.of(alert, records);
    }
}
