package io.trailwarden.store;

import io.trailwarden.event.EventId;
import io.trailwarden.store.PersonTrail.Mark.What;
import io.trailwarden.store.Trail.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A person's trail as PostgreSQL keeps it. Everything is read through the index on person and time of the days asked for.
@ApplicationScoped
class PostgresPersonTrail implements PersonTrail {

    /// Times that PostgreSQL can hold and no client sends.
    private static final Instant BEFORE_ALL = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant AFTER_ALL = Instant.parse("+100000-01-01T00:00:00Z");

    /// So many stretches are read; the first ones.
    private static final int STRETCHES_AT_ONCE = 5000;

    private static final String SUBJECT = """
            select p.person_key, s.session_key, coalesce(s.first_seen, p.first_seen) as first_seen, coalesce(s.last_seen, p.last_seen) as last_seen,
              exists (select from event o where o.day is null and o.person_key = p.person_key) as disbelieved
            from person p left join session s on s.person_key = p.person_key and s.hash = ?
            where p.hash = ?
            """;

    /// Of one person, all log records between two times. Beside their own days, those of clocks that are not believed.
    ///
    /// Kinds are asked for by number, not joined: so the index on person and time gives the order, and a question for the
    /// newest few stops after them.
    private static final String RECORDS = " from event e where " + kinds("") + """
              and e.person_key = ? and e.event_time >= ? and e.event_time < ?
              and (e.day between ? and ? or e.day is null) and (?::integer is null or e.session_key = ?)
            """;

    private static final String DAYS = """
            select (e.event_time at time zone ?)::date as local_day, coalesce(e.mode, '') as mode, count(*) as records,
              count(*) filter (where %s) as prompts
            """.formatted(of("user_prompt")) + RECORDS + " group by 1, 2";

    /// A gap is a jump of the number by more than one, but not so far that somebody made the number up. Only records at
    /// which a stretch begins or a session ends leave the window; a stretch ends before the next of them.
    private static final String STRETCHES = """
            with r as (select e.session_key, e.event_time, e.position, e.mode, e.sequence, lag(e.event_time) over w as time_before,
                lag(e.mode) over w as mode_before, lag(e.sequence) over w as before, row_number() over w as place, lead(e.position) over w is null as ends
              %s and e.session_key is not null
              window w as (partition by e.session_key order by e.event_time, e.sequence nulls first, e.position)),
            b as (select *, case when place = 1 then 'SESSION'
                when sequence <= before then 'RESTART'
                when sequence > before + 1 and sequence <= before + 100000 then 'GAP'
                when mode is distinct from mode_before then 'MODE' end as began from r),
            i as (select *, lead(place) over w as next, lead(began) over w as next_began, lead(event_time) over w as next_time,
                lead(time_before) over w as last_time, lead(sequence) over w as next_sequence, lead(before) over w as last_before
              from b where began is not null or ends window w as (partition by session_key order by place))
            select s.id, i.event_time as first, i.began, i.mode, i.sequence as first_sequence,
              case when next is null then i.event_time when next_began is null then next_time else last_time end as last,
              case when next is null then 1 when next_began is null then next - place + 1 else next - place end as records,
              case when next is null then i.sequence when next_began is null then next_sequence else last_before end as last_sequence
            from i join session s using (session_key) where i.began is not null
            order by 2, 1 limit %d
            """.formatted(RECORDS, STRETCHES_AT_ONCE);

    /// The newest few are found first, and only around these it is looked for what came before them.
    private static final String MARKS = """
            with m as (select e.id, e.session_key, e.event_time, e.position, e.decided_by, x.what, left(x.label, 300) as label
              from event e cross join lateral (
                select 'ANSWERED' as what, '' as label where %1$s and e.decided_by like 'user\\_%%' and e.decision = 'accept'
                union all
                select 'REFUSED', '' where %1$s and e.decision = 'reject'
                union all
                select 'MCP', coalesce(e.attributes ->> 'server_name', e.derived ->> 'mcp.server', '') where %2$s or %1$s and e.derived ?? 'mcp.server'
                union all
                select 'EGRESS', host from jsonb_array_elements_text(case jsonb_typeof(e.derived -> 'egress.host')
                    when 'array' then e.derived -> 'egress.host' when 'string' then jsonb_build_array(e.derived -> 'egress.host') else '[]' end) as host
                  where %1$s and e.decision = 'accept' and e.tool in ('Bash', 'PowerShell') or %3$s and e.tool not in ('Bash', 'PowerShell')
                union all
                select 'MODE', coalesce(e.attributes ->> 'to_mode', '') where %4$s) as x
              %5$s order by e.event_time desc, e.position desc limit ?),
            w as (select e.id, e.event_time - lag(e.event_time) over (partition by e.session_key, e.prompt order by e.event_time, e.position) as since
              from event e where %6$s and e.person_key = ? and e.event_time >= ? and e.event_time < ?
                and (e.day between ? and ? or e.day is null) and (?::integer is null or e.session_key = ?)
                and e.event_time between (select min(event_time) from m) - interval '1 hour' and (select max(event_time) from m))
            select m.id, s.id as session, m.event_time, m.what, m.label, m.decided_by, extract(epoch from w.since) * 1000 as since
            from m left join w using (id) left join session s using (session_key) order by m.event_time desc, m.position desc
            """.formatted(of("tool_decision"), of("mcp_server_connection"), of("tool_result"), of("permission_mode_changed"),
                    RECORDS.substring(" from event e ".length()), kinds(""));

    /// Numbers of clients are hostile text too; what does not look like one counts nothing.
    private static final String COST = "case when e.attributes ->> 'cost_usd' ~ '^[0-9]{1,6}([.][0-9]{1,18})?$' then (e.attributes ->> 'cost_usd')::float8 end";

    private static final String TOKENS = "case when e.attributes ->> '%1$s' ~ '^[0-9]{1,12}$' then (e.attributes ->> '%1$s')::bigint end";

    private static final String TOLD = " filter (where " + of("tool_decision");

    /// Which prompts there are is asked of all records, by columns that are quick to read; what was done for them only of
    /// those that a page shows. An id has its time in front, so the lowest one is the first.
    private static final String PROMPTS = """
            with g as (select e.session_key, e.prompt, case when e.prompt is null then date_trunc('hour', e.event_time) end as hour,
                min(e.event_time) as first, max(e.event_time) as last, min(e.position) as position
              %1$s group by 1, 2, 3 %%s),
            d as materialized (select coalesce(e.session_key, 0) as session, coalesce(e.prompt, '') as text, e.prompt, e.event_time, e.mode,
                %2$s as told, e.decided_by, e.decision, case when %3$s then %4$s end as cost, case when %5$s then e.id::text end as id,
                case when %5$s and e.attributes ->> 'prompt_length' ~ '^[0-9]{1,9}$' then (e.attributes ->> 'prompt_length')::integer end as length
              %1$s and e.event_time between (select min(first) from g) and (select max(last) from g)),
            m as (select g.session_key, g.prompt, g.hour, g.first, g.last, g.position, d.mode, min(d.event_time) as mode_since, count(*) as records,
                count(*) filter (where told) as tools, count(*) filter (where told and d.decided_by like 'user\\_%%%%') as asked,
                count(*) filter (where told and d.decision = 'reject') as refused, sum(d.cost) as cost, min(d.id) as record, min(d.length) as length
              from g join d on coalesce(g.session_key, 0) = d.session and coalesce(g.prompt, '') = d.text and g.prompt is not distinct from d.prompt
                and (g.hour is null or g.hour = date_trunc('hour', d.event_time))
              group by g.session_key, g.prompt, g.hour, g.first, g.last, g.position, d.mode),
            p as (select session_key, prompt, first, last, position, sum(records)::bigint as records, sum(tools)::bigint as tools, sum(asked)::bigint as asked,
                sum(refused)::bigint as refused, coalesce(sum(cost), 0) as cost, min(record)::uuid as record, min(length) as length,
                array_agg(mode order by mode_since) filter (where mode is not null) as modes
              from m group by session_key, prompt, hour, first, last, position)
            select p.*, s.id as session from p left join session s using (session_key)
            """.formatted(RECORDS, of("tool_decision"), of("api_request"), COST, of("user_prompt"));

    private static final String TOUCHED = """
            with r as (select e.derived %s and %s and e.derived is not null),
            t as (select c.kind, x.name from r cross join lateral (values ('HOST', 'egress.host'), ('WRITTEN', 'file.writes'),
                ('PROGRAM', 'command.programs'), ('MCP', 'mcp.server')) as c (kind, field)
              cross join lateral jsonb_array_elements_text(case jsonb_typeof(r.derived -> c.field)
                when 'array' then r.derived -> c.field when 'string' then jsonb_build_array(r.derived -> c.field) else '[]' end) as x (name)),
            n as (select kind, left(name, 300) as name, count(*) as times, row_number() over (partition by kind order by count(*) desc, left(name, 300)) as place
              from t group by 1, 2)
            select kind, name, times from n where place <= ? order by kind, place
            """.formatted(RECORDS, of("tool_result"));

    private static final String TOTALS = """
            select count(*) as records, count(*) filter (where %5$s) as prompts, count(*) %1$s) as tools,
              count(*) %1$s and e.decided_by like 'user\\_%%') as asked, count(*) %1$s and e.decision = 'reject') as refused,
              count(*) filter (where %6$s and e.attributes ->> 'success' = 'false') as failed,
              count(*) filter (where %7$s) as requests,
              coalesce(sum(coalesce(%2$s, 0) + coalesce(%3$s, 0)) filter (where %7$s), 0) as tokens,
              coalesce(sum(%4$s) filter (where %7$s), 0) as cost
            """.formatted(TOLD, TOKENS.formatted("input_tokens"), TOKENS.formatted("output_tokens"), COST, of("user_prompt"), of("tool_result"),
                    of("api_request")) + RECORDS;

    /// Whether a record is a log record of one of these names.
    private static String of(String... names) {
        return kinds(Arrays.stream(names).map(name -> "'" + name + "'").collect(java.util.stream.Collectors.joining(", ", " and name in (", ")")));
    }

    /// Whether a record is a log record whose kind is `such`, fixed SQL.
    private static String kinds(String such) {
        return "e.kind_key = any(array(select kind_key from kind where signal = 'log'" + such + "))";
    }

    private final DataSource database;
    private final Dictionary dictionary = new Dictionary();

    @Inject
    PostgresPersonTrail(DataSource database) {
        this.database = database;
    }

    /// A scope in numbers.
    ///
    /// @param session null for all
    private record Subject(int person, @Nullable Integer session, Instant from, Instant to, LocalDate firstDay, LocalDate lastDay) {

        int bind(PreparedStatement statement, int next) throws SQLException {
            statement.setInt(next, person);
            statement.setObject(next + 1, from.atOffset(ZoneOffset.UTC));
            statement.setObject(next + 2, to.atOffset(ZoneOffset.UTC));
            statement.setObject(next + 3, firstDay);
            statement.setObject(next + 4, lastDay);
            statement.setObject(next + 5, session, java.sql.Types.INTEGER);
            statement.setObject(next + 6, session, java.sql.Types.INTEGER);
            return next + 7;
        }
    }

    @Override
    public List<Day> days(String person, LocalDate from, LocalDate to, ZoneId zone) {
        var scope = new Scope(person, null, from.atStartOfDay(zone).toInstant(), to.plusDays(1).atStartOfDay(zone).toInstant());
        return ask("sum up a person's days", scope, List.of(), (connection, subject) -> {
            try (var statement = connection.prepareStatement(DAYS)) {
                statement.setString(1, zone.getId());
                subject.bind(statement, 2);
                try (var rows = statement.executeQuery()) {
                    return days(rows);
                }
            }
        });
    }

    private static List<Day> days(ResultSet rows) throws SQLException {
        var days = new TreeMap<LocalDate, Day>();
        while (rows.next()) {
            var mode = Map.of(rows.getString("mode"), rows.getLong("records"));
            days.merge(rows.getObject("local_day", LocalDate.class),
                    new Day(rows.getObject("local_day", LocalDate.class), rows.getLong("records"), rows.getLong("prompts"), mode), (one, more) -> {
                        var modes = new HashMap<>(one.byMode());
                        more.byMode().forEach((name, count) -> modes.merge(name, count, Long::sum));
                        return new Day(one.date(), one.records() + more.records(), one.prompts() + more.prompts(), modes);
                    });
        }
        return List.copyOf(days.values());
    }

    @Override
    public List<Stretch> stretches(Scope scope) {
        return ask("read how a person's sessions ran", scope, List.of(), (connection, subject) -> list(connection, STRETCHES, subject, statement -> {
        }, row -> new Stretch(row.getString("id"), row.getString("mode"), time(row, "first"), time(row, "last"), row.getLong("records"),
                number(row, "first_sequence"), number(row, "last_sequence"), Began.valueOf(row.getString("began")))));
    }

    @Override
    public List<Mark> marks(Scope scope, int limit) {
        return ask("read what stands out of a person's trail", scope, List.of(), (connection, subject) -> list(connection, MARKS, subject,
                statement -> {
                    statement.setInt(8, limit);
                    subject.bind(statement, 9);
                }, PostgresPersonTrail::mark).reversed());
    }

    private static Mark mark(ResultSet row) throws SQLException {
        var since = row.getObject("since", java.math.BigDecimal.class);
        var session = row.getString("session");
        return new Mark(new EventId(row.getObject("id", UUID.class)), session == null ? "" : session, time(row, "event_time"),
                What.valueOf(row.getString("what")), row.getString("label"), row.getString("decided_by"),
                since == null ? null : Duration.ofMillis(since.longValue()));
    }

    @Override
    public Page<Prompt> prompts(Scope scope, Order order, int limit, @Nullable String cursor) {
        var after = cursor == null ? null : Cursor.parse(cursor);
        boolean up = order == Order.OLDEST_FIRST;
        var ordered = up ? " order by first, position" : " order by first desc, position desc";
        var page = (after == null ? "" : " having (min(e.event_time), min(e.position)) " + (up ? ">" : "<") + " (?, ?)") + ordered + " limit ?";
        var sql = PROMPTS.formatted(page) + ordered;
        return ask("list a person's prompts", scope, new Page<>(List.of(), null), (connection, subject) -> {
            var positions = new ArrayList<Long>();
            var found = list(connection, sql, subject, statement -> {
                int next = 8;
                if (after != null) {
                    statement.setObject(next++, after.time().atOffset(ZoneOffset.UTC));
                    statement.setLong(next++, after.number());
                }
                statement.setInt(next++, limit + 1);
                subject.bind(statement, next);
            }, row -> {
                positions.add(row.getLong("position"));
                return prompt(row);
            });
            return found.size() <= limit ? new Page<>(found, null)
                    : new Page<>(found.subList(0, limit), Cursor.of(found.get(limit - 1).from(), positions.get(limit - 1)).text());
        });
    }

    private static Prompt prompt(ResultSet row) throws SQLException {
        var record = row.getObject("record", UUID.class);
        var session = row.getString("session");
        var modes = row.getArray("modes");
        return new Prompt(session == null ? "" : session, row.getString("prompt"), time(row, "first"), time(row, "last"),
                record == null ? null : new EventId(record), number(row, "length"), row.getLong("records"),
                row.getLong("tools"), row.getLong("asked"), row.getLong("refused"), row.getDouble("cost"),
                modes == null ? List.of() : Arrays.asList((String[]) modes.getArray()));
    }

    @Override
    public List<Touched> touched(Scope scope, int most) {
        return ask("read what a person's agents touched", scope, List.of(), (connection, subject) -> list(connection, TOUCHED, subject,
                statement -> statement.setInt(8, most),
                row -> new Touched(Touched.Kind.valueOf(row.getString("kind")), row.getString("name"), row.getLong("times"))));
    }

    @Override
    public Totals totals(Scope scope) {
        return ask("sum up a person's records", scope, new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0), (connection, subject) -> list(connection, TOTALS, subject,
                statement -> {
                }, row -> new Totals(row.getLong("records"), row.getLong("prompts"), row.getLong("tools"), row.getLong("asked"),
                        row.getLong("refused"), row.getLong("failed"), row.getLong("requests"), row.getLong("tokens"), row.getDouble("cost"))).getFirst());
    }

    @Override
    public Page<StoredEvent> records(Scope scope, Filter filter, Order order, int limit, @Nullable String cursor) {
        var after = cursor == null ? null : Cursor.parse(cursor);
        var conditions = conditions(filter);
        var direction = order == Order.OLDEST_FIRST ? "" : " desc";
        var sql = "select " + EventRow.COLUMNS.replaceAll("(\\w+)", "e.$1") + RECORDS + String.join("", conditions.keySet())
                + (after == null ? "" : " and (e.event_time, e.position) " + (order == Order.OLDEST_FIRST ? ">" : "<") + " (?, ?)")
                + " order by e.event_time" + direction + ", e.position" + direction + " limit ?";
        return ask("list a person's records", scope, new Page<>(List.of(), null), (connection, subject) -> {
            try (var statement = connection.prepareStatement(sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                int next = subject.bind(statement, 1);
                for (var values : conditions.values()) {
                    for (var value : values) {
                        statement.setString(next++, value);
                    }
                }
                if (after != null) {
                    statement.setObject(next++, after.time().atOffset(ZoneOffset.UTC));
                    statement.setLong(next++, after.number());
                }
                statement.setInt(next, limit + 1);
                try (var rows = statement.executeQuery()) {
                    return page(dictionary.events(connection, rows), limit);
                }
            }
        });
    }

    private static Page<StoredEvent> page(List<StoredEvent> found, int limit) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var last = found.get(limit - 1);
        return new Page<>(found.subList(0, limit), Cursor.of(last.event().time(), last.position()).text());
    }

    /// Fixed pieces of SQL, each with the texts that are bound to it.
    private static Map<String, List<String>> conditions(Filter filter) {
        var conditions = new LinkedHashMap<String, List<String>>();
        if (!filter.which().isEmpty()) {
            conditions.put(filter.which().stream().sorted().map(PostgresPersonTrail::condition)
                    .collect(java.util.stream.Collectors.joining(" or ", " and (", ")")), List.of());
        }
        if (filter.name() != null) {
            conditions.put(" and " + kinds(" and name = ?"), List.of(Storable.text(filter.name())));
        }
        if (filter.prompt() != null) {
            conditions.put(filter.prompt().isEmpty() ? " and e.prompt is null" : " and e.prompt = ?",
                    filter.prompt().isEmpty() ? List.of() : List.of(Storable.text(filter.prompt())));
        }
        if (filter.text() != null) {
            var pattern = "%" + Storable.text(filter.text()).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
            var inJson = "%" + Storable.text(filter.text()).replace("\\", "\\\\\\\\").replace("\"", "\\\\\"").replace("%", "\\%").replace("_", "\\_") + "%";
            conditions.put(" and (e.derived::text ilike ? or e.tool ilike ? or " + kinds(" and name ilike ?") + ")", List.of(inJson, pattern, pattern));
        }
        return conditions;
    }

    private static String condition(Which which) {
        return switch (which) {
            case PROMPTS -> of("user_prompt", "assistant_response");
            case DECISIONS -> of("tool_decision");
            case REFUSALS -> of("tool_decision") + " and e.decision = 'reject'";
            case COMMANDS -> of("tool_decision", "tool_result") + " and e.derived ?? 'command.text'";
            case FILES -> of("tool_decision", "tool_result") + " and e.derived ??| array['file.path', 'file.reads', 'file.writes', 'file.deletes']";
            case MCP -> "(" + of("mcp_server_connection") + " or e.derived ?? 'mcp.server')";
            case EGRESS -> "e.derived ?? 'egress.host'";
            case MODES -> of("permission_mode_changed");
        };
    }

    private static <T> List<T> list(Connection connection, String sql, Subject subject, Binding rest, Reading<T> reading) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            subject.bind(statement, 1);
            rest.bind(statement);
            try (var rows = statement.executeQuery()) {
                var found = new ArrayList<T>();
                while (rows.next()) {
                    found.add(reading.read(rows));
                }
                return found;
            }
        }
    }

    private <T> T ask(String what, Scope scope, T nobody, Question<T> question) {
        try (var connection = database.getConnection()) {
            var subject = subject(connection, scope);
            return subject == null ? nobody : question.ask(connection, subject);
        } catch (SQLException trouble) {
            throw new TrailUnavailable("cannot " + what + ": the database answers " + trouble.getSQLState(), trouble);
        }
    }

    /// A session's or a person's own beginning and end bound the search, a millisecond to spare, unless they have records
    /// whose clock is not believed: these are not counted in.
    private static @Nullable Subject subject(Connection connection, Scope scope) throws SQLException {
        try (var statement = connection.prepareStatement(SUBJECT)) {
            statement.setObject(1, scope.session() == null ? null : Storable.hash(Storable.text(scope.session())), java.sql.Types.OTHER);
            statement.setObject(2, Storable.hash(Storable.text(scope.person())));
            try (var row = statement.executeQuery()) {
                if (!row.next() || scope.session() != null && row.getObject("session_key") == null) {
                    return null;
                }
                var seenFirst = time(row, "first_seen").minusMillis(1);
                var seenLast = time(row, "last_seen").plusMillis(1);
                boolean disbelieved = row.getBoolean("disbelieved");
                var from = later(scope.from() == null ? BEFORE_ALL : scope.from(), disbelieved ? BEFORE_ALL : seenFirst);
                var to = later(earlier(scope.to() == null ? AFTER_ALL : scope.to(), disbelieved ? AFTER_ALL : seenLast), BEFORE_ALL);
                var first = day(later(from, seenFirst));
                var last = day(earlier(to, seenLast));
                return new Subject(row.getInt("person_key"), (Integer) row.getObject("session_key"), from, to, first, last);
            }
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : (Long) number;
    }

    private interface Question<T> {
        T ask(Connection connection, Subject subject) throws SQLException;
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }
}
