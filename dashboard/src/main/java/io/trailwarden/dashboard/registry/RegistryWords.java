package io.trailwarden.dashboard.registry;

import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.Navigation.Page;
import io.trailwarden.inventory.Kind;

/// What the two pages call their things.
///
/// @param uses heading of what is used of one, such as tools
/// @param keptBack what stands for a name that the client does not send
/// @param empty what it means that there is none yet
record RegistryWords(Kind kind, Page page, String one, String many, String uses, String calls, String keptBack, String empty) {

    static final RegistryWords MCP = new RegistryWords(Kind.MCP_SERVER, Navigation.MCP, "MCP server", "MCP servers", "Tools", "calls",
            "names that clients keep back", "A server appears here when a client connects to it or uses one of its tools. Names come only from clients with "
                    + "OTEL_LOG_TOOL_DETAILS.");

    static final RegistryWords DESTINATIONS = new RegistryWords(Kind.DESTINATION, Navigation.DESTINATIONS, "destination", "destinations", "Spoken to by",
            "contacts", "hosts that clients keep back", "A host appears here when WebFetch or a command speaks to it. Commands and addresses come only from "
                    + "clients with OTEL_LOG_TOOL_DETAILS.");

    /// `1 destination`, `3 destinations`.
    String counted(long count) {
        return io.trailwarden.dashboard.NumberLink.format(count) + " " + (count == 1 ? one : many);
    }
}
