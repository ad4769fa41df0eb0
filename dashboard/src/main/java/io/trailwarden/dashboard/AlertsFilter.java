package io.trailwarden.dashboard;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.AlertQuery.Order;
import io.trailwarden.alert.AlertQuery.Owner;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Due.Age;
import io.trailwarden.alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which alerts the queue shows, as its address says it: any screen can be sent to a colleague, and every number of the
/// console that counts alerts opens the list behind it. Begin at [#OPEN] and narrow.
///
/// @param statuses in one of these; empty for any. Not said in the address when they are the unfinished ones
/// @param severities of one of these; empty for any
/// @param owner null for anybody's, [#NOBODY], [#ME] for whoever looks, or an account's name. Accounts that are called
///     like these two words cannot be asked for
/// @param text words in the title
/// @param age raised so long ago
/// @param closedDays closed within so many days; 0 for any time
/// @param order null for the usual one: gravest first, and for closed ones newest first
public record AlertsFilter(Set<Status> statuses, Set<Severity> severities, @Nullable String rule, @Nullable String person,
        @Nullable String session, @Nullable String owner, @Nullable String text, @Nullable Age age, int closedDays, boolean late,
        @Nullable Order order) {

    /// Those that nobody owns.
    public static final String NOBODY = "nobody";

    /// Those of whoever looks.
    public static final String ME = "me";

    /// All that is not closed: what the page shows when nothing is asked.
    public static final AlertsFilter OPEN = new AlertsFilter(Alerts.UNFINISHED, Set.of(), null, null, null, null, null, null, 0, false, null);

    private static final String ANY = "any";
    private static final int LONGEST_TEXT = 200;

    public AlertsFilter {
        statuses = Set.copyOf(statuses);
        severities = Set.copyOf(severities);
    }

    /// In one of these states; none for any.
    public AlertsFilter in(Collection<Status> states) {
        return new AlertsFilter(Set.copyOf(states), severities, rule, person, session, owner, text, age, closedDays, late, order);
    }

    /// Of one of these severities; none for any.
    public AlertsFilter of(Collection<Severity> wanted) {
        return new AlertsFilter(statuses, Set.copyOf(wanted), rule, person, session, owner, text, age, closedDays, late, order);
    }

    /// Of a rule.
    public AlertsFilter ofRule(@Nullable String wanted) {
        return new AlertsFilter(statuses, severities, wanted, person, session, owner, text, age, closedDays, late, order);
    }

    /// About a person's agent.
    public AlertsFilter about(@Nullable String wanted) {
        return new AlertsFilter(statuses, severities, rule, wanted, session, owner, text, age, closedDays, late, order);
    }

    /// Of a session.
    public AlertsFilter inSession(@Nullable String wanted) {
        return new AlertsFilter(statuses, severities, rule, person, wanted, owner, text, age, closedDays, late, order);
    }

    /// Of an account, of [#NOBODY], of [#ME].
    public AlertsFilter ownedBy(@Nullable String wanted) {
        return new AlertsFilter(statuses, severities, rule, person, session, wanted, text, age, closedDays, late, order);
    }

    /// With these words in the title.
    public AlertsFilter saying(@Nullable String words) {
        return new AlertsFilter(statuses, severities, rule, person, session, owner, words, age, closedDays, late, order);
    }

    /// Raised so long ago.
    public AlertsFilter aged(@Nullable Age wanted) {
        return new AlertsFilter(statuses, severities, rule, person, session, owner, text, wanted, closedDays, late, order);
    }

    /// Closed within so many days.
    public AlertsFilter closedWithin(int days) {
        return new AlertsFilter(days > 0 ? Set.of(Status.CLOSED) : statuses, severities, rule, person, session, owner, text, age, days, late, order);
    }

    /// Late ones only, or not only.
    public AlertsFilter lateOnly(boolean only) {
        return new AlertsFilter(statuses, severities, rule, person, session, owner, text, age, closedDays, only, order);
    }

    /// In this order.
    public AlertsFilter ordered(@Nullable Order wanted) {
        return new AlertsFilter(statuses, severities, rule, person, session, owner, text, age, closedDays, late, wanted);
    }

    /// What it asks of the database.
    ///
    /// @param me account of whoever looks
    public AlertQuery query(String me, Instant now) {
        return AlertQuery.any().in(statuses).of(severities).ofRule(rule).about(person).inSession(session).ownedBy(owner(me)).saying(text)
                .raised(age == null || age.end() == null ? null : now.minus(age.end()), age == null || age.ordinal() == 0 ? null : now.minus(age.begin()))
                .closedSince(closedDays == 0 ? null : now.minus(Duration.ofDays(closedDays)))
                .lateOnly(late).ordered(inOrder());
    }

    private Owner owner(String me) {
        if (owner == null) {
            return new Owner.Any();
        }
        return switch (owner) {
            case NOBODY -> new Owner.Nobody();
            case ME -> new Owner.Account(me);
            case String name -> new Owner.Account(name);
        };
    }

    /// The order that counts.
    public Order inOrder() {
        if (order != null) {
            return order;
        }
        return statuses.equals(Set.of(Status.CLOSED)) ? Order.NEWEST : Order.GRAVEST;
    }

    /// What the address says, in the order it says it; nothing for [#OPEN].
    public Map<String, String> parameters() {
        var said = new LinkedHashMap<String, String>();
        if (!statuses.equals(Alerts.UNFINISHED)) {
            said.put("status", statuses.isEmpty() ? ANY : names(statuses, Comparator.naturalOrder()));
        }
        if (!severities.isEmpty()) {
            said.put("severity", names(severities, Comparator.reverseOrder()));
        }
        put(said, "rule", rule);
        put(said, "person", person);
        put(said, "session", session);
        put(said, "owner", owner);
        put(said, "text", text);
        put(said, "age", age == null ? null : name(age));
        put(said, "closed", closedDays == 0 ? null : closedDays + "d");
        put(said, "late", late ? "true" : null);
        put(said, "order", order == null ? null : name(order));
        return said;
    }

    private static void put(Map<String, String> said, String name, @Nullable String value) {
        if (value != null) {
            said.put(name, value);
        }
    }

    /// Reads an address; what it does not understand counts as not said.
    ///
    /// @param said the value of a parameter, if it was given
    public static AlertsFilter of(Function<String, Optional<String>> said) {
        var states = said.apply("status").map(text -> text.equals(ANY) ? Set.<Status>of() : named(Status.class, text))
                .filter(found -> !found.isEmpty() || said.apply("status").filter(ANY::equals).isPresent()).orElse(Alerts.UNFINISHED);
        int days = said.apply("closed").filter(text -> text.matches("[1-9]\\d{0,3}d")).map(text -> Integer.parseInt(text.substring(0, text.length() - 1))).orElse(0);
        return new AlertsFilter(days > 0 ? Set.of(Status.CLOSED) : states, said.apply("severity").map(text -> named(Severity.class, text)).orElse(Set.of()),
                text(said, "rule"), text(said, "person"), text(said, "session"), text(said, "owner"), text(said, "text"),
                said.apply("age").flatMap(text -> named(Age.class, text).stream().findFirst()).orElse(null),
                days,
                said.apply("late").filter("true"::equals).isPresent(),
                said.apply("order").flatMap(text -> named(Order.class, text).stream().findFirst()).orElse(null));
    }

    private static @Nullable String text(Function<String, Optional<String>> said, String name) {
        return said.apply(name).filter(text -> !text.isBlank() && (text.length() <= LONGEST_TEXT || !name.equals("text"))).orElse(null);
    }

    private static <E extends Enum<E>> Set<E> named(Class<E> type, String text) {
        var wanted = Arrays.asList(text.split(","));
        var found = EnumSet.noneOf(type);
        for (var value : type.getEnumConstants()) {
            if (wanted.contains(name(value))) {
                found.add(value);
            }
        }
        return Set.copyOf(found);
    }

    private static <E extends Enum<E>> String names(Set<E> values, Comparator<E> order) {
        return values.stream().sorted(order).map(AlertsFilter::name).collect(Collectors.joining(","));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
