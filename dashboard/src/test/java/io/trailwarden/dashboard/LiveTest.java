package io.trailwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.shared.Registration;
import io.trailwarden.dashboard.Live.State;
import io.trailwarden.event.Events;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveTest {

    private record Heard(List<StoredEvent> records, State state) {
    }

    private final MemoryTrail trail = new MemoryTrail();
    private final Live live = new Live(trail, () -> Events.NOON.plusSeconds(3));
    private final LinkedBlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    private Heard next() throws InterruptedException {
        var next = heard.poll(60, TimeUnit.SECONDS);
        assertThat(next).as("told within a minute").isNotNull();
        return next;
    }

    /// Stores until the follower is under way: it begins at the end of the trail as it finds it.
    private Heard first() throws InterruptedException {
        for (int second = 0; second < 200; second++) {
            trail.store(Events.event("user_prompt", 0).with("n", second).build(), null);
            var told = heard.poll(100, TimeUnit.MILLISECONDS);
            if (told != null) {
                return told;
            }
        }
        throw new AssertionError("nothing was told");
    }

    @Test
    void newRecordsAreToldWithHowFarBehindTheyAre() throws InterruptedException {
        try (var _ = new Following()) {
            var told = first();

            assertThat(told.records()).isNotEmpty();
            assertThat(told.state()).isEqualTo(new State.Following(Duration.ofSeconds(1)));
        }
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsSaidOnceAndFollowedAgainLater() throws InterruptedException {
        try (var _ = new Following()) {
            first();
            trail.silent(true);
            trail.store(Events.event("user_prompt", 1).build(), null);
            Heard silent;
            do {
                silent = next();
            } while (!(silent.state() instanceof State.Silent));

            trail.silent(false);

            assertThat(silent.state()).isEqualTo(new State.Silent(Events.NOON.plusSeconds(3)));
            assertThat(next().records()).isNotEmpty();
        }
    }

    private final class Following implements AutoCloseable {

        private final Registration registration =
                live.listen((records, state) -> heard.add(new Heard(records, state)));

        @Override
        public void close() {
            registration.remove();
        }
    }
}
