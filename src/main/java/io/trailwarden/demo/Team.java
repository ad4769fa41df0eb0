package io.trailwarden.demo;

import java.util.List;

/// A team, with what it works on.
///
/// @param id as it stands in `team.id`
/// @param stack how its repositories are built
/// @param repositories names of its repositories
/// @param servers MCP servers that its people have configured
enum Team {

    PLATFORM("platform", Stack.INFRASTRUCTURE, List.of("clusters", "terraform-live", "build-images"), List.of("github", "grafana")),
    BILLING("billing", Stack.JAVA, List.of("invoices", "ledger", "tariffs"), List.of("github", "linear")),
    ROUTING("routing", Stack.GO, List.of("dispatch", "eta", "geofence"), List.of("github", "postgres-dev")),
    STOREFRONT("storefront", Stack.NODE, List.of("storefront", "design-system", "tracking-page"), List.of("github", "figma", "playwright")),
    DATA("data", Stack.PYTHON, List.of("warehouse", "forecast", "notebooks"), List.of("github", "postgres-dev")),
    MOBILE("mobile", Stack.KOTLIN, List.of("driver-app", "depot-app"), List.of("github", "linear"));

    private final String id;
    private final Stack stack;
    private final List<String> repositories;
    private final List<String> servers;

    Team(String id, Stack stack, List<String> repositories, List<String> servers) {
        this.id = id;
        this.stack = stack;
        this.repositories = repositories;
        this.servers = servers;
    }

    String id() {
        return id;
    }

    Stack stack() {
        return stack;
    }

    List<String> repositories() {
        return repositories;
    }

    List<String> servers() {
        return servers;
    }
}
