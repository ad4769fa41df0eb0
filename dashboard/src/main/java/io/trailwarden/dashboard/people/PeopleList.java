package io.trailwarden.dashboard.people;

import io.trailwarden.alert.Burden;
import io.trailwarden.alert.Risk;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.PeopleFilter;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.inventory.Activity;
import io.trailwarden.rules.RuleBook;
import io.trailwarden.store.Fleet;
import io.trailwarden.store.Fleet.PeopleQuery;
import io.trailwarden.store.Trail.Person;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts together what the list of people shows: five questions for a page of fifty, however many people there are.
@ApplicationScoped
class PeopleList {

    /// Who sent something within this time counts as at work now.
    static final Duration NOW = Duration.ofMinutes(15);

    /// Most people that are listed by risk; what is below has next to none.
    private static final int MOST_AT_RISK = 1000;

    private final Fleet fleet;
    private final Activity activity;
    private final Risk risk;
    private final Burden burden;
    private final RuleBook rules;
    private final InstantSource clock;

    @Inject
    PeopleList(Fleet fleet, Activity activity, Risk risk, Burden burden, RuleBook rules, InstantSource clock) {
        this.fleet = fleet;
        this.activity = activity;
        this.risk = risk;
        this.burden = burden;
        this.rules = rules;
        this.clock = clock;
    }

    /// How many people match, and how many of them there is something to say about.
    ///
    /// @param everybody whoever sent a record, the filter aside
    record Counts(long people, long atWork, long bypassing, long everybody) {
    }

    Counts counts(PeopleFilter filter) {
        var scores = filter.atRisk() ? risk.everybody() : Map.<String, Integer>of();
        var query = query(filter, scores);
        var now = clock.instant();
        return new Counts(fleet.count(query), fleet.count(since(query, now.minus(NOW))),
                fleet.count(bypassing(query)), filter.everybody() ? -1 : fleet.count(PeopleQuery.everybody()));
    }

    private static PeopleQuery since(PeopleQuery query, Instant since) {
        return new PeopleQuery(query.mode(), query.clients(), query.since() != null && query.since().isAfter(since) ? query.since() : since,
                query.until(), query.text(), query.names(), query.managed(), query.details(), query.order());
    }

    private PeopleQuery bypassing(PeopleQuery query) {
        var mode = query.mode() == null ? "bypassPermissions" : query.mode();
        return new PeopleQuery(mode, query.clients(), query.since(), query.until(), query.text(),
                mode.equals("bypassPermissions") ? query.names() : Set.of(), query.managed(), query.details(), query.order());
    }

    /// The rows that match, the first page read.
    CursorPages<FleetRow, String> rows(PeopleFilter filter) {
        var scores = risk.everybody();
        var query = query(filter, scores);
        var pages = new CursorPages<FleetRow, String>(cursor -> filter.atRisk() ? atRisk(query, scores) : page(query, scores, cursor));
        pages.rows(0, Rows.PAGE);
        return pages;
    }

    private Slice<FleetRow, String> page(PeopleQuery query, Map<String, Integer> scores, @Nullable String cursor) {
        var page = fleet.people(query, Rows.PAGE, cursor);
        return new Slice<>(filled(page.items(), scores), page.next());
    }

    private Slice<FleetRow, String> atRisk(PeopleQuery query, Map<String, Integer> scores) {
        var people = fleet.people(query, MOST_AT_RISK, null).items();
        return new Slice<>(filled(people, scores).stream().sorted(Comparator.comparingInt(FleetRow::risk).reversed()).toList(), null);
    }

    private List<FleetRow> filled(List<Person> people, Map<String, Integer> scores) {
        var names = people.stream().map(Person::name).toList();
        var states = activity.states(names);
        var open = burden.of(names);
        return people.stream().map(person -> new FleetRow(person, states.get(person.name()), scores.getOrDefault(person.name(), 0),
                open.getOrDefault(person.name(), Map.of()), rules.outdated(person.clientVersion()))).toList();
    }

    private PeopleQuery query(PeopleFilter filter, Map<String, Integer> scores) {
        return filter.query(clock.instant(), clients(filter.client()), filter.atRisk()
                ? scores.keySet().stream().limit(MOST_AT_RISK).collect(Collectors.toSet()) : null);
    }

    private @Nullable Set<String> clients(@Nullable String client) {
        if (client == null) {
            return null;
        }
        return switch (client) {
            case PeopleFilter.OLD -> versions().stream().filter(rules::outdated).collect(Collectors.toSet());
            case PeopleFilter.NOT_TOLD -> Set.of("");
            default -> Set.of(client);
        };
    }

    /// Versions that people use, the most used first, at most twenty.
    List<String> versions() {
        return activity.now(clock.instant().minus(PeopleFilter.Within.MONTH.length())).byVersion().keySet().stream()
                .filter(version -> !version.isEmpty()).toList();
    }
}
