package io.trailwarden.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.database.FailingDataSource;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every record counts exactly once: what is kept equals what PostgreSQL adds up from the trail itself.
class CountedOnceIT {

    private static final String KEPT = """
            select concat_ws(' ', person_key, to_char(hour at time zone 'UTC', 'MMDD-HH24'), mode, records, prompts, asked_accepted, asked_refused,
                             config_accepted, config_refused, hook_accepted, hook_refused, done, failed, waits, wait_millis, requests, cost_micros)
              from activity where person_key > 0 order by person_key, hour, mode
            """;

    private static final String ADDED_UP = """
            select concat_ws(' ', person_key, to_char(hour, 'MMDD-HH24'), mode, count(*),
                             count(*) filter (where name = 'user_prompt'),
                             count(*) filter (where decided and decision = 'accept' and human),
                             count(*) filter (where decided and decision = 'reject' and human),
                             count(*) filter (where decided and decision = 'accept' and not human and decided_by <> 'hook'),
                             count(*) filter (where decided and decision = 'reject' and not human and decided_by <> 'hook'),
                             count(*) filter (where decided and decision = 'accept' and not human and decided_by = 'hook'),
                             count(*) filter (where decided and decision = 'reject' and not human and decided_by = 'hook'),
                             count(*) filter (where name = 'tool_result' and derived ->> 'outcome' = 'done'),
                             count(*) filter (where name = 'tool_result' and derived ->> 'outcome' = 'failed'),
                             count(*) filter (where waited and human),
                             coalesce(sum((derived ->> 'decision.wait_ms')::bigint) filter (where waited and human), 0),
                             count(*) filter (where name = 'api_request'),
                             coalesce(sum((attributes ->> 'cost_usd_micros')::bigint) filter (where name = 'api_request'), 0))
              from (select person_key, coalesce(mode, '') as mode, decision, decided_by, derived, attributes, k.name, k.name = 'tool_decision' as decided, k.name = 'claude_code.tool.blocked_on_user' as waited,
                           coalesce((derived ->> 'decision.human')::boolean, false) as human,
                           date_trunc('hour', case when day is null then received_at else event_time end at time zone 'UTC') as hour
                      from event e join kind k using (kind_key)) as e
             group by person_key, hour, mode
             order by person_key, hour, mode
            """;

    private static final String KEPT_TOGETHER = """
            select concat_ws(' ', to_char(hour at time zone 'UTC', 'MMDD-HH24'), mode, people, records) from activity where person_key = 0 order by hour, mode
            """;

    private static final String TOGETHER = """
            select concat_ws(' ', to_char(hour at time zone 'UTC', 'MMDD-HH24'), mode, count(*), sum(records)) from activity
             where person_key > 0 group by hour, mode order by hour, mode
            """;

    private static final String KEPT_HOSTS = """
            select concat_ws(' ', name, people, sessions, calls, refused, failures, first_event, extract(epoch from first_seen)::bigint,
                             extract(epoch from last_seen)::bigint)
              from counterpart where kind = 'destination' order by name
            """;

    private static final String HOSTS = """
            select concat_ws(' ', host, count(distinct person_key), count(distinct (person_key, session_key)) filter (where session_key is not null),
                             count(*) filter (where derived ->> 'outcome' in ('done', 'failed')),
                             count(*) filter (where derived ->> 'outcome' = 'refused'),
                             count(*) filter (where derived ->> 'outcome' = 'failed'),
                             (array_agg(id order by seen, position))[1], extract(epoch from min(seen))::bigint, extract(epoch from max(seen))::bigint)
              from (select e.*, case when day is null then received_at else event_time end as seen from event e) as e
              cross join lateral (select distinct h as host from jsonb_array_elements_text(derived -> 'egress.host') as h) as hosts
             group by host order by host
            """;

    @Test
    void anErrorEndsNothing() throws Exception {
        try (var under = new InventoryUnderTest(Map.of())) {
            under.restart(FailingDataSource.once(under.own.dataSource()));

            under.take(events(new Random(1), 120));

            assertCounted(under);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsKeptEqualsWhatTheTrailAddsUpTo(long seed) throws Exception {
        try (var under = new InventoryUnderTest(Map.of("trailwarden.inventory.batch-records", "37"))) {
            var random = new Random(seed);
            for (int round = 0; round < 6; round++) {
                under.trail.take(events(random, 120));
                if (round % 2 == 0) {
                    under.restart(under.own.dataSource());
                }
            }
            under.settle();
            assertCounted(under);
            var before = everything(under);

            under.trail.execute(InventoryUnderTest.EMPTY);
            under.settle();

            assertCounted(under);
            assertThat(everything(under)).as("counted again it is the same").isEqualTo(before);
        }
    }

    @Test
    void whoeverFindsTheCursorMovedGivesItsBatchUp() throws Exception {
        try (var under = new InventoryUnderTest(Map.of("trailwarden.inventory.batch-records", "5"))) {
            var other = under.another();
            under.take(events(new Random(9), 300));
            other.stop();

            assertCounted(under);
        }
    }

    private static void assertCounted(InventoryUnderTest under) throws SQLException {
        assertThat(under.trail.column(KEPT)).isNotEmpty().isEqualTo(under.trail.column(ADDED_UP));
        assertThat(under.trail.column(KEPT_TOGETHER)).isEqualTo(under.trail.column(TOGETHER));
        assertThat(under.trail.column(KEPT_HOSTS)).isNotEmpty().isEqualTo(under.trail.column(HOSTS));
        assertThat(under.trail.column("select sum(records) from activity where person_key = 0"))
                .as("records counted = position").isEqualTo(under.trail.column("select position from inventory_cursor"));
        assertThat(under.trail.column("select sum(waits) from activity_wait where person_key = 0"))
                .isEqualTo(under.trail.column("select sum(waits) from activity where person_key = 0"));
    }

    private static List<String> everything(InventoryUnderTest under) throws SQLException {
        var all = new ArrayList<String>();
        for (var table : List.of("activity", "activity_wait", "person_state", "counterpart_person", "counterpart_use")) {
            var numbers = table.startsWith("counterpart") ? "to_jsonb(t) - 'counterpart_key'" : "to_jsonb(t)";
            all.addAll(under.trail.column("select " + numbers + " from " + table + " t order by 1"));
        }
        return all;
    }

    private static List<AuditEvent> events(Random random, int count) {
        var events = new ArrayList<AuditEvent>();
        var names = List.of("user_prompt", "tool_decision", "tool_decision", "tool_result", "tool_result", "api_request", "claude_code.tool.blocked_on_user", "other");
        for (int i = 0; i < count; i++) {
            var name = names.get(random.nextInt(names.size()));
            var person = "p" + random.nextInt(4);
            // Some clocks are weeks off and are not believed.
            long seconds = random.nextInt(30) == 0 ? -90L * 86_400 : random.nextInt(3 * 3600);
            var event = Events.event(name, seconds).of(person).in(random.nextInt(9) == 0 ? null : person + random.nextInt(3)).with("n", random.nextLong());
            switch (name) {
                case "tool_decision" -> event.with("tool_name", "Bash").with("decision", random.nextBoolean() ? "accept" : "reject")
                        .with("source", List.of("config", "hook", "user_temporary").get(random.nextInt(3)))
                        .derived("decision.human", Value.of(random.nextBoolean()));
                case "tool_result" -> event.with("tool_name", "Bash").derived("outcome", Value.of(List.of("done", "failed", "refused").get(random.nextInt(3))))
                        .derived("egress.by", Value.of("shell"))
                        .derived("egress.host", Value.of(List.of("h" + random.nextInt(5), "h" + random.nextInt(5))));
                case "api_request" -> event.with("cost_usd_micros", random.nextInt(10_000));
                case "claude_code.tool.blocked_on_user" -> event.signal(Signal.SPAN).derived("decision.human", Value.of(random.nextBoolean()))
                        .derived("decision.wait_ms", Value.of((long) random.nextInt(60_000)));
                default -> {
                }
            }
            if (random.nextInt(4) == 0 && name.equals("tool_decision")) {
                event.with("permission_mode", List.of("auto", "plan", "default").get(random.nextInt(3)));
            }
            events.add(seconds < 0 ? AuditEvent.of(event.observation(), Events.NOON) : event.build());
        }
        return events;
    }
}
