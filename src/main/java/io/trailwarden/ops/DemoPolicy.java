package io.trailwarden.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// The policy file of the invented company: what is normal there.
final class DemoPolicy {

    private static final String SHIPPED = "rules/policy.yaml";

    private DemoPolicy() {
    }

    /// A list replaces the shipped one of its name as a whole, so the shipped hosts are repeated.
    static String text() throws IOException {
        return """
                # Lists of the demo's invented company, written by ./trailwarden demo. Remove this file together with its data.
                approved_mcp_servers: [github, linear, figma, grafana, playwright, postgres-dev]
                our_organizations: [%s]
                approved_hosts:
                  - '*.%s'
                %s
                """.formatted(io.trailwarden.demo.Fleet.ORGANIZATION, io.trailwarden.demo.Fleet.DOMAIN, shippedHosts());
    }

    private static String shippedHosts() throws IOException {
        try (var in = DemoPolicy.class.getClassLoader().getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the program holds no " + SHIPPED + "; it was not built whole");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().dropWhile(line -> !line.startsWith("approved_hosts:")).skip(1).takeWhile(line -> line.startsWith("  - "))
                    .collect(Collectors.joining("\n"));
        }
    }
}
