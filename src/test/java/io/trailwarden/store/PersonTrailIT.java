package io.trailwarden.store;

import static io.trailwarden.event.Events.NOON;
import static io.trailwarden.event.Events.decision;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.event.Value;
import io.trailwarden.store.PersonTrail.Began;
import io.trailwarden.store.PersonTrail.Filter;
import io.trailwarden.store.PersonTrail.Mark;
import io.trailwarden.store.PersonTrail.Order;
import io.trailwarden.store.PersonTrail.Prompt;
import io.trailwarden.store.PersonTrail.Scope;
import io.trailwarden.store.PersonTrail.Stretch;
import io.trailwarden.store.PersonTrail.Which;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonTrailIT {

    private static final Scope ALL = new Scope("user@example.com", null, null, null);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

    private TestDatabase database;
    private TrailUnderTest store;
    private PersonTrail trail;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        store = new TrailUnderTest(database.dataSource());
        trail = new PostgresPersonTrail(database.dataSource());
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        database.close();
    }

    @Test
    void nobodyHasNothing() {
        var nobody = new Scope("nobody", null, null, null);

        assertThat(trail.days("nobody", DAY, DAY, ZoneOffset.UTC)).isEmpty();
        assertThat(trail.stretches(nobody)).isEmpty();
        assertThat(trail.prompts(nobody, Order.OLDEST_FIRST, 10, null).items()).isEmpty();
        assertThat(trail.records(new Scope("nobody", "s1", null, null), Filter.ALL, Order.OLDEST_FIRST, 10, null).items()).isEmpty();
        assertThat(trail.totals(nobody).records()).isZero();
    }

    @Test
    void daysBeginWhereTheViewerIs() throws InterruptedException {
        take(event("user_prompt", 0), event("user_prompt", 13 * 3600), decision("Bash", "accept", 13 * 3600 + 1).with("permission_mode", "plan"));

        assertThat(trail.days("user@example.com", DAY, DAY.plusDays(5), ZoneOffset.UTC)).extracting(PersonTrail.Day::date, PersonTrail.Day::records,
                PersonTrail.Day::prompts).containsExactly(tuple(DAY, 1L, 1L),
                tuple(DAY.plusDays(1), 2L, 1L));
        assertThat(trail.days("user@example.com", DAY, DAY.plusDays(5), ZoneId.of("America/New_York"))).singleElement()
                .satisfies(day -> assertThat(day.byMode()).containsEntry("plan", 1L).containsEntry("", 2L));
    }

    @Test
    void stretchesEndWhereTheModeChangesRecordsAreMissingOrTheClientBeginsAgain() throws InterruptedException {
        take(numbered(0, 0, "default"), numbered(1, 1, "default"), numbered(2, 2, "plan"), numbered(3, 17, "plan"), numbered(4, 0, "plan"),
                numbered(5, 900_000, "plan"));

        assertThat(trail.stretches(ALL)).extracting(Stretch::began).containsExactly(Began.SESSION, Began.MODE, Began.GAP, Began.RESTART);
        assertThat(trail.stretches(ALL)).extracting(Stretch::mode).containsExactly("default", "plan", "plan", "plan");
        assertThat(trail.stretches(ALL).get(1).lastSequence()).isEqualTo(2);
        assertThat(trail.stretches(ALL).get(2).firstSequence()).isEqualTo(17);
        assertThat(trail.stretches(ALL).getFirst()).isEqualTo(
                new Stretch("s1", "default", NOON, NOON.plusSeconds(1), 2, 0L, 1L, Began.SESSION));
    }

    @Test
    void whatStandsOutIsMarkedWithHowLongItsQuestionStoodOpen() throws InterruptedException {
        take(event("api_request", 1).with("prompt.id", "p1"),
                asked("accept", "user_temporary", 5), asked("reject", "user_reject", 9),
                event("mcp_server_connection", 10).with("server_name", "pg-prod").with("status", "connected"),
                decision("Bash", "accept", 11).derived("egress.host", Value.of(List.of("a.example", "b.example"))),
                event("permission_mode_changed", 12).with("to_mode", "plan"));

        var marks = trail.marks(ALL, 100);

        assertThat(marks).extracting(Mark::what).containsExactly(Mark.What.ANSWERED, Mark.What.REFUSED, Mark.What.MCP, Mark.What.EGRESS,
                Mark.What.EGRESS, Mark.What.MODE);
        assertThat(marks).extracting(Mark::label).contains("pg-prod", "a.example", "b.example", "plan");
        assertThat(marks.getFirst().since()).isEqualTo(Duration.ofSeconds(4));
        assertThat(trail.marks(ALL, 1)).singleElement().satisfies(mark -> assertThat(mark.what()).isEqualTo(Mark.What.MODE));
    }

    @Test
    void promptsSumUpWhatWasDoneForThemAPageAtATime() throws InterruptedException {
        take(event("plugin_loaded", 0), event("user_prompt", 1).with("prompt.id", "p1").with("prompt_length", "38"), asked("accept", "user_temporary", 5),
                event("api_request", 6).with("prompt.id", "p1").with("cost_usd", Value.of(0.25)).with("input_tokens", 10).with("output_tokens", 5),
                event("api_request", 7).with("prompt.id", "p1").with("cost_usd", "drop table").with("input_tokens", "1e9999"),
                event("user_prompt", 20).with("prompt.id", "p2").with("prompt_length", "x"));

        var first = trail.prompts(ALL, Order.OLDEST_FIRST, 2, null);
        var second = trail.prompts(ALL, Order.OLDEST_FIRST, 2, first.next());

        assertThat(first.items()).extracting(Prompt::id).containsExactly(null, "p1");
        assertThat(first.items().get(1)).satisfies(prompt -> {
            assertThat(prompt.length()).isEqualTo(38);
            assertThat(prompt.tools()).isEqualTo(1);
            assertThat(prompt.asked()).isEqualTo(1);
            assertThat(prompt.cost()).isEqualTo(0.25);
            assertThat(prompt.record()).isNotNull();
        });
        assertThat(second.items()).extracting(Prompt::id, Prompt::length).containsExactly(tuple("p2", null));
        assertThat(second.next()).isNull();
        assertThat(trail.prompts(ALL, Order.NEWEST_FIRST, 2, null).items()).extracting(Prompt::id).containsExactly("p2", "p1");
        assertThat(trail.totals(ALL)).isEqualTo(new PersonTrail.Totals(6, 2, 1, 1, 0, 0, 2, 15, 0.25));
    }

    @Test
    void recordsAreReadInBothDirectionsWithNoneLeftOutOrTwice() throws InterruptedException {
        var events = new ArrayList<Events.Builder>();
        for (int i = 0; i < 25; i++) {
            events.add(event("user_prompt", i / 3).with("event.sequence", i));
        }
        take(events.toArray(Events.Builder[]::new));

        for (var order : Order.values()) {
            var read = new ArrayList<Long>();
            String cursor = null;
            do {
                var page = trail.records(new Scope("user@example.com", "s1", null, null), Filter.ALL, order, 7, cursor);
                page.items().forEach(record -> read.add(record.event().sequence()));
                cursor = page.next();
            } while (cursor != null);
            assertThat(read).hasSize(25).doesNotHaveDuplicates();
            assertThat(read.getFirst()).isEqualTo(order == Order.OLDEST_FIRST ? 0L : 24L);
        }
    }

    @Test
    void recordsAreFilteredByWhatTheyAreAndNeverByWordsOfPrompts() throws InterruptedException {
        take(event("user_prompt", 0).with("prompt", "fire bob"),
                decision("Bash", "reject", 1).derived("command.text", Value.of("cat \"a_b\" | 50%")).derived("egress.host", Value.of(List.of("x.example"))),
                decision("Edit", "accept", 2).derived("file.path", Value.of("/src/a")),
                decision("mcp_tool", "accept", 3).derived("mcp.server", Value.of("jira")),
                event("permission_mode_changed", 4).with("to_mode", "plan"));

        assertThat(count(Set.of(Which.PROMPTS), null)).isEqualTo(1);
        assertThat(count(Set.of(Which.DECISIONS), null)).isEqualTo(3);
        assertThat(count(Set.of(Which.REFUSALS), null)).isEqualTo(1);
        assertThat(count(Set.of(Which.COMMANDS), null)).isEqualTo(1);
        assertThat(count(Set.of(Which.FILES), null)).isEqualTo(1);
        assertThat(count(Set.of(Which.MCP, Which.MODES), null)).isEqualTo(2);
        assertThat(count(Set.of(Which.EGRESS), "X.EXAMPLE")).isEqualTo(1);
        assertThat(count(Set.of(), "\"a_b\" | 50%")).isEqualTo(1);
        assertThat(count(Set.of(), "a%b")).isZero();
        assertThat(count(Set.of(), "jira")).isEqualTo(1);
        assertThat(count(Set.of(), "fire bob")).isZero();
        assertThat(trail.touched(ALL, 5)).isEmpty();
    }

    private int count(Set<Which> which, @Nullable String text) {
        return trail.records(ALL, new Filter(which, null, null, text), Order.NEWEST_FIRST, 100, null).items().size();
    }

    private static Events.Builder numbered(long seconds, long sequence, String mode) {
        return decision("Bash", "accept", seconds).with("event.sequence", sequence).with("permission_mode", mode);
    }

    private static Events.Builder asked(String decision, String source, long seconds) {
        return event("tool_decision", seconds).with("tool_name", "Bash").with("decision", decision).with("source", source).with("prompt.id", "p1");
    }

    private void take(Events.Builder... events) throws InterruptedException {
        var built = new ArrayList<AuditEvent>();
        for (var event : events) {
            built.add(event.build());
        }
        store.take(built);
        store.settle();
    }
}
