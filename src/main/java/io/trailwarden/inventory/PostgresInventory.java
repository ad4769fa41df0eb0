package io.trailwarden.inventory;

import io.trailwarden.rules.PolicyLists;
import io.trailwarden.store.TextHash;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// MCP servers and hosts as PostgreSQL keeps them.
///
/// Whether a policy file approves a name is worked out for each name of a page, and for all of them when they are counted:
/// at most [CounterpartTally#MOST_NAMES] of a kind.
@ApplicationScoped
class PostgresInventory implements Inventory {

    private static final String STANDING = """
            case when exists (select from approval a where a.kind = c.kind and a.hash = c.folded_hash and a.withdrawn_at is null) then 'APPROVED'
                 when c.name ilike any(?::text[]) then 'POLICY'
                 else 'NOBODY' end
            """;

    private static final String MATCHING = """
              from counterpart c
             where c.kind = ?
               and (?::timestamptz is null or c.first_seen >= ?::timestamptz)
               and (?::boolean is null or ?::boolean = (exists (select from approval a where a.kind = c.kind and a.hash = c.folded_hash and a.withdrawn_at is null)
                                                        or coalesce(c.name ilike any(?::text[]), false)))
               and (?::uuid is null or exists (select from counterpart_person cp join person p using (person_key)
                                                where cp.counterpart_key = c.counterpart_key and p.hash = ?::uuid))
               and (?::text is null or c.name ilike ?::text)
            """;

    private static final String COLUMNS = """
            select c.hash, c.kind, c.name, f.name as first_person, c.first_seen, c.first_event, c.last_seen, c.people, c.sessions, c.connections,
                   c.failed_connections, c.calls, c.refused, c.failures, c.scopes, c.transports,
                   array(select u.name from counterpart_use u where u.counterpart_key = c.counterpart_key and u.name <> ''
                          order by u.calls desc, u.refused desc, u.name limit 3) as uses,
            """ + STANDING + " as standing ";

    private static final String LIST = COLUMNS + " from (select c.* " + MATCHING + """
             order by c.first_seen desc, c.counterpart_key desc
             limit ? offset ?) c
              join person f on f.person_key = c.first_person_key
             order by c.first_seen desc, c.counterpart_key desc
            """;

    private static final String COUNT = "select count(*) " + MATCHING;

    private static final String BEGINNING = """
            select hash, name
              from counterpart
             where kind = ? and lower(name) collate "C" >= ? and lower(name) collate "C" < ? and name <> ''
             order by lower(name) collate "C", counterpart_key
             limit ?
            """;

    private static final String FIND = COLUMNS + " from counterpart c join person f on f.person_key = c.first_person_key where c.kind = ? and c.hash = ?";

    private static final String DEALINGS = """
            select c.hash, c.name, p.name as person, d.first_seen, d.first_event, d.last_seen, d.sessions, d.connections, d.calls, d.refused, d.failures
              from counterpart c join counterpart_person d using (counterpart_key) join person p using (person_key)
            """;

    private static final String PEOPLE = DEALINGS + " where c.kind = ? and c.hash = ? order by d.last_seen desc, d.person_key limit ?";

    private static final String OF = DEALINGS + " where c.kind = ? and p.hash = ? order by d.last_seen desc, d.counterpart_key limit ?";

    private static final String USES = """
            select u.name, u.last_seen, u.calls, u.refused, u.failures
              from counterpart c join counterpart_use u using (counterpart_key)
             where c.kind = ? and c.hash = ?
             order by u.name is null, u.calls desc, u.refused desc, u.name
             limit ?
            """;

    private static final String SUMMARY = """
            select count(*) as all_of_them, count(*) filter (where fresh) as fresh,
                   count(*) filter (where fresh and standing = 'NOBODY') as fresh_unapproved,
                   count(*) filter (where standing = 'NOBODY') as unapproved
              from (select c.first_seen >= ? as fresh,
            """ + STANDING + """
             as standing from counterpart c where c.kind = ? and c.name <> '') as each
            """;

    private final Asking database;
    private final PolicyLists policy;

    @Inject
    PostgresInventory(DataSource database, PolicyLists policy) {
        this.database = new Asking(database);
        this.policy = policy;
    }

    @Override
    public List<Counterpart> list(Query query, int offset, int limit) {
        return database.ask("list " + query.kind().wireName(), connection -> Asking.rows(connection, LIST, PostgresInventory::counterpart,
                listing(query, limit, offset)));
    }

    @Override
    public long count(Query query) {
        return database.ask("count " + query.kind().wireName(), connection ->
                Asking.rows(connection, COUNT, row -> row.getLong(1), parameters(query)).getFirst());
    }

    private @Nullable Object[] parameters(Query query) {
        var since = query.since() == null ? null : query.since().atOffset(ZoneOffset.UTC);
        var person = query.person() == null ? null : TextHash.of(query.person());
        var text = query.text() == null || query.text().isBlank() ? null : Patterns.within(Names.storable(query.text().strip()));
        return new @Nullable Object[] {query.kind().wireName(), since, since, query.approved(), query.approved(),
            patterns(query.kind()), person, person, text, text};
    }

    /// The standing comes first in the text of the list, its limits last.
    private @Nullable Object[] listing(Query query, int limit, int offset) {
        var all = new ArrayList<@Nullable Object>();
        all.add(patterns(query.kind()));
        all.addAll(Arrays.asList(parameters(query)));
        all.addAll(List.of(limit, offset));
        return all.toArray();
    }

    private String[] patterns(Kind kind) {
        return policy.values(kind.list()).stream().map(Patterns::like).toArray(String[]::new);
    }

    @Override
    public List<Named> beginning(Kind kind, String beginning, int limit) {
        var from = Names.storable(beginning).toLowerCase(Locale.ROOT);
        return database.ask("find " + kind.wireName() + " by name", connection -> Asking.rows(connection, BEGINNING,
                row -> new Named(kind, row.getObject("hash", UUID.class), row.getString("name")),
                kind.wireName(), from, from + Character.toString(Character.MAX_CODE_POINT), limit));
    }

    @Override
    public Optional<Counterpart> find(Kind kind, UUID id) {
        return database.ask("find one of " + kind.wireName(), connection ->
                Asking.rows(connection, FIND, PostgresInventory::counterpart, patterns(kind), kind.wireName(), id)).stream().findFirst();
    }

    @Override
    public List<Dealing> people(Kind kind, UUID id, int limit) {
        return database.ask("list who deals with a " + kind.wireName(), connection ->
                Asking.rows(connection, PEOPLE, PostgresInventory::dealing, kind.wireName(), id, limit));
    }

    @Override
    public List<Dealing> of(String person, Kind kind, int limit) {
        return database.ask("list what a person deals with", connection ->
                Asking.rows(connection, OF, PostgresInventory::dealing, kind.wireName(), TextHash.of(person), limit));
    }

    @Override
    public List<Use> uses(Kind kind, UUID id, int limit) {
        return database.ask("list uses of a " + kind.wireName(), connection -> Asking.rows(connection, USES, row -> new Use(row.getString("name"),
                time(row, "last_seen"), row.getLong("calls"), row.getLong("refused"), row.getLong("failures")), kind.wireName(), id, limit));
    }

    @Override
    public Summary summary(Kind kind, Instant since) {
        return database.ask("count " + kind.wireName(), connection -> Asking.rows(connection, SUMMARY, row -> new Summary(row.getLong("all_of_them"),
                row.getLong("fresh"), row.getLong("fresh_unapproved"), row.getLong("unapproved")),
                since.atOffset(ZoneOffset.UTC), patterns(kind), kind.wireName())).getFirst();
    }

    private static Counterpart counterpart(ResultSet row) throws SQLException {
        var name = row.getString("name");
        var hash = row.getObject("hash", UUID.class);
        return new Counterpart(hash, Kind.of(row.getString("kind")), name, name != null && hash.equals(TextHash.of(name)), time(row, "first_seen"),
                row.getString("first_person"), row.getObject("first_event", UUID.class), time(row, "last_seen"), row.getLong("people"),
                row.getLong("sessions"), row.getLong("connections"), row.getLong("failed_connections"), row.getLong("calls"), row.getLong("refused"),
                row.getLong("failures"), texts(row.getArray("scopes")), texts(row.getArray("transports")),
                texts(row.getArray("uses")), Standing.valueOf(row.getString("standing")));
    }

    private static Dealing dealing(ResultSet row) throws SQLException {
        return new Dealing(row.getObject("hash", UUID.class), row.getString("name"), row.getString("person"), time(row, "first_seen"),
                row.getObject("first_event", UUID.class), time(row, "last_seen"), row.getLong("sessions"), row.getLong("connections"),
                row.getLong("calls"), row.getLong("refused"), row.getLong("failures"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(Asking.time(row, column), column);
    }
}
