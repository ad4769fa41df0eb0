package io.trailwarden.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// How fast alerts come and are dealt with. Throws [AlertsUnavailable] when the database does not answer.
@ApplicationScoped
public class Pace {

    /// Both counts are ranges of an index: of all alerts by when they were raised, of closed ones by when that was.
    private static final String DAYS = """
            with days as (
              select day::date as day, day::timestamp at time zone ? as began, (day::date + 1)::timestamp at time zone ? as ended
              from generate_series(?::timestamp, ?::timestamp, interval '1 day') as day
            )
            select day,
              (select count(*) from alert where raised_at >= began and raised_at < ended) as raised,
              (select count(*) from alert where status = 'closed' and handled_at >= began and handled_at < ended) as closed
            from days order by day
            """;

    private static final String MEDIANS = """
            with lately as (
              select raised_at,
                (select min(at) from alert_history h where h.alert_id = a.id and h.action in ('acknowledged', 'closed')) as answered_at
              from alert a where raised_at >= ?
            ), ended as (
              select handled_at - raised_at as took from alert where status = 'closed' and handled_at >= ?
            )
            select
              (select extract(epoch from percentile_cont(0.5) within group (order by answered_at - raised_at)) from lately) as to_answer,
              (select extract(epoch from percentile_cont(0.5) within group (order by took)) from ended) as to_close
            """;

    private final DataSource dataSource;
    private final InstantSource clock;

    @Inject
    public Pace(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// The pace of some days, today the last.
    ///
    /// @param toAnswer median from raising to the first acknowledging or closing, of alerts raised in these days that
    ///     somebody answered; null when nobody answered any
    /// @param toClose median from raising to closing, of those closed in these days; null when there is none
    public record Recent(List<Day> days, @Nullable Duration toAnswer, @Nullable Duration toClose) {

        public Recent {
            days = List.copyOf(days);
        }

        /// Raised in all these days.
        public long raised() {
            return days.stream().mapToLong(Day::raised).sum();
        }

        /// Closed in all these days.
        public long closed() {
            return days.stream().mapToLong(Day::closed).sum();
        }
    }

    /// One day.
    ///
    /// @param closed those that were closed on it and have not been opened again
    public record Day(LocalDate day, long raised, long closed) {
    }

    /// The last `days` days as `zone` counts them.
    public Recent recent(int days, ZoneId zone) {
        var today = LocalDate.ofInstant(clock.instant(), zone);
        var first = today.minusDays(days - 1L);
        try (var connection = dataSource.getConnection()) {
            var each = days(connection, first, today, zone);
            try (var statement = connection.prepareStatement(MEDIANS)) {
                var since = first.atStartOfDay(zone).toInstant().atOffset(ZoneOffset.UTC);
                statement.setObject(1, since);
                statement.setObject(2, since);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return new Recent(each, span(row, "to_answer"), span(row, "to_close"));
                }
            }
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot work out how fast alerts are dealt with", e);
        }
    }

    private static List<Day> days(Connection connection, LocalDate first, LocalDate last, ZoneId zone) throws SQLException {
        try (var statement = connection.prepareStatement(DAYS)) {
            statement.setString(1, zone.getId());
            statement.setString(2, zone.getId());
            statement.setObject(3, first.atStartOfDay());
            statement.setObject(4, last.atStartOfDay());
            try (var rows = statement.executeQuery()) {
                var days = new ArrayList<Day>();
                while (rows.next()) {
                    days.add(new Day(rows.getObject("day", LocalDate.class), rows.getLong("raised"), rows.getLong("closed")));
                }
                return days;
            }
        }
    }

    private static @Nullable Duration span(ResultSet row, String column) throws SQLException {
        double seconds = row.getDouble(column);
        return row.wasNull() ? null : Duration.ofMillis(Math.round(seconds * 1000));
    }
}
