package io.trailwarden.otlp;

/// What the door tells a sender. [Protocol] says it in the words of each transport.
sealed interface Answer {

    /// Every record is on stable storage.
    record Accepted() implements Answer {
    }

    /// All but `rejected` records are on stable storage; those are kept as unreadable. Zero is a warning only.
    record Partial(long rejected, String why) implements Answer {
    }

    /// Not OTLP. Sending it again cannot help.
    record Malformed(String why) implements Answer {
    }

    /// Over a limit. Sending it again as it is cannot help.
    record TooLarge(String why) implements Answer {
    }

    /// Nothing is kept; the same request is welcome again in [Protocol#RETRY_AFTER].
    record Busy(String why) implements Answer {
    }

    /// Nobody we know.
    record Unauthenticated(String why) implements Answer {
    }

    /// Known, but not for this signal.
    record NotAllowed(String why) implements Answer {
    }

    /// A media type or an encoding that is not OTLP's.
    record Unsupported(String why) implements Answer {
    }

    /// The body did not arrive in time.
    record TooSlow(String why) implements Answer {
    }
}
