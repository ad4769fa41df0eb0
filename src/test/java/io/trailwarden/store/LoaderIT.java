package io.trailwarden.store;

import static io.trailwarden.event.Events.NOON;
import static io.trailwarden.event.Events.decision;
import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.database.FailingDataSource;
import io.trailwarden.database.TestDatabase;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import io.trailwarden.spool.Frame;
import io.trailwarden.spool.ReceiptBook.Rejection;
import io.trailwarden.store.Trail.EventQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoaderIT {

    private TestDatabase database;
    private TrailUnderTest store;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        store = new TrailUnderTest(database.dataSource());
    }

    @AfterEach
    void theBooksBalance() throws Exception {
        store.settle();
        var books = store.trail().books();
        store.close();
        database.close();

        long rejected = books.rejected().values().stream().mapToLong(Long::longValue).sum();
        assertThat(books.received()).as("%s", books).isEqualTo(rejected + books.duplicate() + books.stored() + books.waiting());
        assertThat(books.storedBySignal().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(books.stored());
        assertThat(books.waiting()).isZero();
    }

    @Test
    void aRecordIsReadBackAsItWasSent() throws Exception {
        var sent = everyType();

        store.take(sent);
        store.settle();

        var read = store.events();
        assertThat(read).hasSize(1);
        sent.seen().attributes().forEach((key, value) -> assertThat(read.getFirst().seen().attributes().get(key)).as(key).isEqualTo(value));
        assertThat(read).containsExactly(sent);
    }

    @Test
    void anErrorEndsNothing() throws Exception {
        try (var own = TestDatabase.fresh(); var failing = new TrailUnderTest(FailingDataSource.once(own.dataSource()))) {
            failing.take(event("user_prompt", 1).build());
            failing.settle();

            assertThat(failing.events()).hasSize(1);
        }
    }

    @Test
    void followersGetWhatAQueryReturns() throws Exception {
        var poison = event("tool_result", 1).with("output", "a\u0000b\ud800c").resource("host", "x\u0000y").of("p\u0000q").in("s\udc00").build();
        store.take(everyType(), poison);

        var followed = store.trail().follow(0, 10, Duration.ofSeconds(30));

        assertThat(followed).hasSize(2).isEqualTo(store.inOrder());
        assertThat(followed.getLast().event().text("output")).isEqualTo("a\u2400b\ufffdc");
        assertThat(store.trail().person("p\u0000q")).isPresent();
    }

    @Test
    void aFrameSentTwiceIsKeptOnceAndCounted() throws Exception {
        var frame = List.of(event("user_prompt", 0).build(), decision("Bash", "accept", 1).build());

        store.take(frame);
        store.take(frame);
        store.settle();

        assertThat(store.events()).isEqualTo(frame);
        assertThat(store.trail().books().duplicate()).isEqualTo(2);
    }

    @Test
    void aRecordTwiceInOneFrameIsKeptOnce() throws Exception {
        store.take(event("user_prompt", 0).build(), event("user_prompt", 0).build(), event("user_prompt", 1).build());
        store.settle();

        assertThat(store.trail().books().stored()).isEqualTo(2);
        assertThat(store.trail().books().duplicate()).isEqualTo(1);
    }

    @Test
    void aRecordSentAgainAfterARestartIsKnown() throws Exception {
        store.take(event("user_prompt", 0).build());
        store.settle();
        store.restart();

        store.take(event("user_prompt", 0).build());
        store.settle();

        assertThat(store.trail().books()).returns(1L, Trail.Books::stored).returns(1L, Trail.Books::duplicate).returns(2L, Trail.Books::received);
    }

    @Test
    void positionsCountFromOneWithoutGapsInTheOrderSent() throws Exception {
        var random = new Random(7);
        var sent = IntStream.range(0, 500).mapToObj(i -> event("api_request", i).with("event.sequence", i).build()).toList();
        var distinct = new ArrayList<AuditEvent>();
        for (int from = 0; from < sent.size(); from += 10) {
            var frame = new ArrayList<>(sent.subList(from, from + 10));
            distinct.addAll(frame);
            for (int again = 0; again < 3 && from > 0; again++) {
                frame.add(random.nextInt(frame.size()), sent.get(random.nextInt(from)));
            }
            store.take(frame);
        }
        store.settle();

        assertThat(store.inOrder()).extracting(StoredEvent::position).containsExactlyElementsOf(LongStream.rangeClosed(1, 500).boxed().toList());
        assertThat(store.events()).isEqualTo(distinct);
        assertThat(store.trail().books().duplicate()).isEqualTo(147);
        assertThat(store.trail().head()).isEqualTo(500);
    }

    @Test
    void manySmallBatchesGiveTheSameTrail() throws Exception {
        store.close();
        store = new TrailUnderTest(database.dataSource(), Map.of("trailwarden.store.batch-records", "3", "trailwarden.store.gather", "0ms",
                "trailwarden.store.remembered-ids", "1000"));
        var sent = IntStream.range(0, 100).mapToObj(i -> decision("Bash", "accept", i).build()).toList();

        sent.forEach(store::take);
        sent.forEach(store::take);
        store.settle();

        assertThat(store.events()).isEqualTo(sent);
    }

    @Test
    void aConnectionThatDiesUnderWayLoadsOnce() throws Exception {
        store.execute("""
                create function slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.3); return null; end'""",
                "create trigger slow after insert on spool_position for each statement execute function slow()");
        store.take(event("user_prompt", 0).build());
        store.take(event("user_prompt", 1).build());

        endTheLoadersConnection();
        store.settle();

        assertThat(store.events()).containsExactly(event("user_prompt", 0).build(), event("user_prompt", 1).build());
    }

    private void endTheLoadersConnection() throws Exception {
        var end = """
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and query like '%spool_position%' and state = 'active'
                """;
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (store.column(end).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void aRecordThatNoRowCanHoldIsPutAsideAlone() throws Exception {
        // Timestamps of PostgreSQL end in the year 294276.
        var poison = AuditEvent.of(at(Instant.ofEpochSecond(10_000_000_000_000L), "user_prompt"), NOON);
        var frame = new ArrayList<AuditEvent>();
        IntStream.range(0, 20).forEach(i -> frame.add(event("api_request", i).build()));
        frame.add(13, poison);

        store.take(event("user_prompt", 100).build());
        store.take(frame);
        store.take(event("user_prompt", 101).build());
        store.settle();

        assertThat(store.events()).hasSize(22).doesNotContain(poison);
        assertThat(store.inOrder()).extracting(StoredEvent::position).containsExactlyElementsOf(LongStream.rangeClosed(1, 22).boxed().toList());
        assertThat(store.trail().books().rejected()).containsEntry("unloadable", 1L);
        assertThat(store.column("select detail from unreadable where reason = 'unloadable' and content is not null")).singleElement().asString()
                .contains(poison.id().toString());
    }

    @Test
    void whatCouldNotBeReadAndWhatIsDamagedIsKeptForAPerson() throws Exception {
        store.takeUnreadable("malformed_protobuf");
        store.append(new Frame.Damaged("00000003.log", 4096, 512));
        store.settle();

        assertThat(store.column("select reason from unreadable order by unreadable_key")).containsExactly("malformed_protobuf", "damaged_spool");
        assertThat(store.trail().books().rejected()).containsEntry("malformed", 1L);
        assertThat(store.trail().books().received()).isEqualTo(1);
    }

    @Test
    void whatTheDoorTurnedAwayIsStillInTheBooksAfterARestart() throws Exception {
        store.door().received(3);
        store.door().rejected(Rejection.UNAUTHENTICATED, 3);
        store.take(event("user_prompt", 0).build());
        store.settle();
        store.restart();
        store.door().received(2);
        store.door().rejected(Rejection.UNAUTHENTICATED, 2);
        store.restart();
        store.take(event("user_prompt", 1).build());
        store.settle();

        assertThat(store.trail().books().rejected()).containsEntry("unauthenticated", 5L).containsEntry("too_large", 0L);
        assertThat(store.trail().books().received()).isEqualTo(7);
    }

    @Test
    void whatWaitedWhenTheProcessEndedIsLoadedAndCountedByTheNext() throws Exception {
        store.take(event("user_prompt", 0).build());
        store.settle();
        store.close();
        store.take(event("user_prompt", 1).build());
        store.restart();

        store.settle();

        assertThat(store.events()).hasSize(2);
        assertThat(store.trail().books()).returns(2L, Trail.Books::received).returns(2L, Trail.Books::stored);
    }

    @Test
    void recordsOnBothSidesOfMidnightAreKeptOnceEach() throws Exception {
        var before = received(event("user_prompt", 12 * 3600 - 1).build(), 12 * 3600 - 1);
        var after = received(event("user_prompt", 12 * 3600).build(), 12 * 3600);

        store.take(before, after);
        store.take(after, before);
        store.settle();

        assertThat(store.events()).containsExactly(before, after);
        assertThat(store.column("select day from event order by position")).containsExactly("2026-11-02", "2026-11-03");
    }

    @Test
    void recordsOfClocksThatCannotBeBelievedAreKeptApartWithTheirTime() throws Exception {
        var times = List.of(Instant.EPOCH, Instant.parse("2106-02-07T06:28:16Z"), NOON.minus(Duration.ofDays(36)), NOON.plus(Duration.ofDays(2)));
        var sent = times.stream().map(time -> AuditEvent.of(at(time, "user_prompt"), NOON)).toList();

        store.take(sent);
        store.settle();

        assertThat(store.events()).isEqualTo(sent);
        assertThat(store.column("select count(*) from event where day is null")).containsExactly("4");
        assertThat(store.trail().person("user@example.com").orElseThrow().lastSeen()).isEqualTo(NOON);
    }

    @Test
    void aRecordThatIsOutOfRangeByNowIsStillKnown() throws Exception {
        var inTime = received(event("user_prompt", 0).build(), 1);
        var fortyDaysLater = received(event("user_prompt", 0).build(), 40 * 86_400);
        var early = received(event("user_prompt", 5).build(), -3 * 86_400);
        var thenInRange = received(event("user_prompt", 5).build(), 6);

        store.take(inTime);
        store.take(fortyDaysLater);
        store.take(early);
        store.take(thenInRange);
        store.settle();

        assertThat(store.events()).containsExactly(inTime, early);
        assertThat(store.trail().books().duplicate()).isEqualTo(2);
    }

    @Test
    void theModeIsThatOfTheSessionAfterTheRecordAlsoAcrossRestarts() throws Exception {
        store.take(event("user_prompt", 0).build(), decision("Edit", "accept", 1).with("permission_mode", "default").build());
        store.settle();
        store.restart();
        store.take(event("api_request", 2).build(), decision("Edit", "accept", 3).with("permission_mode", "acceptEdits").build(),
                decision("Edit", "accept", 4).with("permission_mode", "plan").in("s2").build(), event("api_request", 5).build(),
                event("claude_code.tool", 6).signal(Signal.SPAN).with("permission_mode", "plan").build());
        store.settle();

        assertThat(store.inOrder()).extracting(StoredEvent::mode)
                .containsExactly(null, "default", "default", "acceptEdits", "plan", "acceptEdits", "acceptEdits");
        assertThat(store.trail().sessions(null, 10, null).items()).extracting(Trail.Session::id, Trail.Session::mode, Trail.Session::events)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("s1", "acceptEdits", 5L), org.assertj.core.groups.Tuple.tuple("s2", "plan", 1L));
    }

    @Test
    void twoLoadersOnOneDatabaseMakeOneOrderAndKeepARecordOnce() throws Exception {
        try (var other = new TrailUnderTest(database.dataSource(), Map.of("trailwarden.store.gather", "0ms"))) {
            for (int i = 0; i < 200; i++) {
                store.take(event("api_request", i).build(), decision("Bash", "accept", i).with("by", "a").build());
                other.take(event("api_request", i).build(), decision("Bash", "accept", i).with("by", "b").build());
            }
            other.settle();
            store.settle();
            var books = store.trail().books();

            assertThat(store.inOrder()).extracting(StoredEvent::position).containsExactlyElementsOf(LongStream.rangeClosed(1, 600).boxed().toList());
            assertThat(books).returns(600L, Trail.Books::stored).returns(200L, Trail.Books::duplicate);
        }
    }

    @Test
    void partitionsForTomorrowAreThereBeforeTheFirstRecord() throws Exception {
        store.take(event("user_prompt", 0).build());
        store.settle();

        assertThat(store.column("select relname from pg_class where relname like 'event_2026%' and relkind = 'r' order by 1"))
                .containsExactly("event_2026_11_01", "event_2026_11_02", "event_2026_11_03");
    }

    @Test
    void aTrailOfASessionHoldsItsRecordsOnly() throws Exception {
        store.take(event("user_prompt", 0).build(), event("user_prompt", 1).in("s2").build(), event("user_prompt", 2).of("b@example.com").build());
        store.settle();

        var found = store.trail().events(new EventQuery("user@example.com", "s1", null, null, null, Set.of(), 10, null));

        assertThat(found.items()).extracting(stored -> stored.event()).containsExactly(event("user_prompt", 0).build());
    }

    private static AuditEvent received(AuditEvent event, long secondsAfterNoon) {
        return new AuditEvent(event.id(), NOON.plusSeconds(secondsAfterNoon), event.seen());
    }

    private static Observation at(Instant time, String name) {
        var seen = event(name, 0).observation();
        return new Observation(seen.signal(), seen.name(), time, seen.origin(), seen.attributes(), seen.derived(), seen.envelope());
    }

    private static AuditEvent everyType() {
        var seen = event("tool_decision", 0).with("tool_name", "Bash").with("decision", "accept").with("source", "config")
                .with("event.sequence", 7).with("event.timestamp", "2026-11-02T12:00:00.123Z").with("prompt.id", "p1")
                .with("whole", Value.of(1.0)).with("huge", Value.of(1e300)).with("tiny", Value.of(5e-324)).with("minus", Value.of(-0.0))
                .with("nan", Value.of(Double.NaN)).with("most", Long.MIN_VALUE).with("yes", Value.of(true)).with("nothing", Value.EMPTY)
                .with("bytes", Value.Binary.of(new byte[] {0, -1})).with("list", Value.of(List.of("a", "\"\\\n\u0001é\ud83d\ude00")))
                .with("map", new Value.KeyValues(io.trailwarden.event.Attributes.builder().put("$bytes", "not ours").build()))
                .derived("command.hosts", Value.of(List.of("example.com"))).common("terminal.type", "xterm").resource("service.version", "2.1.329")
                .observation();
        var envelope = io.trailwarden.event.Attributes.builder().put("severity_number", 9).build();
        return AuditEvent.of(new Observation(seen.signal(), seen.name(), NOON.plusNanos(123_000_000), seen.origin(), seen.attributes(), seen.derived(), envelope),
                NOON.plusSeconds(2));
    }
}
