package io.trailwarden.forward;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How forwarding stands, and what a person can do about it. Throws [ForwardingUnavailable] when the database does not
/// answer.
public interface Forwarding {

    /// Every destination by name: those configured, then those that once were.
    List<Standing> destinations();

    /// Items that a destination will not take, newest first.
    ///
    /// @param limit at least 1
    List<DeadLetter> deadLetters(int limit);

    /// How many there are.
    long countDeadLetters();

    /// Stops sending to `destination` until it is resumed, restarts included. What comes meanwhile waits.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    void pause(String destination, String by);

    /// Goes on where it was, at once: also when it was held back, or stopped by its configuration.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    void resume(String destination, String by);

    /// Tries dead letters once more.
    ///
    /// @param letters ids; those that are being tried already, or are gone, are passed over
    void retry(List<Long> letters, String by);

    /// What a destination is doing.
    sealed interface State {

        /// It has all it should have.
        record UpToDate() implements State {
        }

        /// It takes what waits.
        record Sending() implements State {
        }

        /// It cannot be reached, or asked us to come later.
        ///
        /// @param since when this began
        /// @param why short, without secrets
        /// @param attempts how often in vain
        /// @param next when it is tried again
        record HeldBack(Instant since, String why, long attempts, Instant next) implements State {
        }

        /// Somebody must mend something: a token, an address, a certificate. Tried again slowly, and whenever it is resumed.
        record Misconfigured(Instant since, String why, Instant next) implements State {
        }

        /// Somebody stopped it.
        record Paused(String by, Instant since) implements State {
        }

        /// It is no longer configured; it keeps its place.
        record Removed() implements State {
        }
    }

    /// How one destination stands.
    ///
    /// @param kind `webhook` and so on; empty when no longer configured
    /// @param where host and port, without secrets; empty when no longer configured
    /// @param gets what it is configured to get, in words
    /// @param waiting places of its sources that are not settled; some may turn out not to be for it
    /// @param lag age of the oldest that waits; zero when nothing does
    /// @param lastAccepted when it last took something, null when it never did
    /// @param lastError what last went wrong since the program started, null when nothing did
    /// @param lastErrorAt when that was
    record Standing(String name, String kind, String where, String gets, State state, List<Books> books, long waiting, Duration lag,
            @Nullable Instant lastAccepted, @Nullable String lastError, @Nullable Instant lastErrorAt) {
        public Standing {
            books = List.copyOf(books);
        }

        /// Items it has taken.
        public long accepted() {
            return books.stream().mapToLong(Books::accepted).sum();
        }

        /// Items it refused.
        public long refused() {
            return books.stream().mapToLong(Books::refused).sum();
        }
    }

    /// What became of the places of one source since the destination began: each was accepted, refused, left out because
    /// it is not for it, or gone before it could be sent.
    ///
    /// @param source `alerts` or `events`
    /// @param position everything up to here is settled
    /// @param acceptedAt when something was last accepted, null when nothing was
    record Books(String destination, String source, long position, long accepted, long refused, long leftOut, long gone,
            @Nullable Instant acceptedAt) {

        /// One step further: `to` is settled, of which `taken` accepted and `dead` refused; of the rest `others` are there.
        Books on(long to, long taken, long dead, long others, Instant now) {
            long missing = to - position - taken - dead - others;
            return new Books(destination, source, to, accepted + taken, refused + dead, leftOut + others, gone + missing, taken > 0 ? now : acceptedAt);
        }
    }

    /// An item that a destination refused.
    ///
    /// @param item as it was sent
    /// @param name `tool_decision`, `alert.raised` and the like
    /// @param person whose agent; the beginning of a long name
    /// @param reason in our words
    /// @param again whether it is to be tried once more
    /// @param retriedBy who asked for that last, null when nobody did
    record DeadLetter(long id, String destination, String source, long position, UUID item, String name, String person, String reason, Instant at,
            boolean again, @Nullable String retriedBy) {
    }
}
