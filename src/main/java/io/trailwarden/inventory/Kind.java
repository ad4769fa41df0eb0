package io.trailwarden.inventory;

import java.util.Locale;

/// What an agent deals with. The name in lower case is what the database says.
public enum Kind {
    /// An MCP server, by the name that people gave it.
    MCP_SERVER("approved_mcp_servers"),
    /// A host that WebFetch or a command spoke to.
    DESTINATION("approved_hosts");

    private final String list;

    Kind(String list) {
        this.list = list;
    }

    /// `mcp_server` or `destination`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The kind that the database calls `wireName`.
    static Kind of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /// The policy list that names what is approved, as rules refer to it.
    public String list() {
        return list;
    }
}
