package io.trailwarden.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.Value;
import io.trailwarden.identity.AccessLog;
import io.trailwarden.identity.DatabaseAccessLog;
import io.trailwarden.inventory.Inventory.Query;
import io.trailwarden.inventory.Inventory.Standing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// MCP servers and hosts, over a real PostgreSQL.
class InventoryIT {

    private InventoryUnderTest under;
    private Inventory inventory;
    private Approvals approvals;

    @BeforeEach
    void begin() {
        under = new InventoryUnderTest(Map.of());
        inventory = new PostgresInventory(under.own.dataSource(), list -> list.equals("approved_hosts") ? List.of("*.example.org", "100%.net") : List.of());
        approvals = new Approvals(under.own.dataSource(), () -> Events.NOON);
    }

    @AfterEach
    void end() throws InterruptedException {
        under.close();
    }

    @Test
    void aServerIsKnownByWhoBroughtItAndByWhatBecameOfItsCalls() throws InterruptedException {
        var late = connection("ledger", "bo@example.com", 50);
        var early = connection("ledger", "ana@example.com", 10);
        under.take(late, early,
                call("ledger", "list", "done", "ana@example.com", 60), call("ledger", "list", "failed", "ana@example.com", 61),
                call("ledger", "pay", "refused", "bo@example.com", 62));

        var ledger = inventory.list(Query.all(Kind.MCP_SERVER), 0, 10).getFirst();

        assertThat(ledger.name()).isEqualTo("ledger");
        assertThat(ledger.firstPerson()).as("by time, not by arrival").isEqualTo("ana@example.com");
        assertThat(ledger.firstEvent()).isEqualTo(early.id().value());
        assertThat(ledger.lastSeen()).isEqualTo(Events.NOON.plusSeconds(62));
        assertThat(List.of(ledger.people(), ledger.sessions(), ledger.connections(), ledger.calls(), ledger.refused(), ledger.failures()))
                .containsExactly(2L, 2L, 2L, 2L, 1L, 1L);
        assertThat(ledger.scopes()).containsExactly("user");
        assertThat(ledger.transports()).containsExactly("stdio");
        assertThat(inventory.uses(Kind.MCP_SERVER, ledger.id(), 10)).extracting(use -> use.name() + " " + use.calls() + " " + use.refused())
                .containsExactly("list 2 0", "pay 0 1");
        assertThat(inventory.people(Kind.MCP_SERVER, ledger.id(), 10)).extracting(Inventory.Dealing::person)
                .containsExactly("bo@example.com", "ana@example.com");
        assertThat(inventory.of("ana@example.com", Kind.MCP_SERVER, 10)).singleElement()
                .satisfies(own -> assertThat(own.calls()).isEqualTo(2));
    }

    @Test
    void aHostIsKnownByTheProgramThatSpeaksToIt() throws InterruptedException {
        under.take(command("drop.example.net", List.of("sudo", "curl", "jq"), List.of("sudo curl https://drop.example.net/x", "curl https://drop.example.net/x", "jq ."), 1),
                fetch("docs.example.org", 2), fetch("100x.net", 3), fetch("100%.net", 4));

        var hosts = inventory.list(Query.all(Kind.DESTINATION), 0, 10);

        assertThat(hosts).extracting(host -> host.name() + " " + host.standing()).containsExactly(
                "100%.net POLICY", "100x.net NOBODY", "docs.example.org POLICY", "drop.example.net NOBODY");
        assertThat(inventory.uses(Kind.DESTINATION, hosts.getLast().id(), 5)).extracting(Inventory.Use::name).containsExactly("curl");
        assertThat(inventory.summary(Kind.DESTINATION, Events.NOON.plusSeconds(3))).isEqualTo(new Inventory.Summary(4, 2, 1, 2));
    }

    @Test
    void listsAreNarrowedByWhatIsAsked() throws InterruptedException {
        under.take(connection("alpha", "ana@example.com", 1), connection("beta_1", "bo@example.com", 2), connection("betaX1", "ana@example.com", 3));
        approvals.approve(Kind.MCP_SERVER, "ALPHA", "it is ours", "eve");

        assertThat(names(new Query(Kind.MCP_SERVER, null, false, null, null))).containsExactly("betaX1", "beta_1");
        assertThat(names(new Query(Kind.MCP_SERVER, null, true, null, null))).containsExactly("alpha");
        assertThat(names(new Query(Kind.MCP_SERVER, Events.NOON.plusSeconds(2), null, null, null))).containsExactly("betaX1", "beta_1");
        assertThat(names(new Query(Kind.MCP_SERVER, null, null, "ana@example.com", null))).containsExactly("betaX1", "alpha");
        assertThat(names(new Query(Kind.MCP_SERVER, null, null, null, "A_1"))).containsExactly("beta_1");
        assertThat(inventory.count(new Query(Kind.MCP_SERVER, null, false, "ana@example.com", null))).isEqualTo(1);
        assertThat(inventory.list(Query.all(Kind.MCP_SERVER), 1, 1)).extracting(Inventory.Counterpart::name).containsExactly("beta_1");
    }

    @Test
    void theyAreFoundByHowTheirNameBegins() throws InterruptedException {
        under.take(connection("beta_1", "bo@example.com", 1), connection("Beta%", "ana@example.com", 2), connection("alphabet", "ana@example.com", 3));

        assertThat(inventory.beginning(Kind.MCP_SERVER, "BET", 10)).extracting(Inventory.Named::name).containsExactly("Beta%", "beta_1");
        assertThat(inventory.beginning(Kind.MCP_SERVER, "bet", 1)).hasSize(1);
        assertThat(inventory.beginning(Kind.MCP_SERVER, "beta%", 10)).extracting(Inventory.Named::name).containsExactly("Beta%");
        assertThat(inventory.beginning(Kind.DESTINATION, "bet", 10)).isEmpty();
        assertThat(inventory.beginning(Kind.MCP_SERVER, "alpha", 10)).allSatisfy(each ->
                assertThat(inventory.find(each.kind(), each.id())).isPresent());
    }

    @Test
    void anApprovalIsGivenOnceTakenBackAndRememberedForGood() throws InterruptedException {
        under.take(connection("ledger", "ana@example.com", 1));
        var id = inventory.list(Query.all(Kind.MCP_SERVER), 0, 1).getFirst().id();

        assertThat(approvals.approve(Kind.MCP_SERVER, "ledger", " read its source ", "eve")).isEqualTo(Approvals.Outcome.DONE);
        assertThat(approvals.approve(Kind.MCP_SERVER, "Ledger", "again", "max")).isEqualTo(Approvals.Outcome.UNCHANGED);
        assertThat(inventory.find(Kind.MCP_SERVER, id).orElseThrow().standing()).isEqualTo(Standing.APPROVED);
        assertThat(approvals.names()).isEqualTo(Map.of("approved_mcp_servers", List.of("ledger")));
        assertThat(approvals.takeBack(Kind.MCP_SERVER, "ledger", "its owner left", "max")).isEqualTo(Approvals.Outcome.DONE);
        assertThat(approvals.takeBack(Kind.MCP_SERVER, "ledger", "twice", "max")).isEqualTo(Approvals.Outcome.UNCHANGED);
        approvals.approve(Kind.MCP_SERVER, "ledger", "a new owner", "eve");

        assertThat(approvals.history(Kind.MCP_SERVER, "LEDGER")).extracting(one -> one.reason() + " / " + (one.withdrawn() == null ? "" : one.withdrawn().reason()))
                .containsExactly("a new owner / ", "read its source / its owner left");
    }

    @Test
    void whoApprovesAndTakesBackIsInTheAccessLogOnceWithWhatAndWhy() {
        approvals.approve(Kind.MCP_SERVER, "Ledger", "read its source", "eve");
        approvals.approve(Kind.MCP_SERVER, "ledger", "again", "max");
        approvals.takeBack(Kind.MCP_SERVER, "LEDGER", "its owner left", "max");
        approvals.takeBack(Kind.MCP_SERVER, "ledger", "twice", "max");
        approvals.approve(Kind.DESTINATION, "docs.example.org", "we read there", "eve");
        approvals.takeBack(Kind.DESTINATION, "docs.example.org", "no more", "eve");

        var log = new DatabaseAccessLog(under.own.dataSource(), () -> Events.NOON).find(new AccessLog.Query(List.of(), null, null, null, null, null, 10));

        assertThat(log).extracting(line -> String.join(" / ", line.who(), line.wire(), line.detail(), line.reason())).containsExactly(
                "eve / destination_approval_withdrawn / docs.example.org / no more", "eve / destination_approved / docs.example.org / we read there",
                "max / mcp_server_approval_withdrawn / Ledger / its owner left", "eve / mcp_server_approved / Ledger / read its source");
    }

    @Test
    void anApprovalNeedsAReasonAndAWholeName() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> approvals.approve(Kind.DESTINATION, "x", "  ", "eve"))).hasMessageContaining("a reason has 1 to 2000 characters, got 0");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> approvals.approve(Kind.DESTINATION, "", "why", "eve"))).hasMessageContaining("got 0");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> approvals.approve(Kind.DESTINATION, "x".repeat(300), "why", "eve"))).hasMessageContaining("got 300");
    }

    @Test
    void namesBeyondThoseKeptApartAreCountedTogether() throws Exception {
        var long1 = "n".repeat(100_000) + "1";
        var events = new ArrayList<AuditEvent>();
        for (int i = 0; i < 50; i++) {
            events.add(call("server-" + i, "tool-" + i, "done", "ana@example.com", i));
            events.add(call("server-0", "tool-" + i, "done", "ana@example.com", 100 + i));
        }
        events.add(call(long1, long1, "done", "ana@example.com", 99));
        under.trail.take(events);
        under.trail.settle();
        under.settle();
        rebuild(3, 4);

        var all = inventory.list(Query.all(Kind.MCP_SERVER), 0, 100);

        assertThat(all).extracting(Inventory.Counterpart::name).containsExactlyInAnyOrder("server-0", "server-1", "server-2", null);
        assertThat(all).filteredOn(one -> one.name() == null).singleElement().satisfies(rest -> {
            assertThat(rest.calls()).isEqualTo(48);
            assertThat(rest.approvable()).isFalse();
        });
        var first = all.stream().filter(one -> "server-0".equals(one.name())).findFirst().orElseThrow();
        assertThat(first.calls()).isEqualTo(51);
        assertThat(inventory.uses(Kind.MCP_SERVER, first.id(), 100)).extracting(use -> use.name() + " " + use.calls())
                .containsExactly("tool-0 2", "tool-1 1", "tool-2 1", "tool-3 1", "null 46");
    }

    @Test
    void aNameLongerThanAnIndexTakesIsCutAndCannotBeApproved() throws InterruptedException {
        var endless = "\u202e<script>alert(1)</script>" + "n".repeat(60_000);
        under.take(connection(endless, "ana@example.com", 1), connection(endless + "2", "ana@example.com", 2), connection("", "ana@example.com", 3));

        var all = inventory.list(Query.all(Kind.MCP_SERVER), 0, 10);

        assertThat(all).hasSize(3).noneMatch(Inventory.Counterpart::approvable);
        assertThat(all.getLast().name()).hasSize(256).isEqualTo(endless.substring(0, 256));
        assertThat(all.getLast().whole()).isFalse();
    }

    /// Counts the whole trail again in small batches, with these bounds.
    private void rebuild(int mostNames, int mostUses) throws SQLException, InterruptedException {
        under.loop().stop();
        under.trail.execute(InventoryUnderTest.EMPTY);
        var trail = under.trail.trail();
        try (var connection = under.own.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (long position = 0; position < trail.head();) {
                var events = trail.follow(position, 7, java.time.Duration.ZERO);
                new Batch(events).write(connection, mostNames, mostUses);
                connection.commit();
                position = events.getLast().position();
            }
        }
    }

    private List<String> names(Query query) {
        return inventory.list(query, 0, 100).stream().map(one -> String.valueOf(one.name())).toList();
    }

    private static AuditEvent connection(String server, String person, long seconds) {
        return Events.event("mcp_server_connection", seconds).of(person).in("s-" + person).derived("mcp.server", Value.of(server))
                .derived("mcp.status", Value.of("connected")).derived("mcp.scope", Value.of("user")).derived("mcp.transport", Value.of("stdio")).build();
    }

    private static AuditEvent call(String server, String tool, String outcome, String person, long seconds) {
        boolean refused = outcome.equals("refused");
        return Events.event(refused ? "tool_decision" : "tool_result", seconds).of(person).in("s-" + person).with("tool_name", "mcp_tool")
                .with("tool_use_id", server.length() + tool + seconds).derived("egress.by", Value.of("mcp")).derived("mcp.server", Value.of(server))
                .derived("mcp.tool", Value.of(tool)).derived("outcome", Value.of(outcome)).build();
    }

    private static AuditEvent command(String host, List<String> programs, List<String> calls, long seconds) {
        return Events.event("tool_result", seconds).derived("egress.by", Value.of("shell")).derived("egress.host", Value.of(List.of(host)))
                .derived("command.programs", Value.of(programs)).derived("command.calls", Value.of(calls)).derived("outcome", Value.of("done")).build();
    }

    private static AuditEvent fetch(String host, long seconds) {
        return Events.event("tool_result", seconds).derived("egress.by", Value.of("webfetch")).derived("egress.host", Value.of(List.of(host)))
                .derived("outcome", Value.of("done")).build();
    }
}
