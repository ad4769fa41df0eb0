package io.trailwarden.store;

import static io.trailwarden.event.Events.NOON;
import static io.trailwarden.event.Events.decision;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.EventId;
import io.trailwarden.event.Signal;
import io.trailwarden.store.Trail.EventQuery;
import io.trailwarden.store.Trail.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTrailIT {

    private static final int DAY = 86_400;

    private TestDatabase database;
    private TrailUnderTest store;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        store = new TrailUnderTest(database.dataSource(), Map.of("trailwarden.store.tail-records", "10"));
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        database.close();
    }

    @Test
    void anEmptyTrailHasEmptyPages() {
        assertThat(store.trail().events(all(10, null))).isEqualTo(new Page<>(List.of(), null));
        assertThat(store.trail().sessions(null, 10, null)).isEqualTo(new Page<>(List.of(), null));
        assertThat(store.trail().people(10, null)).isEqualTo(new Page<>(List.of(), null));
        assertThat(store.trail().person("nobody@example.com")).isEmpty();
        assertThat(store.trail().head()).isZero();
        assertThat(store.trail().books().received()).isZero();
    }

    /// Whatever is asked, pages hold what a plain filter over everything gives, in the same order.
    @Test
    void everySearchGivesWhatAPlainFilterGives() throws Exception {
        long seed = 20261102;
        var random = new Random(seed);
        store.take(IntStream.range(0, 500).mapToObj(i -> anyRecord(random, i)).toList());
        store.settle();
        var everything = newestFirst(store.inOrder());
        assertThat(everything).hasSize(500);

        for (int round = 0; round < 50; round++) {
            var query = anyQuery(random);
            var expected = everything.stream().filter(stored -> matches(query, stored.event())).map(StoredEvent::position).toList();

            var found = pages(cursor -> store.trail().events(new EventQuery(query.person(), query.session(), query.name(), query.from(),
                    query.to(), query.signals(), query.limit(), cursor)));

            assertThat(found).extracting(StoredEvent::position).as("seed %d round %d %s", seed, round, query).isEqualTo(expected);
        }
    }

    private static AuditEvent anyRecord(Random random, int number) {
        // Several share a moment, some clocks cannot be believed.
        long seconds = random.nextInt(20) == 0 ? random.nextInt(-400, 400) * (long) DAY : -random.nextInt(0, 34 * 8) * (DAY / 8L);
        int person = random.nextInt(3);
        var built = event(List.of("user_prompt", "api_request", "tool_result").get(random.nextInt(3)), seconds).of("p" + person + "@example.com")
                .in(person == 2 && random.nextBoolean() ? null : "s" + random.nextInt(2)).signal(Signal.values()[random.nextInt(3)])
                .with("number", number).build();
        return new AuditEvent(built.id(), NOON.plusSeconds(60), built.seen());
    }

    private static EventQuery anyQuery(Random random) {
        var signals = EnumSet.noneOf(Signal.class);
        if (random.nextInt(3) == 0) {
            signals.add(Signal.values()[random.nextInt(3)]);
        }
        return new EventQuery(random.nextBoolean() ? "p" + random.nextInt(4) + "@example.com" : null, random.nextInt(3) == 0 ? "s" + random.nextInt(3) : null,
                random.nextInt(3) == 0 ? List.of("user_prompt", "tool_result", "never").get(random.nextInt(3)) : null,
                random.nextInt(3) == 0 ? NOON.minusSeconds(random.nextInt(40 * DAY)) : null,
                random.nextInt(3) == 0 ? NOON.minusSeconds(random.nextInt(-5 * DAY, 40 * DAY)) : null, signals, random.nextInt(1, 120), null);
    }

    private static boolean matches(EventQuery query, AuditEvent event) {
        return (query.person() == null || query.person().equals(event.person()))
                && (query.session() == null || query.session().equals(event.session()))
                && (query.name() == null || query.name().equals(event.name()))
                && (query.from() == null || !event.time().isBefore(query.from()))
                && (query.to() == null || event.time().isBefore(query.to()))
                && (query.signals().isEmpty() || query.signals().contains(event.signal()));
    }

    private static List<StoredEvent> newestFirst(List<StoredEvent> events) {
        return events.stream().sorted(Comparator.<StoredEvent, Instant>comparing(stored -> stored.event().time())
                .thenComparing(StoredEvent::position).reversed()).toList();
    }

    @Test
    void pagingIsNotDisturbedByRecordsThatArriveMeanwhile() throws Exception {
        store.take(IntStream.range(0, 30).mapToObj(i -> event("api_request", i).build()).toList());
        store.settle();

        var first = store.trail().events(all(10, null));
        store.take(IntStream.range(30, 60).mapToObj(i -> event("api_request", i).build()).toList());
        store.settle();
        var rest = pages(cursor -> store.trail().events(all(10, cursor == null ? first.next() : cursor)));

        assertThat(first.items()).extracting(stored -> stored.event().time()).startsWith(NOON.plusSeconds(29));
        assertThat(rest).extracting(StoredEvent::position).containsExactlyElementsOf(LongStream.rangeClosed(1, 20).map(i -> 21 - i).boxed().toList());
    }

    @Test
    void cursorsGoIntoUrlsAsTheyAreAndInventedOnesAreRefused() throws Exception {
        store.take(event("api_request", 0).build(), event("api_request", 1).build());
        store.settle();

        assertThat(store.trail().events(all(1, null)).next()).matches("[A-Za-z0-9_-]+");
        assertThatThrownBy(() -> store.trail().events(all(1, "invented"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cursor must be the 'next' of the page before");
    }

    @Test
    void recordsAreFoundByIdOldestFirst() throws Exception {
        var early = event("user_prompt", 0).build();
        var late = event("user_prompt", 9).build();
        var unbelievable = event("user_prompt", -400L * DAY).build();
        var there = new AuditEvent(unbelievable.id(), NOON, unbelievable.seen());
        store.take(late, early, there);
        store.settle();

        var farFuture = new EventId(new UUID(-1, 1));
        var found = store.trail().events(List.of(late.id(), farFuture, there.id(), early.id()));

        assertThat(found).extracting(StoredEvent::event).containsExactly(there, early, late);
        assertThat(store.trail().event(late.id()).orElseThrow().event()).isEqualTo(late);
        assertThat(store.trail().event(farFuture)).isEmpty();
        assertThat(store.trail().event(new EventId(new UUID(1, 1)))).isEmpty();
    }

    @Test
    void neighboursAreOfTheSameSessionOldestFirst() throws Exception {
        store.take(IntStream.range(0, 9).mapToObj(i -> event("api_request", i).in(i % 3 == 1 ? "s2" : "s1").build()).toList());
        store.settle();

        var around = store.trail().around(event("api_request", 5).build().id(), 2, 1);

        assertThat(around).extracting(stored -> stored.event().time()).containsExactly(NOON.plusSeconds(2), NOON.plusSeconds(3),
                NOON.plusSeconds(5), NOON.plusSeconds(6));
    }

    @Test
    void peopleAndSessionsAreListedLastSeenFirst() throws Exception {
        for (int i = 0; i < 25; i++) {
            store.take(decision("Bash", "accept", i * (DAY / 4L) - 5 * DAY).of("p" + i % 5 + "@example.com").in("s" + i).with("permission_mode", "plan")
                    .resource("service.version", "2.1." + i).common("terminal.type", "xterm").common("organization.id", "o1").build());
        }
        store.take(event("claude_code.tool", 0).of("p4@example.com").in("s24").signal(Signal.SPAN).build());
        store.settle();

        var people = pages(cursor -> store.trail().people(2, cursor));
        var sessions = pages(cursor -> store.trail().sessions(null, 3, cursor));
        var ofOne = pages(cursor -> store.trail().sessions("p1@example.com", 2, cursor));

        assertThat(people).extracting(Trail.Person::name).containsExactly("p4@example.com", "p3@example.com", "p2@example.com", "p1@example.com", "p0@example.com");
        assertThat(people.getFirst()).isEqualTo(new Trail.Person("p4@example.com", NOON.minusSeconds(4 * DAY), NOON.plusSeconds(DAY), 5, 5, "plan", "2.1.24"));
        assertThat(sessions).extracting(Trail.Session::id).containsExactlyElementsOf(IntStream.range(0, 25).mapToObj(i -> "s" + (24 - i)).toList());
        assertThat(sessions.getFirst()).isEqualTo(new Trail.Session("s24", "p4@example.com", NOON, NOON.plusSeconds(DAY), "plan", "2.1.24", "o1", "xterm", 1));
        assertThat(ofOne).extracting(Trail.Session::id).containsExactly("s21", "s16", "s11", "s6", "s1");
    }

    @Test
    void aFollowerFromTheBeginningReadsTheDatabaseAndThenMemory() throws Exception {
        var sent = IntStream.range(0, 100).mapToObj(i -> event("api_request", i * (long) DAY / 10 - 5 * DAY).build()).toList();
        for (var event : sent) {
            store.take(event);
        }
        store.settle();

        var followed = new ArrayList<StoredEvent>();
        while (followed.size() < 100) {
            var more = store.trail().follow(followed.size(), 7, Duration.ofSeconds(30));
            assertThat(more).isNotEmpty().hasSizeLessThanOrEqualTo(7);
            followed.addAll(more);
        }

        assertThat(followed).extracting(StoredEvent::event).isEqualTo(sent);
        assertThat(store.trail().follow(100, 7, Duration.ZERO)).isEmpty();
    }

    @Test
    void aWaitingFollowerIsWokenByTheCommit() throws Exception {
        var followed = CompletableFuture.supplyAsync(() -> followed(0));

        store.take(event("user_prompt", 0).build());

        assertThat(followed.get(30, TimeUnit.SECONDS)).extracting(StoredEvent::position).containsExactly(1L);
    }

    private List<StoredEvent> followed(long position) {
        try {
            return store.trail().follow(position, 10, Duration.ofSeconds(30));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void withoutADatabaseTheTrailSaysSo() throws Exception {
        database.close();

        assertThatThrownBy(() -> store.trail().head()).isInstanceOf(TrailUnavailable.class).hasMessageStartingWith("cannot read the trail's head");
    }

    private static EventQuery all(int limit, @Nullable String cursor) {
        return new EventQuery(null, null, null, null, null, Set.of(), limit, cursor);
    }

    private static <T> List<T> pages(Function<@Nullable String, Page<T>> list) {
        var all = new ArrayList<T>();
        String cursor = null;
        do {
            var page = list.apply(cursor);
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }
}
