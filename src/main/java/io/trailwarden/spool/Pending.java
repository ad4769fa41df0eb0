package io.trailwarden.spool;

import io.trailwarden.spool.Spool.Appended;
import io.trailwarden.spool.Spool.Position;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One caller's frame on its way to the disk, and the caller who waits for it.
final class Pending {

    private static final Duration COME_AGAIN = Duration.ofSeconds(2);

    private final Frame frame;
    private final byte[] bytes;
    private final int size;
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(new State.Queued());

    /// Where it is. Whoever moves it on, does so once: the writer and the caller's patience compete.
    private sealed interface State {
        record Queued() implements State {
        }

        record Writing() implements State {
        }

        /// The caller has gone, told that nothing was taken.
        record Withdrawn() implements State {
        }

        record Settled(Appended appended) implements State {
        }
    }

    Pending(Frame frame, byte[] bytes, int size) {
        this.frame = frame;
        this.bytes = bytes;
        this.size = size;
    }

    Frame frame() {
        return frame;
    }

    /// The frame as written; valid up to [#size()].
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    boolean isWithdrawn() {
        return state.get() instanceof State.Withdrawn;
    }

    /// The writer takes it.
    ///
    /// @return false when the caller was quicker to go
    boolean begin() {
        return move(State.Queued.class, new State.Writing());
    }

    /// It is on stable storage.
    ///
    /// @return false when the caller has gone meanwhile: nobody may read it then, because it was said not to be there
    boolean durable(Position position) {
        return move(State.Writing.class, new State.Settled(new Appended.Durable(position)));
    }

    void refuse(String why, Duration after) {
        if (move(State.Writing.class, settled(why, after)) || move(State.Queued.class, settled(why, after))) {
            wake();
        }
    }

    void wake() {
        LockSupport.unpark(caller);
    }

    /// Waits for the outcome; from the thread that made this. An interrupt does not end the wait, which is short anyway.
    Appended await(long deadline, Supplier<String> reasonForWaiting) {
        boolean interrupted = false;
        Appended outcome = outcome();
        while (outcome == null) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                outcome = withdraw(reasonForWaiting.get());
            } else {
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
                outcome = outcome();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }

    private @Nullable Appended outcome() {
        return state.get() instanceof State.Settled(var appended) ? appended : null;
    }

    private Appended withdraw(String why) {
        boolean gone = move(State.Queued.class, new State.Withdrawn()) || move(State.Writing.class, new State.Withdrawn());
        var outcome = gone ? null : outcome();
        return outcome == null ? new Appended.Busy(why, COME_AGAIN) : outcome;
    }

    private boolean move(Class<? extends State> from, State to) {
        var now = state.get();
        return from.isInstance(now) && state.compareAndSet(now, to);
    }

    private static State settled(String why, Duration after) {
        return new State.Settled(new Appended.Busy(why, after));
    }
}
