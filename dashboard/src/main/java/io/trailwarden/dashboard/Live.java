package io.trailwarden.dashboard;

import com.vaadin.flow.shared.Registration;
import io.trailwarden.store.StoredEvent;
import io.trailwarden.store.Trail;
import io.trailwarden.store.TrailUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Follows the trail for all open pages together: one thread, and none while nobody looks.
@ApplicationScoped
public class Live {

    private static final Logger LOG = Logger.getLogger(Live.class);

    private static final int MOST_AT_ONCE = 1000;

    /// How long a quiet trail is waited for before listeners are told that all is still well.
    private static final Duration QUIET = Duration.ofSeconds(5);

    /// Least time between two rounds: pages need not repaint more often, and a flood costs no more than a trickle.
    private static final Duration ROUND = Duration.ofMillis(200);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    private final Trail trail;
    private final InstantSource clock;
    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Thread follower;
    private volatile State state = new State.Following(Duration.ZERO);

    @Inject
    Live(Trail trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /// Hears of new records, on the follower's thread; must be quick.
    public interface Listener {

        /// Records that were stored since the last call, in the order of the trail; may be empty.
        void stored(List<StoredEvent> records, State state);
    }

    /// How well the trail can be followed.
    public sealed interface State {

        /// It can.
        ///
        /// @param behind from receipt of the last record to its being seen here
        record Following(Duration behind) implements State {
        }

        /// The database does not answer.
        record Silent(Instant since) implements State {
        }
    }

    /// Calls `listener` with what is stored from now on.
    public synchronized Registration listen(Listener listener) {
        listeners.add(listener);
        if (follower == null) {
            follower = Thread.ofVirtual().name("console-live").start(this::follow);
        }
        return () -> leave(listener);
    }

    /// The state as of the last round.
    public State state() {
        return state;
    }

    private synchronized void leave(Listener listener) {
        listeners.remove(listener);
        if (listeners.isEmpty()) {
            close();
        }
    }

    @PreDestroy
    synchronized void close() {
        if (follower != null) {
            follower.interrupt();
            follower = null;
        }
    }

    private void follow() {
        long position = -1;
        try {
            while (!Thread.interrupted()) {
                position = round(position);
            }
        } catch (InterruptedException _) {
            // The last page was closed.
        }
    }

    private long round(long position) throws InterruptedException {
        try {
            long from = position < 0 ? trail.head() : position;
            var patience = state instanceof State.Silent ? Duration.ZERO : QUIET;
            var records = trail.follow(from, MOST_AT_ONCE, patience);
            tell(records, following(records));
            Thread.sleep(ROUND);
            return records.isEmpty() ? from : records.getLast().position();
        } catch (TrailUnavailable unavailable) {
            tell(List.of(), silent(unavailable.getMessage()));
            Thread.sleep(AFTER_FAILURE);
            return position;
        } catch (RuntimeException defect) {
            // Whatever it is, the next round may do better; pages must not be left believing that all is quiet.
            tell(List.of(), silent(defect.toString()));
            Thread.sleep(AFTER_FAILURE);
            return position;
        }
    }

    private State following(List<StoredEvent> records) {
        if (state instanceof State.Silent(var since)) {
            LOG.infof("Trail answers again: since=%s", since);
        }
        if (records.isEmpty()) {
            return state instanceof State.Following ? state : new State.Following(Duration.ZERO);
        }
        var behind = Duration.between(records.getLast().event().receivedAt(), clock.instant());
        return new State.Following(behind.isNegative() ? Duration.ZERO : behind);
    }

    private State silent(@Nullable String reason) {
        if (state instanceof State.Silent) {
            return state;
        }
        LOG.warnf("Trail cannot be followed: reason=%s", reason);
        return new State.Silent(clock.instant());
    }

    private void tell(List<StoredEvent> records, State now) {
        boolean changed = !records.isEmpty() || !now.equals(state);
        state = now;
        if (!changed) {
            return;
        }
        for (var listener : listeners) {
            try {
                listener.stored(records, now);
            } catch (RuntimeException broken) {
                LOG.error("Page could not be told of new records", broken);
            }
        }
    }
}
