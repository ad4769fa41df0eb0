package io.trailwarden.ops;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.alert.Actor;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.PostgresAlerts;
import io.trailwarden.alert.Severity;
import io.trailwarden.alert.Triage;
import io.trailwarden.alert.Triage.CloseReason;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.DatabaseAccounts;
import io.trailwarden.identity.Roles;
import io.trailwarden.identity.Secret;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/// What two invented analysts did about the older alerts of the demo.
final class DemoAnalysts {

    static final List<String> NAMES = List.of("ines", "oskar");

    /// What is younger was not looked at yet.
    private static final Duration BACKLOG = Duration.ofDays(2);

    private static final Map<String, Ending> ENDINGS = Map.ofEntries(
            Map.entry("webfetch_unapproved_host", new Ending(CloseReason.AUTHORISED, "Documentation of a supplier. Asked the person, the page was wanted.")),
            Map.entry("git_checks_skipped", new Ending(CloseReason.AUTHORISED, "Work in progress on a branch of their own; the same hooks run again in CI.")),
            Map.entry("package_published", new Ending(CloseReason.FALSE_ALARM, "It was a dry run and published nothing, see the option in the command.")),
            Map.entry("mode_changed_silently", new Ending(CloseReason.AUTHORISED, "They answered 'accept edits from now on' themselves, and meant it.")),
            Map.entry("mcp_server_failing", new Ending(CloseReason.FALSE_ALARM, "The development database was down that morning, nothing else.")),
            Map.entry("policy_foreign_organization", new Ending(CloseReason.INCIDENT, "Was a private account, signed out. We will pin the organisation.")),
            Map.entry("policy_hook_blocked", new Ending(CloseReason.AUTHORISED, "The hook did its work. They will ask for the right on the keystore.")),
            Map.entry("git_force_push", new Ending(CloseReason.AUTHORISED, "A branch of their own after a rebase, with a lease; nobody else had it.")),
            Map.entry("always_allow_creep", new Ending(CloseReason.INCIDENT, "Saved rules were read together and taken out again.")));

    /// Nobody took these up yet, however old they are.
    private static final Set<String> LEFT = Set.of("traces_removed", "installation_shared", "policy_details_withheld");

    /// Overwriting this branch was refused three times before it was allowed, so it is no matter of course.
    private static final String DISPUTED = "release/46";

    private final PostgresAlerts alerts;
    private final DataSource database;
    private final Accounts accounts;
    private final InstantSource clock;

    private record Ending(CloseReason reason, String justification) {
    }

    DemoAnalysts(DataSource database, InstantSource clock) {
        var registry = new SimpleMeterRegistry();
        accounts = new DatabaseAccounts(database, clock, registry);
        alerts = new PostgresAlerts(database, clock, registry);
        this.database = database;
        this.clock = clock;
    }

    /// @return how many alerts they touched
    int work() throws SQLException {
        NAMES.forEach(this::employ);
        raiseWhenTheyHappened();
        var until = clock.instant().minus(BACKLOG);
        var old = alerts.find(AlertQuery.any().limit(AlertQuery.MOST)).stream().filter(alert -> alert.at().isBefore(until)).toList();
        return (int) old.stream().filter(this::work).count();
    }

    /// The demo acts as if the program had been there for two weeks; else all alerts were as old as the demo.
    private void raiseWhenTheyHappened() throws SQLException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.executeUpdate("""
                    update alert
                    set raised_at = at + interval '2 seconds'
                    where raised_at > at + interval '2 seconds'
                    """);
        }
    }

    private boolean work(Alert alert) {
        var analyst = Actor.person(NAMES.get(Math.floorMod(alert.person().hashCode(), NAMES.size())));
        var these = List.of(alert.key());
        if (LEFT.contains(alert.rule())) {
            return false;
        }
        long minutes = 6 + Math.floorMod(alert.key().hashCode(), alert.severity() == Severity.LOW ? 900 : 120);
        var seen = alert.at().plus(Duration.ofMinutes(minutes));
        var ending = ENDINGS.get(alert.rule());
        if (ending == null || alert.title().contains(DISPUTED)) {
            triageAt(seen).acknowledge(these, analyst, "Wrote to them and to their team lead.");
        } else {
            triageAt(seen).acknowledge(these, analyst, "");
            triageAt(seen.plus(Duration.ofMinutes(minutes * 2))).close(these, ending.reason(), ending.justification(), analyst);
        }
        return true;
    }

    private Triage triageAt(Instant then) {
        return new Triage(database, InstantSource.fixed(then), accounts);
    }

    /// With a password that is told to nobody.
    private void employ(String name) {
        if (accounts.find(name).isEmpty()) {
            accounts.create(name, new Secret(new BigInteger(250, new SecureRandom()).toString(36)), Set.of(Roles.VIEWER, Roles.ANALYST), "demo");
        }
    }
}
