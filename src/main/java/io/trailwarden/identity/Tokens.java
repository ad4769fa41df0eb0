package io.trailwarden.identity;

import io.trailwarden.event.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
    /// @param signals what an ingest token may send; none for others
    /// @param scopes what an API token may do, reading among it; none for others
    Issued issue(String name, Kind kind, Set<Signal> signals, Set<Scope> scopes, @Nullable Instant expiresAt, String issuedBy);

    /// Makes a token that sends `signals`, or one that reads and does nothing else.
    default Issued issue(String name, Kind kind, Set<Signal> signals, @Nullable Instant expiresAt, String issuedBy) {
        return issue(name, kind, signals, kind == Kind.API ? Set.of(Scope.READ) : Set.of(), expiresAt, issuedBy);
    }

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

    /// What a program may do with an API token. The name in lower case is what commands and the database say.
    enum Scope {
        /// Read all that the interface tells.
        READ,
        /// Acknowledge, assign, comment on and close alerts.
        TRIAGE;

        /// `read` or `triage`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A token that was just made.
    ///
    /// @param text `tw_<id>_<secret>_<check>`, to be shown once
    record Issued(Token token, Secret text) {
    }

    /// A token as people see it.
    ///
    /// @param id the public part of its text
    /// @param signals of an ingest token, else empty
    /// @param scopes of an API token, else empty
    record Token(String id, String name, Kind kind, Set<Signal> signals, Set<Scope> scopes, Instant createdAt, @Nullable Instant expiresAt,
            @Nullable Instant revokedAt, @Nullable Instant lastUsedAt) {
    }

    /// The worth of a credential.
    sealed interface Check {

        /// Good; `principal` is stamped on what is sent.
        ///
        /// @param scopes what an API token may do; empty for an ingest token
        record Accepted(String principal, Set<Scope> scopes) implements Check {
            public Accepted {
                scopes = Set.copyOf(scopes);
            }
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
