package io.trailwarden.inventory;

import io.trailwarden.store.Fleet.Details;
import io.trailwarden.store.TextHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/// Activity as PostgreSQL keeps it.
@ApplicationScoped
class PostgresActivity implements Activity {

    private static final UUID EVERYONE = new UUID(0, 0);

    /// The rows of people by their hashes; the hash of zeros for everyone together.
    private static final String WHO = """
            who as (
              select person_key, hash, name from person where hash = any(?)
              union all
              select 0, h, '' from unnest(?::uuid[]) as h where h = '00000000-0000-0000-0000-000000000000'
            )
            """;

    private static final String HOURS = "with " + WHO + """
            select hour, mode, people, %s
              from activity join who using (person_key)
             where hour >= ? and hour < ?
             order by hour, mode
            """.formatted(Measure.columns(name -> name));

    private static final String DAYS = "with " + WHO + """
            select name, (hour at time zone 'UTC')::date as day, %s
              from activity join who using (person_key)
             where hour >= ? and hour < ?
             group by name, day
             order by name, day
            """.formatted(Measure.columns(name -> "sum(" + name + ")::bigint as " + name));

    private static final String WAITS = "with " + WHO + """
            select name, day, bucket, waits
              from activity_wait join who using (person_key)
             where day >= ? and day < ?
            """;

    /// Grouped first, so that PostgreSQL hashes; `count(distinct ...)` sorts all rows.
    private static final String PEOPLE_BY_DAY = """
            select day, count(*) as people
              from (select distinct (hour at time zone 'UTC')::date as day, person_key from activity where hour >= ? and hour < ? and person_key > 0) as active
             group by day
            """;

    private static final String PEOPLE = """
            select count(*) from (select distinct person_key from activity where hour >= ? and hour < ? and person_key > 0) as active
            """;

    private static final String NOW = """
            select coalesce(mode, '') as mode, coalesce(client_version, '') as version, managed, details_sent, count(*) as people
              from person_state
             where last_day >= ? and seen_at >= ?
             group by 1, 2, 3, 4
            """;

    private static final String STATES = """
            select p.name, s.seen_at, s.mode, s.client_version, s.managed, s.managed_sources, s.managed_at, s.details_sent
              from person p join person_state s using (person_key)
             where p.hash = any(?)
            """;

    private static final int MOST_VERSIONS = 20;

    private final Asking database;
    private final InventoryLoop loop;

    @Inject
    PostgresActivity(DataSource database, InventoryLoop loop) {
        this.database = new Asking(database);
        this.loop = loop;
    }

    @Override
    public List<Hour> hours(Instant from, Instant to) {
        return hours(EVERYONE, from, to);
    }

    @Override
    public List<Hour> hours(String person, Instant from, Instant to) {
        return hours(TextHash.of(person), from, to);
    }

    private List<Hour> hours(UUID who, Instant from, Instant to) {
        var hashes = new UUID[] {who};
        return database.ask("read the activity of hours", connection -> Asking.rows(connection, HOURS, row -> new Hour(
                time(row, "hour"), row.getString("mode"), row.getLong("people"), sums(row)), hashes, hashes, time(from), time(to)));
    }

    @Override
    public List<Day> days(LocalDate from, LocalDate to) {
        return database.ask("read the activity of days", connection -> {
            var people = new HashMap<LocalDate, Long>();
            Asking.rows(connection, PEOPLE_BY_DAY, row -> people.merge(row.getObject("day", LocalDate.class), row.getLong("people"), Long::sum), begin(from), begin(to));
            return days(connection, List.of(EVERYONE), from, to).getOrDefault("", List.of()).stream()
                    .map(day -> new Day(day.day(), people.getOrDefault(day.day(), 0L), day.sums(), day.medianWait())).toList();
        });
    }

    @Override
    public List<Day> days(String person, LocalDate from, LocalDate to) {
        return days(List.of(person), from, to).values().stream().findFirst().orElse(List.of());
    }

    @Override
    public Map<String, List<Day>> days(Collection<String> people, LocalDate from, LocalDate to) {
        return database.ask("read the activity of people", connection ->
                days(connection, people.stream().map(TextHash::of).toList(), from, to));
    }

    private static Map<String, List<Day>> days(Connection connection, List<UUID> who, LocalDate from, LocalDate to) throws SQLException {
        var hashes = who.toArray(UUID[]::new);
        var waits = new HashMap<String, Map<LocalDate, TreeMap<Integer, Long>>>();
        Asking.rows(connection, WAITS, row -> waits.computeIfAbsent(row.getString("name"), _ -> new HashMap<>())
                .computeIfAbsent(row.getObject("day", LocalDate.class), _ -> new TreeMap<>())
                .merge(row.getInt("bucket"), row.getLong("waits"), Long::sum), hashes, hashes, from, to);
        var days = new LinkedHashMap<String, List<Day>>();
        Asking.rows(connection, DAYS, row -> {
            var name = row.getString("name");
            var day = row.getObject("day", LocalDate.class);
            var waited = waits.getOrDefault(name, Map.of()).getOrDefault(day, new TreeMap<>());
            return days.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Day(day, 1, sums(row), WaitBuckets.median(waited)));
        }, hashes, hashes, begin(from), begin(to));
        return days;
    }

    @Override
    public Total total(LocalDate from, LocalDate to) {
        return database.ask("add up activity", connection -> {
            var hashes = new UUID[] {EVERYONE};
            var waits = new TreeMap<Integer, Long>();
            Asking.rows(connection, WAITS, row -> waits.merge(row.getInt("bucket"), row.getLong("waits"), Long::sum), hashes, hashes, from, to);
            var sums = Asking.rows(connection, DAYS, PostgresActivity::sums, hashes, hashes, begin(from), begin(to)).stream().reduce(Sums.NONE, Sums::plus);
            long people = Asking.rows(connection, PEOPLE, row -> row.getLong(1), begin(from), begin(to)).getFirst();
            return new Total(people, sums, WaitBuckets.median(waits));
        });
    }

    @Override
    public Now now(Instant since) {
        return database.ask("count people by what their clients said", connection -> {
            var tally = new NowTally();
            Asking.rows(connection, NOW, tally::add, LocalDate.ofInstant(since, ZoneOffset.UTC), time(since));
            return tally.now();
        });
    }

    private static final class NowTally {
        private long people;
        private long managed;
        private long unmanaged;
        private long unknown;
        private final Map<Details, Long> details = new EnumMap<>(Details.class);
        private final Map<String, Long> modes = new TreeMap<>();
        private final Map<String, Long> versions = new TreeMap<>();

        private boolean add(ResultSet row) throws SQLException {
            long count = row.getLong("people");
            var policy = row.getObject("managed", Boolean.class);
            people += count;
            managed += Boolean.TRUE.equals(policy) ? count : 0;
            unmanaged += Boolean.FALSE.equals(policy) ? count : 0;
            unknown += policy == null ? count : 0;
            details.merge(Details.of(row.getString("details_sent")), count, Long::sum);
            modes.merge(row.getString("mode"), count, Long::sum);
            versions.merge(row.getString("version"), count, Long::sum);
            return true;
        }

        private Now now() {
            for (var each : Details.values()) {
                details.putIfAbsent(each, 0L);
            }
            var most = new LinkedHashMap<String, Long>();
            versions.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_VERSIONS).forEach(entry -> most.put(entry.getKey(), entry.getValue()));
            return new Now(people, modes, most, managed, unmanaged, unknown, details);
        }
    }

    @Override
    public Map<String, State> states(Collection<String> people) {
        var hashes = people.stream().map(TextHash::of).toArray(UUID[]::new);
        return database.ask("read what clients said", connection -> {
            var states = new HashMap<String, State>();
            Asking.rows(connection, STATES, row -> states.put(row.getString("name"), new State(time(row, "seen_at"), row.getString("mode"),
                    row.getString("client_version"), row.getObject("managed", Boolean.class), row.getString("managed_sources"),
                    Asking.time(row, "managed_at"), Details.of(row.getString("details_sent")))) == null, (Object) hashes);
            return states;
        });
    }

    @Override
    public Progress progress() {
        return loop.progress();
    }

    private static Sums sums(ResultSet row) throws SQLException {
        return new Sums(of(row, Measure.RECORDS), of(row, Measure.PROMPTS), of(row, Measure.ASKED_ACCEPTED), of(row, Measure.ASKED_REFUSED),
                of(row, Measure.CONFIG_ACCEPTED), of(row, Measure.CONFIG_REFUSED), of(row, Measure.HOOK_ACCEPTED), of(row, Measure.HOOK_REFUSED),
                of(row, Measure.DONE), of(row, Measure.FAILED), of(row, Measure.WAITS), Duration.ofMillis(of(row, Measure.WAIT_MILLIS)),
                of(row, Measure.REQUESTS), of(row, Measure.COST_MICROS), of(row, Measure.TOKENS_IN), of(row, Measure.TOKENS_OUT),
                of(row, Measure.TOKENS_CACHED));
    }

    private static long of(ResultSet row, Measure measure) throws SQLException {
        return row.getLong(measure.column());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Asking.time(row, column), column);
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static OffsetDateTime begin(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
