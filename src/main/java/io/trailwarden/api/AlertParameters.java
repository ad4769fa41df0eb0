package io.trailwarden.api;

import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.AlertQuery.Owner;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// Which alerts a program asks for: the same in a list and in an export of it.
public class AlertParameters {

    @Parameter(description = "open, acknowledged or closed; may be repeated")
    @QueryParam("status")
    List<String> status = List.of();

    @Parameter(description = "informational to critical; may be repeated")
    @QueryParam("severity")
    List<String> severity = List.of();

    @Parameter(description = "Rule id, exact")
    @QueryParam("rule")
    @Nullable String rule;

    @Parameter(description = "Person, exact and case-sensitive")
    @QueryParam("person")
    @Nullable String person;

    @Parameter(description = "Session, exact")
    @QueryParam("session")
    @Nullable String session;

    @Parameter(description = "Account that owns it; empty for nobody's")
    @QueryParam("owner")
    @Nullable String owner;

    @Parameter(description = "Words in the title, in any case")
    @QueryParam("text")
    @Nullable String text;

    @Parameter(description = "Raised then or later, our clock")
    @QueryParam("from")
    @Nullable String from;

    @Parameter(description = "Raised before then")
    @QueryParam("to")
    @Nullable String to;

    @Parameter(description = "true for those that nobody acknowledged in time: 1 h for critical, 8 h high, 1 day medium, 3 days low")
    @QueryParam("late")
    @DefaultValue("false")
    String late = "false";

    @Parameter(description = "newest, oldest or gravest")
    @QueryParam("order")
    @DefaultValue("newest")
    String order = "newest";

    AlertQuery query() {
        return AlertQuery.any().in(Parameters.statuses(status)).of(Parameters.severities(severity)).ofRule(rule).about(person)
                .inSession(session).ownedBy(whose(owner)).saying(text).raised(Parameters.time("from", from), Parameters.time("to", to))
                .lateOnly(Parameters.flag("late", late)).ordered(Parameters.order(order));
    }

    private static Owner whose(@Nullable String name) {
        if (name == null) {
            return new Owner.Any();
        }
        return name.isEmpty() ? new Owner.Nobody() : new Owner.Account(name);
    }
}
