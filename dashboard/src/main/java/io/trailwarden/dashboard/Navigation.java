package io.trailwarden.dashboard;

import io.trailwarden.alert.AlertKey;
import io.trailwarden.event.EventId;
import io.trailwarden.identity.Permission;
import io.trailwarden.inventory.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Addresses of pages, without the leading slash: the only way in from anywhere, other pages included.
///
/// What a page shows is in its address, so that any screen can be sent to a colleague.
public final class Navigation {

    /// Names that can stand in a path as they are: an e-mail, a login, an install id.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9@_+-][A-Za-z0-9@._+-]*");

    /// Begins a name that had to be encoded. No plain name begins so.
    private static final String ENCODED = "~";

    private Navigation() {
    }

    /// A page of the navigation, in the order shown.
    ///
    /// @param group heading that it stands under; null for those on top
    /// @param needs what somebody must be allowed to do to open it; null for what every role reads
    public record Page(String label, String path, @Nullable String group, @Nullable Permission needs) {

        private Page(String label, String path, @Nullable String group) {
            this(label, path, group, null);
        }

        /// Whether it opens for them.
        public boolean opensFor(Who who) {
            return needs == null ? !who.roles().isEmpty() : who.may(needs);
        }
    }

    /// Does anything need a person now.
    public static final Page OVERVIEW = new Page("Overview", "", null);

    /// The queue of open alerts.
    public static final Page ALERTS = new Page("Alerts", "alerts", null);

    /// Everybody whose agent sent something.
    public static final Page PEOPLE = new Page("People", "people", "Watch");

    /// MCP servers, and whether somebody wants them.
    public static final Page MCP = new Page("MCP servers", "mcp", "Watch");

    /// Hosts that agents speak to, and whether somebody wants that.
    public static final Page DESTINATIONS = new Page("Destinations", "destinations", "Watch");

    /// What is looked for, whether it works, and for whom it is blind.
    public static final Page RULES = new Page("Rules", "rules", "Ask and detect");

    /// Where alerts and records go onward, and how far each destination is.
    public static final Page FORWARDING = new Page("Forwarding", "forwarding", "Run");

    /// Tokens, managed settings, the first record.
    public static final Page SETUP = new Page("Set up", "setup", "Run", Permission.SET_UP);

    /// Who came, who changed what, and who read what of whom.
    public static final Page AUDIT = new Page("Audit", "audit", "Account for", Permission.AUDIT);

    /// Who may sign in, and as what.
    public static final Page ACCOUNTS = new Page("Accounts", "accounts", "Account for", Permission.ACCOUNTS);

    /// Where people change their own password; reached from under their name.
    public static final Page PASSWORD = new Page("Your password", "password", null);

    /// The pages that the navigation lists.
    public static List<Page> pages() {
        return List.of(
                OVERVIEW,
                ALERTS,
                PEOPLE,
                MCP,
                DESTINATIONS,
                RULES,
                FORWARDING,
                SETUP,
                AUDIT,
                ACCOUNTS);
    }

    /// Alerts in `status` (`open`, `acknowledged`, `closed`).
    public static String alerts(String status) {
        return status.equals("open") ? ALERTS.path() : ALERTS.path() + query("status", status);
    }

    /// The queue narrowed to what `filter` says.
    public static String alerts(AlertsFilter filter) {
        return ALERTS.path() + query(filter.parameters().entrySet().stream()
                .flatMap(said -> Stream.of(said.getKey(), said.getValue())).toArray(String[]::new));
    }

    /// A page narrowed by what its address says: names and values by turns, those without a value left out.
    public static String narrowed(Page page, @Nullable String... namesAndValues) {
        return page.path() + query(namesAndValues);
    }

    /// MCP servers that were first seen this week.
    public static String newServers() {
        return narrowed(MCP, "show", "new");
    }

    /// Hosts that were first seen this week.
    public static String newDestinations() {
        return narrowed(DESTINATIONS, "show", "new");
    }

    /// One MCP server or host, and who deals with it.
    public static String counterpart(Kind kind, UUID id) {
        return narrowed(switch (kind) {
            case MCP_SERVER -> MCP;
            case DESTINATION -> DESTINATIONS;
        }, "one", id.toString());
    }

    /// MCP servers that one person deals with.
    public static String serversOf(String person) {
        return narrowed(MCP, "person", person);
    }

    /// Hosts that one person's agent speaks to.
    public static String destinationsOf(String person) {
        return narrowed(DESTINATIONS, "person", person);
    }

    /// One alert.
    public static String alert(AlertKey key) {
        return "alerts/" + key;
    }

    /// One alert, with the list that it was opened from: the page's keys go along that list.
    public static String alert(AlertKey key, AlertsFilter from) {
        return alert(key) + query(from.parameters().entrySet().stream()
                .flatMap(said -> Stream.of(said.getKey(), said.getValue())).toArray(String[]::new));
    }

    /// One rule.
    public static String rule(String id) {
        return RULES.path() + "/" + segment(id);
    }

    /// The people whom `filter` lets through.
    public static String people(PeopleFilter filter) {
        return PEOPLE.path() + query(filter.parameters().entrySet().stream()
                .flatMap(said -> Stream.of(said.getKey(), said.getValue())).toArray(String[]::new));
    }

    /// A person's page.
    public static String person(String name) {
        return "people/" + segment(name);
    }

    /// A person's page with the trail narrowed to a session, to records of one name, or both.
    public static String trail(String person, @Nullable String session, @Nullable String event) {
        return person(person) + query("session", session, "name", event);
    }

    /// A person's page with the trail narrowed; null narrows nothing.
    ///
    /// @param show kind of records, such as `commands`
    /// @param text in commands, files, hosts and servers
    public static String trail(String person, @Nullable String session, @Nullable String event, @Nullable LocalDate day, @Nullable String show,
            @Nullable String text) {
        return person(person) + query("session", session, "name", event, "day", day == null ? null : day.toString(), "show", show, "q", text);
    }

    /// A person's page at one day.
    public static String day(String person, LocalDate day) {
        return person(person) + query("day", day.toString());
    }

    /// One session, in order.
    public static String session(String person, String session) {
        return person(person) + "/sessions/" + segment(session);
    }

    /// The log narrowed; null narrows nothing.
    ///
    /// @param what such as `words_revealed`
    /// @param whose person whose words were read
    /// @param days back from now; 0 for all time
    public static String audit(@Nullable String what, @Nullable String who, @Nullable String whose, int days) {
        return AUDIT.path() + query("what", what, "who", who, "whose", whose, "days", days == 0 ? null : String.valueOf(days));
    }

    /// One record in its session.
    public static String record(String person, String session, EventId record) {
        return session(person, session) + query("record", record.toString());
    }

    /// The name that [#person] put into an address.
    public static String personOf(String segment) {
        if (!segment.startsWith(ENCODED)) {
            return segment;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(segment.substring(1)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return segment;
        }
    }

    /// Whoever sends telemetry chooses the name, so it may hold slashes, dots or nothing printable. Proxies and servers
    /// disagree about such paths even when they are percent-encoded; Base64 passes them all.
    private static String segment(String name) {
        return PLAIN.matcher(name).matches()
                ? name
                : ENCODED + Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String query(@Nullable String... namesAndValues) {
        var pairs = new ArrayList<String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            var value = namesAndValues[i + 1];
            if (value != null) {
                pairs.add(namesAndValues[i] + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
