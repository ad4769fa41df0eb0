package io.trailwarden.dashboard.registry;

import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.identity.Roles;
import io.trailwarden.inventory.Approvals;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.rules.PolicyLists;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;

/// Hosts that agents speak to: which, by what, and whether somebody wants that.
@Route("destinations")
@PageTitle("Destinations · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class DestinationsView extends RegistryView {

    @Inject
    DestinationsView(Inventory inventory, Approvals approvals, PolicyLists policy, Alerts alerts, Readings readings, Live live, InstantSource clock) {
        super(RegistryWords.DESTINATIONS, new Services(inventory, approvals, policy, alerts, readings, live), clock);
    }
}
