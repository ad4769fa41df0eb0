package io.trailwarden.identity;

import io.trailwarden.event.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bearer tokens of senders and of programs that read. Checking never waits for the database.
public interface Tokens {

    /// What an `Authorization` header is worth for sending `signal`.
    ///
    /// @param authorization the header as sent, null when absent
    Check checkIngest(@Nullable String authorization, Signal signal);

    /// What an `Authorization` header is worth for reading the API.
    Check checkApi(@Nullable String authorization);

    /// Makes a token; its text is returned this once and never stored.
    ///
    /// @param name for people, and the principal stamped on every record; stable over rotation
    Issued issue(String name, Kind kind, Set<Signal> signals, @Nullable Instant expiresAt, String issuedBy);

    /// Ends a token at once, here; within 5 s in other processes.
    ///
    /// @return whether there was such a token
    boolean revoke(String id, String by);

    /// All tokens, newest first, without their secrets.
    List<Token> list();

    /// What a token is for.
    enum Kind {
        INGEST,
        API
    }

    /// A token that was just made.
    ///
    /// @param text `tw_<id>_<secret>_<check>`, to be shown once
    record Issued(Token token, Secret text) {
    }

    /// A token as people see it.
    ///
    /// @param id the public part of its text
    record Token(String id, String name, Kind kind, Set<Signal> signals, Instant createdAt, @Nullable Instant expiresAt,
            @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
    }

    /// The worth of a credential.
    sealed interface Check {

        /// Good; `principal` is stamped on what is sent.
        record Accepted(String principal) implements Check {
        }

        /// Nobody we know.
        ///
        /// @param why for the sender and the log: names the token's id, never its secret
        record Unknown(String why) implements Check {
        }

        /// Known, but not for this.
        record NotAllowed(String why) implements Check {
        }
    }
}
