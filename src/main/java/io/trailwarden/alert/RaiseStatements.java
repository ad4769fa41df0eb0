package io.trailwarden.alert;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes findings, in three statements however many there are.
///
/// Each statement changes nothing when it is run again with the same findings, and neither do the three together.
final class RaiseStatements {

    /// Most records kept as evidence of one alert; later ones are only counted. A page cannot show more to anybody's
    /// use, and a rule that fires on everything must not fill the disk. Also a check of the table.
    static final int MAX_EVIDENCE = 200;

    private static final String NEW_ALERTS = """
            insert into alert (id, rule, rule_version, title, severity, attempt, person, session, raised_at, at, last_seen)
            select id, rule, rule_version, title, severity, attempt, person, session, ?::timestamptz, at, at
            from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::timestamptz[])
              with ordinality as found (id, rule, rule_version, title, severity, attempt, person, session, at, place)
            order by place
            on conflict (id) do nothing
            returning id
            """;

    // In the order in which Triage locks them too, so that neither waits for the other in a circle.
    private static final String LOCK_KNOWN = """
            select id from alert where id = any (?::uuid[]) order by id for no key update
            """;

    private static final String COUNT_OCCURRENCES = """
            with counted as (
              insert into alert_occurrence (alert_id, digest, at)
              select id, sha256(convert_to(records, 'UTF8')), at
              from unnest(?::uuid[], ?::text[], ?::timestamptz[]) as found (id, records, at)
              on conflict (alert_id, digest) do nothing
              returning alert_id, at
            ), per_alert as (
              select alert_id, count(*) as times, max(at) as latest from counted group by alert_id
            )
            update alert
            set occurrences = occurrences + per_alert.times, last_seen = greatest(last_seen, per_alert.latest)
            from per_alert
            where alert.id = per_alert.alert_id
            """;

    private static final String ADD_EVIDENCE = """
            with sent as (
              select alert_id, event_id, time, says, place
              from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[])
                with ordinality as found (alert_id, event_id, time, says, place)
            ), once as (
              select distinct on (alert_id, event_id) * from sent order by alert_id, event_id, place
            ), fresh as (
              select * from once
              where not exists (
                select 1 from alert_evidence as kept where kept.alert_id = once.alert_id and kept.event_id = once.event_id)
            ), placed as (
              select alert_id, event_id, time, says,
                (select count(*) from alert_evidence as kept where kept.alert_id = fresh.alert_id)
                  + row_number() over (partition by alert_id order by place) as place
              from fresh
            )
            insert into alert_evidence (alert_id, place, event_id, time, says)
            select alert_id, place, event_id, time, says from placed where place <= ?
            on conflict (alert_id, event_id) do nothing
            """;

    private final Connection transaction;
    private final List<Finding> findings;

    RaiseStatements(Connection transaction, List<Finding> findings) {
        this.transaction = transaction;
        this.findings = findings;
    }

    /// Writes the alerts that do not exist yet.
    ///
    /// @return their ids, in the order found
    Set<UUID> insertNew(String raisedAt) throws SQLException {
        try (var statement = transaction.prepareStatement(NEW_ALERTS)) {
            statement.setString(1, raisedAt);
            bind(statement, 2, "uuid", finding -> finding.key().value());
            bind(statement, 3, "text", finding -> Storable.text(finding.rule()));
            bind(statement, 4, "text", finding -> Storable.text(finding.ruleVersion()));
            bind(statement, 5, "text", finding -> Storable.text(finding.title()));
            bind(statement, 6, "text", finding -> finding.severity().wireName());
            bind(statement, 7, "boolean", Finding::attempt);
            bind(statement, 8, "text", finding -> Storable.text(finding.person()));
            bind(statement, 9, "text", finding -> finding.session() == null ? null : Storable.text(finding.session()));
            bind(statement, 10, "timestamptz", finding -> Storable.time(finding.at()).toString());
            return ids(statement);
        }
    }

    /// Keeps everybody else from changing these alerts until the transaction ends.
    void lockKnown() throws SQLException {
        try (var statement = transaction.prepareStatement(LOCK_KNOWN)) {
            bind(statement, 1, "uuid", finding -> finding.key().value());
            statement.execute();
        }
    }

    /// Counts each set of evidence that was not counted before.
    void countOccurrences() throws SQLException {
        try (var statement = transaction.prepareStatement(COUNT_OCCURRENCES)) {
            bind(statement, 1, "uuid", finding -> finding.key().value());
            bind(statement, 2, "text", RaiseStatements::records);
            bind(statement, 3, "timestamptz", finding -> Storable.time(finding.at()).toString());
            statement.executeUpdate();
        }
    }

    /// Keeps the records that were not kept before, up to [#MAX_EVIDENCE] of an alert.
    void addEvidence() throws SQLException {
        var rows = findings.stream()
                .flatMap(finding -> finding.evidence().stream().map(evidence -> new Row(finding.key().value(), evidence)))
                .toList();
        try (var statement = transaction.prepareStatement(ADD_EVIDENCE)) {
            statement.setArray(1, array("uuid", rows, Row::alert));
            statement.setArray(2, array("uuid", rows, row -> row.evidence().event().value()));
            statement.setArray(3, array("timestamptz", rows, row -> Storable.time(row.evidence().time()).toString()));
            statement.setArray(4, array("text", rows, row -> Storable.text(row.evidence().says())));
            statement.setInt(5, MAX_EVIDENCE);
            statement.executeUpdate();
        }
    }

    private record Row(UUID alert, Finding.Evidence evidence) {
    }

    private void bind(PreparedStatement statement, int parameter, String type, Function<Finding, ? extends Object> part)
            throws SQLException {
        statement.setArray(parameter, array(type, findings, part));
    }

    private <T> Array array(String type, List<T> rows, Function<T, ? extends Object> part) throws SQLException {
        return transaction.createArrayOf(type, rows.stream().map(part).toArray());
    }

    private static Set<UUID> ids(PreparedStatement statement) throws SQLException {
        var ids = new LinkedHashSet<UUID>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /// The set of evidence as text: two findings of an alert with the same records are the same occurrence.
    private static String records(Finding finding) {
        return finding.evidence().stream().map(evidence -> evidence.event().toString()).sorted().distinct()
                .collect(Collectors.joining(" "));
    }
}
