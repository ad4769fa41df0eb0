package io.trailwarden.forward;

import io.trailwarden.forward.Forwarding.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Why one destination is not being sent to, since when, and until when; said in the log when it begins, changes and ends.
/// Written by one thread, read by all.
final class Hold {

    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    private final String name;
    private final InstantSource clock;
    private final Backoff backoff;
    private volatile @Nullable Held held;
    private volatile @Nullable Error last;

    Hold(String name, InstantSource clock, Backoff backoff) {
        this.name = name;
        this.clock = clock;
        this.backoff = backoff;
    }

    private record Held(Instant since, String why, boolean mustBeMended, long attempts, Instant from, Instant until) {
    }

    /// What last went wrong.
    record Error(String why, Instant at) {
    }

    /// Comes again later: after the back-off, or when the destination asks for, whichever is longer.
    void later(String why, Duration asked) {
        long attempts = attempts() + 1;
        put(why, false, attempts, backoff.after(attempts, asked));
    }

    /// Somebody must mend something first; looks slowly whether they did.
    void stop(String why) {
        put(why, true, attempts() + 1, Backoff.LONGEST);
    }

    private void put(String why, boolean mustBeMended, long attempts, Duration wait) {
        var now = clock.instant();
        var before = held;
        var since = before == null ? now : before.since();
        if (before == null || !before.why().equals(why)) {
            if (mustBeMended) {
                LOG.errorf("Forwarder stopped until somebody mends it, what comes waits: forwarder=%s after=%ds reason=%s", name, wait.toSeconds(), why);
            } else {
                LOG.warnf("Forwarder held back, what comes waits: forwarder=%s after=%ds reason=%s", name, wait.toSeconds(), why);
            }
        }
        held = new Held(since, why, mustBeMended, attempts, now, now.plus(wait));
        last = new Error(why, now);
    }

    /// It works again.
    void over() {
        var before = held;
        if (before != null) {
            LOG.infof("Forwarder goes on: forwarder=%s after=%ds count=%d", name, Duration.between(before.since(), clock.instant()).toSeconds(), before.attempts());
            held = null;
        }
    }

    /// Tries at once, whatever the wait; attempts go on being counted.
    void forget() {
        var before = held;
        if (before != null) {
            var now = clock.instant();
            held = new Held(before.since(), before.why(), before.mustBeMended(), before.attempts(), now, now);
        }
    }

    /// Something went wrong that holds nothing up.
    void noted(String why) {
        last = new Error(why, clock.instant());
    }

    long attempts() {
        var now = held;
        return now == null ? 0 : now.attempts();
    }

    /// How long it still holds; zero when it does not, or when the clock was set back since: nobody knows how long that is.
    Duration left() {
        var now = held;
        if (now == null) {
            return Duration.ZERO;
        }
        var at = clock.instant();
        var left = Duration.between(at, now.until());
        return left.isNegative() || at.isBefore(now.from()) ? Duration.ZERO : left;
    }

    /// As others may know it; null when nothing holds.
    @Nullable State state() {
        var now = held;
        if (now == null) {
            return null;
        }
        return now.mustBeMended() ? new State.Misconfigured(now.since(), now.why(), now.until())
                : new State.HeldBack(now.since(), now.why(), now.attempts(), now.until());
    }

    @Nullable Error last() {
        return last;
    }
}
