package io.trailwarden.inventory;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One record that shows an agent dealing with an MCP server or a host.
///
/// @param name as sent; empty when the client keeps it back
/// @param use the tool, or the program that speaks; null when nothing is used
/// @param what what happened
/// @param scope of a server: where its configuration comes from; null when not said
/// @param transport of a server; null when not said
record Sighting(Kind kind, String name, @Nullable String use, What what, @Nullable String scope, @Nullable String transport) {

    enum What {
        CONNECTED, NOT_CONNECTED, CALLED, FAILED, REFUSED,
        /// Asked for and allowed, or something of which neither is said: seen, and nothing to count.
        SEEN
    }

    /// A command that names more than this is no work of a person's; the rest of it is in the trail.
    private static final int MOST_HOSTS = 50;

    static List<Sighting> of(AuditEvent event) {
        if (event.signal() != Signal.LOG) {
            return List.of();
        }
        return switch (event.name()) {
            case "mcp_server_connection" -> List.of(connection(event.seen().derived()));
            case "tool_decision", "tool_result" -> calls(event);
            default -> List.of();
        };
    }

    private static Sighting connection(Attributes derived) {
        var what = switch (derived.text("mcp.status")) {
            case "connected" -> What.CONNECTED;
            case "failed" -> What.NOT_CONNECTED;
            case null, default -> What.SEEN;
        };
        return new Sighting(Kind.MCP_SERVER, orEmpty(derived.text("mcp.server")), null, what, derived.text("mcp.scope"), derived.text("mcp.transport"));
    }

    private static List<Sighting> calls(AuditEvent event) {
        var derived = event.seen().derived();
        var what = what(derived.text("outcome"));
        if ("mcp".equals(derived.text("egress.by"))) {
            return List.of(new Sighting(Kind.MCP_SERVER, orEmpty(derived.text("mcp.server")), orEmpty(derived.text("mcp.tool")), what,
                    derived.text("mcp.scope"), null));
        }
        var hosts = new LinkedHashSet<>(texts(derived, "egress.host"));
        var sightings = new ArrayList<Sighting>();
        for (var host : hosts.stream().limit(MOST_HOSTS).toList()) {
            sightings.add(new Sighting(Kind.DESTINATION, host, speaker(derived, host), what, null, null));
        }
        return sightings;
    }

    private static What what(@Nullable String outcome) {
        return switch (outcome) {
            case "done" -> What.CALLED;
            case "failed" -> What.FAILED;
            case "refused" -> What.REFUSED;
            case null, default -> What.SEEN;
        };
    }

    /// Which program of a command names the host: of a wrapper and what it wraps, the latter, which comes later.
    private static String speaker(Attributes derived, String host) {
        if ("webfetch".equals(derived.text("egress.by"))) {
            return "WebFetch";
        }
        var programs = texts(derived, "command.programs");
        for (var call : texts(derived, "command.calls").reversed()) {
            int end = call.indexOf(' ');
            var first = end < 0 ? call : call.substring(0, end);
            var program = first.substring(first.lastIndexOf('/') + 1);
            if (programs.contains(program) && call.toLowerCase(Locale.ROOT).contains(host)) {
                return program;
            }
        }
        return "shell";
    }

    private static List<String> texts(Attributes derived, String key) {
        var value = derived.get(key);
        return value == null ? List.of() : value.asTexts();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /// Whether this counts as a call that ran.
    boolean ran() {
        return what == What.CALLED || what == What.FAILED;
    }
}
