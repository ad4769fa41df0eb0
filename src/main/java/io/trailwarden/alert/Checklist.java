package io.trailwarden.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// Which steps of its rule's runbook people did for an alert: who, and when. Throws [AlertsUnavailable] when the database
/// does not answer.
@ApplicationScoped
public class Checklist {

    private static final String TICK = """
            insert into alert_step (alert_id, at, by, step, done) values (?, ?, ?, ?, ?)
            """;

    private static final String TICKS = """
            select at, by, step, done from alert_step where alert_id = ? order by id
            """;

    private final DataSource dataSource;
    private final InstantSource clock;

    /// Works on the alerts of the database behind `dataSource`.
    @Inject
    public Checklist(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// One step, ticked or taken back.
    ///
    /// @param step as the rule said it then
    public record Tick(Instant at, String by, String step, boolean done) {
    }

    /// `by` did `step`, or takes that back.
    public void tick(AlertKey key, String step, boolean done, String by) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(TICK)) {
            statement.setObject(1, key.value());
            statement.setObject(2, Storable.time(clock.instant()).atOffset(ZoneOffset.UTC));
            statement.setString(3, by);
            statement.setString(4, Storable.text(step));
            statement.setBoolean(5, done);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot tick a step of alert " + key, e);
        }
    }

    /// All that was ticked and taken back, oldest first.
    public List<Tick> ticks(AlertKey key) {
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(TICKS)) {
            statement.setObject(1, key.value());
            var ticks = new ArrayList<Tick>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    ticks.add(new Tick(rows.getObject("at", OffsetDateTime.class).toInstant(), rows.getString("by"),
                            rows.getString("step"), rows.getBoolean("done")));
                }
            }
            return ticks;
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot read the steps of alert " + key, e);
        }
    }

    /// The steps that are done as of the last of `ticks`, by their words.
    public static Map<String, Tick> done(List<Tick> ticks) {
        var done = new LinkedHashMap<String, Tick>();
        ticks.forEach(tick -> done.put(tick.step(), tick));
        done.values().removeIf(tick -> !tick.done());
        return done;
    }
}
