package io.trailwarden.forward;

import java.time.Duration;
import java.util.List;

/// What became of one batch handed to a [Forwarder]. `why` is for the operator: short, and never holds a secret or text that
/// the destination answered.
sealed interface Delivery {

    /// The destination has the whole batch; it may be forgotten.
    record Accepted() implements Delivery {
    }

    /// Worth trying again as it is: throttled, unreachable, or the destination's own trouble.
    ///
    /// @param after shortest wait that the destination asked for; zero when it did not say
    record RetryLater(Duration after, String why) implements Delivery {

        /// It did not say when.
        public RetryLater(String why) {
            this(Duration.ZERO, why);
        }
    }

    /// The destination will never take this batch, because of what is in it. What is poisonous is kept as a dead letter, and
    /// the rest is sent again without it.
    ///
    /// @param which places of the poisonous messages in the batch, from 0; empty when the destination did not say, and then
    ///     the batch is halved until it is found
    record Refused(List<Integer> which, String why) implements Delivery {
        public Refused {
            which = List.copyOf(which);
        }

        /// It did not say which.
        public Refused(String why) {
            this(List.of(), why);
        }
    }

    /// Nothing will be taken until a person mends something: a token, an address, a certificate. The destination is paused
    /// with an alarm, and nothing is lost.
    record Misconfigured(String why) implements Delivery {
    }
}
