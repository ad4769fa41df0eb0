package io.trailwarden.identity;

import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may be asked for when a token is issued.
final class TokenRequest {

    private static final int LONGEST_NAME = 100;

    private TokenRequest() {
    }

    /// @throws IllegalArgumentException saying what is wrong and what is accepted
    static void check(String name, Kind kind, Set<Signal> signals, Set<Scope> scopes, @Nullable Instant expiresAt, Instant now) {
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name of a token must have 1 to %d printable characters, got %d characters"
                    .formatted(LONGEST_NAME, name.length()));
        }
        if ((kind == Kind.INGEST) == signals.isEmpty()) {
            throw new IllegalArgumentException("signals must be log, metric or span for ingest tokens and none for API tokens, got "
                    + signals.stream().map(Signal::wireName).sorted().toList());
        }
        if ((kind == Kind.API) != scopes.contains(Scope.READ) || kind != Kind.API && !scopes.isEmpty()) {
            throw new IllegalArgumentException("scopes must be read, or read and triage, for API tokens and none for ingest tokens, got "
                    + scopes.stream().map(Scope::wireName).sorted().toList());
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw new IllegalArgumentException("expiry must be later than now, got " + expiresAt);
        }
    }
}
