package io.trailwarden.dashboard;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Alerts;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Kind;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.rules.Rules;
import io.trailwarden.store.Commands;
import io.trailwarden.store.Commands.Command;
import io.trailwarden.store.Fleet;
import io.trailwarden.store.Trail.Person;
import io.trailwarden.store.Trail.Session;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Finds what somebody typed at the top: pages, rules by their title, people, MCP servers and hosts by how their name
/// begins, sessions and alerts by their id; and apart from these, because it takes longer, commands.
///
/// Each of the at most six questions of the database is answered by an index or within [Commands#RECORDS] records.
@ApplicationScoped
class Finder {

    private static final int PEOPLE = 6;
    private static final int SESSIONS = 3;
    private static final int OTHERS = 4;

    /// Shorter ones are no ids.
    private static final int SHORTEST_ID = 8;

    /// Shorter ones are in nearly every command, or nearly every title.
    private static final int SHORTEST_PART = 2;

    private final Fleet fleet;
    private final Alerts alerts;
    private final Inventory inventory;
    private final Rules rules;
    private final Commands commands;

    @Inject
    Finder(Fleet fleet, Alerts alerts, Inventory inventory, Rules rules, Commands commands) {
        this.fleet = fleet;
        this.alerts = alerts;
        this.inventory = inventory;
        this.rules = rules;
        this.commands = commands;
    }

    /// What there is to find, in the order shown.
    enum Group {
        ALERT("Alert"),
        SESSION("Session"),
        PERSON("People"),
        PAGE("Pages"),
        MCP_SERVER("MCP servers"),
        DESTINATION("Destinations"),
        RULE("Rules"),
        COMMAND("Commands of the newest " + NumberLink.format(Commands.RECORDS) + " records");

        private final String words;

        Group(String words) {
            this.words = words;
        }

        /// What stands over them.
        String words() {
            return words;
        }

        /// Whether their names are ours; otherwise a client chose them.
        boolean ours() {
            return switch (this) {
                case ALERT, PAGE, RULE -> true;
                case SESSION, PERSON, MCP_SERVER, DESTINATION, COMMAND -> false;
            };
        }
    }

    /// Something that was found.
    ///
    /// @param about more about it, which may quote a client; null for nothing
    record Found(Group group, String name, @Nullable String about, String address) {
    }

    /// What fits `text` except commands, those of a group together.
    ///
    /// @param who for the pages that open for them
    List<Found> named(String text, Who who) {
        var wanted = text.strip();
        if (wanted.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Found>();
        key(wanted).flatMap(alerts::get).ifPresent(alert -> found.add(found(alert)));
        if (wanted.length() >= SHORTEST_ID) {
            fleet.sessions(wanted, SESSIONS).forEach(session -> found.add(found(session)));
        }
        fleet.beginning(wanted, PEOPLE).forEach(person -> found.add(found(person)));
        Navigation.pages().stream().filter(page -> page.opensFor(who) && begins(page.label(), wanted))
                .forEach(page -> found.add(new Found(Group.PAGE, page.label(), null, page.path())));
        for (var kind : Kind.values()) {
            inventory.beginning(kind, wanted, OTHERS).forEach(each -> found.add(found(each)));
        }
        if (wanted.length() >= SHORTEST_PART) {
            titled(wanted).forEach(rule -> found.add(new Found(Group.RULE, rule.title(), null, Navigation.rule(rule.id()))));
        }
        return List.copyOf(found);
    }

    /// Commands with `text` in them.
    List<Found> commands(String text) {
        var wanted = text.strip();
        return wanted.length() < SHORTEST_PART ? List.of() : commands.with(wanted, OTHERS).stream().map(Finder::found).toList();
    }

    /// Rules with `text` in their title, first those that begin so.
    private List<RuleInfo> titled(String text) {
        var part = text.toLowerCase(Locale.ROOT);
        return rules.loaded().stream().filter(rule -> rule.title().toLowerCase(Locale.ROOT).contains(part))
                .sorted(Comparator.comparing((RuleInfo rule) -> !begins(rule.title(), text)).thenComparing(RuleInfo::title)).limit(OTHERS).toList();
    }

    private static Found found(Person person) {
        return new Found(Group.PERSON, person.name(), null, Navigation.person(person.name()));
    }

    private static Found found(Session session) {
        return new Found(Group.SESSION, session.id(), session.person(), Navigation.trail(session.person(), session.id(), null));
    }

    private static Found found(Alert alert) {
        return new Found(Group.ALERT, alert.title(), alert.person(), Navigation.alert(alert.key()));
    }

    private static Found found(Inventory.Named named) {
        return new Found(switch (named.kind()) {
            case MCP_SERVER -> Group.MCP_SERVER;
            case DESTINATION -> Group.DESTINATION;
        }, named.name(), null, Navigation.counterpart(named.kind(), named.id()));
    }

    private static Found found(Command command) {
        var session = command.session();
        return new Found(Group.COMMAND, command.text(), command.person(), session == null ? Navigation.person(command.person())
                : Navigation.record(command.person(), session, command.record()));
    }

    private static boolean begins(String label, String text) {
        return label.toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT));
    }

    private static Optional<AlertKey> key(String text) {
        try {
            return text.length() == 36 ? Optional.of(new AlertKey(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
