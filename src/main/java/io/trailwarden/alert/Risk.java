package io.trailwarden.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// How much there is against a person: points of their alerts, of which half are gone a day after an alert was last found.
///
/// Critical is 40 points, high 20, medium 8, low 2. Closed alerts count only when they were an incident. A score has no
/// upper end; 40 is one critical alert now. Throws [AlertsUnavailable] when the database does not answer.
@ApplicationScoped
public class Risk {

    /// After this the points of an alert are half.
    public static final Duration HALF_LIFE = Duration.ofHours(24);

    /// After this nothing is left of any alert that a whole number shows.
    private static final Duration FORGOTTEN = HALF_LIFE.multipliedBy(8);

    private static final String POINTS = Stream.of(Severity.values())
            .map(severity -> "when '" + severity.wireName() + "' then " + points(severity)).collect(Collectors.joining(" ", "case severity ", " end"));

    /// At time `t`, of an alert that counts.
    private static final String SCORE = "sum(" + POINTS + " * power(0.5, greatest(0, extract(epoch from t - last_seen))::float8 / "
            + HALF_LIFE.toSeconds() + "))";

    private static final String COUNTS = " (close_reason is null or close_reason = 'incident') ";

    private static final String EVERYBODY = "select person, " + SCORE + " as score from alert, (select ?::timestamptz as t) now"
            + " where last_seen > t - ?::interval and at <= t and" + COUNTS + "group by person order by score desc, person";

    private static final String ONE = """
            select (select coalesce(%s, 0) from alert where left(person, 200) = left(?, 200) and person = ?
                    and last_seen > t - ?::interval and at <= t and %s) as score
            from generate_series(?::timestamptz - (? - 1) * interval '1 day', ?::timestamptz, interval '1 day') as t
            order by t
            """.formatted(SCORE, COUNTS);

    private final DataSource dataSource;
    private final InstantSource clock;

    @Inject
    public Risk(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// What one alert of `severity` adds while it is fresh.
    public static int points(Severity severity) {
        return switch (severity) {
            case CRITICAL -> 40;
            case HIGH -> 20;
            case MEDIUM -> 8;
            case LOW -> 2;
            case INFORMATIONAL -> 0;
        };
    }

    /// Everybody whose score is at least 1 now, highest first.
    public Map<String, Integer> everybody() {
        return ask("work out risk", EVERYBODY, statement -> {
            statement.setObject(1, now());
            statement.setString(2, FORGOTTEN.toString());
        }, rows -> {
            var scores = new LinkedHashMap<String, Integer>();
            while (rows.next()) {
                int score = score(rows);
                if (score > 0) {
                    scores.put(rows.getString("person"), score);
                }
            }
            return scores;
        });
    }

    /// A person's score a day apart, the last one now.
    ///
    /// @param days how many, at least 1
    public List<Integer> history(String person, int days) {
        var name = Storable.text(person);
        return ask("work out a person's risk", ONE, statement -> {
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setString(3, FORGOTTEN.toString());
            statement.setObject(4, now());
            statement.setInt(5, days);
            statement.setObject(6, now());
        }, rows -> {
            var scores = new ArrayList<Integer>();
            while (rows.next()) {
                scores.add(score(rows));
            }
            return List.copyOf(scores);
        });
    }

    private static int score(ResultSet row) throws SQLException {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(row.getDouble("score")));
    }

    private OffsetDateTime now() {
        Instant now = clock.instant();
        return now.atOffset(ZoneOffset.UTC);
    }

    private <T> T ask(String what, String sql, Binding binding, Reading<T> reading) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            try (var rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot " + what, e);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
