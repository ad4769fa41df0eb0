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

/// MCP servers: which there are, who brought them, and whether somebody wants them.
@Route("mcp")
@PageTitle("MCP servers · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class McpView extends RegistryView {

    @Inject
    McpView(Inventory inventory, Approvals approvals, PolicyLists policy, Alerts alerts, Readings readings, Live live, InstantSource clock) {
        super(RegistryWords.MCP, new Services(inventory, approvals, policy, alerts, readings, live), clock);
    }
}
