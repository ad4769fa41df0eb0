package io.trailwarden.alert;

import io.trailwarden.alert.Triage.CloseReason;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What became of the alerts of a rule: whether it is worth listening to. Throws [AlertsUnavailable] when the database
/// does not answer.
@ApplicationScoped
public class RuleAlerts {

    private static final String BY_RULE = """
            select rule, coalesce(close_reason, status) as state, count(*) as alerts, max(raised_at) as last
            from alert
            where raised_at >= ?
            group by rule, state
            """;

    private static final String BY_DAY = """
            select (raised_at at time zone ?)::date as day, coalesce(close_reason, status) as state, count(*) as alerts,
              max(raised_at) as last
            from alert
            where rule = ? and raised_at >= ?
            group by day, state
            order by day
            """;

    private final DataSource dataSource;

    /// Reads from the database behind `dataSource`.
    @Inject
    public RuleAlerts(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// How many alerts there are, and what became of them.
    ///
    /// @param closed by reason; reasons that nobody gave are absent
    /// @param last when the last was raised, null when there is none
    public record Counts(long open, long acknowledged, Map<CloseReason, Long> closed, @Nullable Instant last) {

        /// None at all.
        public static final Counts NOTHING = new Counts(0, 0, Map.of(), null);

        public Counts {
            closed = Map.copyOf(closed);
        }

        /// All of them.
        public long all() {
            return open + acknowledged + ended();
        }

        /// Those that are closed.
        public long ended() {
            return closed.values().stream().mapToLong(Long::longValue).sum();
        }

        /// Both together.
        public Counts and(Counts other) {
            var both = new EnumMap<CloseReason, Long>(CloseReason.class);
            both.putAll(closed);
            other.closed.forEach((reason, alerts) -> both.merge(reason, alerts, Long::sum));
            var later = last == null || other.last != null && other.last.isAfter(last) ? other.last : last;
            return new Counts(open + other.open, acknowledged + other.acknowledged, both, later);
        }

        private Counts and(String state, long alerts, Instant at) {
            var later = last == null || at.isAfter(last) ? at : last;
            return switch (state) {
                case "open" -> new Counts(open + alerts, acknowledged, closed, later);
                case "acknowledged" -> new Counts(open, acknowledged + alerts, closed, later);
                default -> {
                    var more = new EnumMap<CloseReason, Long>(CloseReason.class);
                    more.putAll(closed);
                    more.merge(reason(state), alerts, Long::sum);
                    yield new Counts(open, acknowledged, more, later);
                }
            };
        }
    }

    /// Alerts raised since `since`, by rule; rules that raised none are absent.
    public Map<String, Counts> byRule(Instant since) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(BY_RULE)) {
            statement.setObject(1, since.atOffset(ZoneOffset.UTC));
            var counts = new LinkedHashMap<String, Counts>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    add(counts, rows.getString("rule"), rows);
                }
            }
            return counts;
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot count alerts by rule", e);
        }
    }

    /// Alerts of `rule` raised since `since`, by day in `zone`; days without any are absent.
    public Map<LocalDate, Counts> byDay(String rule, Instant since, ZoneId zone) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(BY_DAY)) {
            statement.setString(1, zone.getId());
            statement.setString(2, Storable.text(rule));
            statement.setObject(3, since.atOffset(ZoneOffset.UTC));
            var days = new LinkedHashMap<LocalDate, Counts>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    add(days, rows.getObject("day", LocalDate.class), rows);
                }
            }
            return days;
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot count alerts of rule " + rule, e);
        }
    }

    private static <K> void add(Map<K, Counts> counts, K key, ResultSet row) throws SQLException {
        counts.put(key, counts.getOrDefault(key, Counts.NOTHING).and(row.getString("state"), row.getLong("alerts"), instant(row, "last")));
    }

    private static CloseReason reason(String wireName) {
        return CloseReason.valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
