package io.trailwarden.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/// What is still to do about some people, for lists of people. Throws [AlertsUnavailable] when the database does not
/// answer.
@ApplicationScoped
public class Burden {

    private static final String UNFINISHED = """
            select person, severity, count(*) as alerts from alert
            where status <> 'closed' and left(person, 200) = any(?) and person = any(?)
            group by person, severity
            """;

    private final DataSource dataSource;

    @Inject
    public Burden(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// How many alerts about each of `people` are not closed, by severity. Who has none is left out.
    public Map<String, Map<Severity, Long>> of(Collection<String> people) {
        var names = people.stream().map(Storable::text).toList();
        try (var connection = dataSource.getConnection(); var statement = connection.prepareStatement(UNFINISHED)) {
            statement.setArray(1, connection.createArrayOf("text", names.stream().map(Burden::beginning).toArray()));
            statement.setArray(2, connection.createArrayOf("text", names.toArray()));
            try (var rows = statement.executeQuery()) {
                var burden = new HashMap<String, Map<Severity, Long>>();
                while (rows.next()) {
                    burden.computeIfAbsent(rows.getString("person"), _ -> new EnumMap<>(Severity.class))
                            .put(Severity.of(rows.getString("severity")), rows.getLong("alerts"));
                }
                return burden;
            }
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot count the alerts of " + people.size() + " people", e);
        }
    }

    /// The first 200 characters, as PostgreSQL counts them.
    private static String beginning(String name) {
        return name.codePointCount(0, name.length()) <= 200 ? name : name.substring(0, name.offsetByCodePoints(0, 200));
    }
}
