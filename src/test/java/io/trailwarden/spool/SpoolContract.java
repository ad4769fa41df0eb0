package io.trailwarden.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Events;
import io.trailwarden.spool.Spool.Appended;
import io.trailwarden.spool.Spool.Placed;
import io.trailwarden.spool.Spool.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What every [Spool] promises. Extend it once per implementation; add nothing but `spool()`.
interface SpoolContract {

    Duration PATIENCE = Duration.ofSeconds(60);

    /// An empty spool with room for some megabytes; the same one throughout a test.
    Spool spool();

    @Test
    default void whatIsAppendedIsReadInOrder() throws Exception {
        append(spool(), frame("a", 1));
        append(spool(), frame("b", 3));

        var read = spool().read(Position.START, 100, Duration.ZERO);

        assertThat(read).extracting(Placed::frame).containsExactly(frame("a", 1), frame("b", 3));
        assertThat(read.get(0).position()).isLessThan(read.get(1).position());
    }

    @Test
    default void readingGoesOnAfterAPosition() throws Exception {
        append(spool(), frame("a", 1));
        var position = append(spool(), frame("b", 1));
        append(spool(), frame("c", 1));

        assertThat(spool().read(position, 100, Duration.ZERO)).extracting(Placed::frame).containsExactly(frame("c", 1));
    }

    @Test
    default void aReaderMayComeBackUntilItReleases() throws Exception {
        append(spool(), frame("a", 1));

        var once = spool().read(Position.START, 100, Duration.ZERO);

        assertThat(spool().read(Position.START, 100, Duration.ZERO)).isEqualTo(once);
    }

    @Test
    default void anAnswerHoldsNoMoreRecordsThanAskedForButAlwaysAFrame() throws Exception {
        append(spool(), frame("a", 3));
        append(spool(), frame("b", 3));
        append(spool(), frame("c", 3));

        assertThat(spool().read(Position.START, 6, Duration.ZERO)).hasSize(2);
        assertThat(spool().read(Position.START, 1, Duration.ZERO)).hasSize(1);
    }

    @Test
    default void anEmptySpoolHasNothingToRead() throws Exception {
        assertThat(spool().read(Position.START, 10, Duration.ZERO)).isEmpty();
    }

    @Test
    default void aReaderIsWokenByAnAppend() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var read = threads.submit(() -> spool().read(Position.START, 10, PATIENCE));
            append(spool(), frame("a", 1));

            assertThat(read.get()).extracting(Placed::frame).containsExactly(frame("a", 1));
        }
    }

    @Test
    default void whatIsNotReleasedIsWaiting() throws Exception {
        append(spool(), frame("a", 2));
        append(spool(), frame("b", 5));
        var first = spool().read(Position.START, 2, Duration.ZERO).getFirst();

        spool().release(first.position());

        assertThat(spool().fill().records()).isEqualTo(5);
    }

    @Test
    default void anUnreadableRequestIsKeptAndCountsNoRecords() throws Exception {
        var unreadable = new Frame.Unreadable("malformed_json", "unexpected '}' at 7", "00".repeat(32), 8, "laptops", "application/json", "", Events.NOON);

        append(spool(), unreadable);

        assertThat(spool().read(Position.START, 10, Duration.ZERO)).extracting(Placed::frame).containsExactly(unreadable);
        assertThat(spool().fill().records()).isZero();
    }

    @Test
    default void manyWritersLoseNothing() throws Exception {
        int writers = 32;
        int each = 50;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<Position>>();
            for (int writer = 0; writer < writers; writer++) {
                int w = writer;
                tasks.add(() -> {
                    Position last = Position.START;
                    for (int i = 0; i < each; i++) {
                        last = append(spool(), frame("w" + w, i % 3 + 1));
                    }
                    return last;
                });
            }
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }

        var read = readAll(spool(), Position.START);

        assertThat(read).hasSize(writers * each);
        assertThat(read).extracting(Placed::position).isSorted().doesNotHaveDuplicates();
        assertThat(spool().fill().records()).isEqualTo(read.stream().mapToLong(placed -> placed.frame().records()).sum());
    }

    /// A frame of `records` records called `name`.
    static Frame frame(String name, int records) {
        var events = new ArrayList<AuditEvent>();
        for (int i = 0; i < records; i++) {
            events.add(Events.event(name, i).with("n", i).build());
        }
        return new Frame.Records(events);
    }

    static Position append(Spool spool, Frame frame) {
        return switch (spool.append(frame, PATIENCE)) {
            case Appended.Durable(var position) -> position;
            case Appended.Busy(var why, _) -> throw new AssertionError("not taken: " + why);
        };
    }

    static List<Placed> readAll(Spool spool, Position from) throws InterruptedException {
        var all = new ArrayList<Placed>();
        var at = from;
        for (var read = spool.read(at, 100, Duration.ZERO); !read.isEmpty(); read = spool.read(at, 100, Duration.ZERO)) {
            all.addAll(read);
            at = read.getLast().position();
        }
        return all;
    }
}
