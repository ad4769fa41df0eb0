package io.trailwarden.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: from a second to five minutes, for ever, and not all at the same moment.
final class Backoff {

    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// Between half and all of 1 s, 2 s, 4 s and so on, but never less than the destination asks for.
    ///
    /// @param attempts how many were in vain, from 1
    /// @param asked shortest wait that the destination asks for
    Duration after(long attempts, Duration asked) {
        long whole = Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << Math.min(attempts - 1, 20));
        var wait = Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
        return wait.compareTo(asked) < 0 ? asked : wait;
    }
}
