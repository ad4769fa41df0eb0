package io.trailwarden.otlp;

import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows two tokens: `good` may send all, `logs-only` only logs. `broken` cannot be decided.
final class FakeTokens implements Tokens {

    @Override
    public Check checkIngest(@Nullable String authorization, Signal signal) {
        return switch (String.valueOf(authorization)) {
            case "Bearer good" -> new Check.Accepted("platform team", Set.of());
            case "Bearer logs-only" -> signal == Signal.LOG ? new Check.Accepted("logs team", Set.of())
                    : new Check.NotAllowed("token 'logs-only' may not send " + signal.wireName());
            case "Bearer broken" -> throw new IllegalStateException("no answer");
            default -> new Check.Unknown("token is not known");
        };
    }

    @Override
    public Check checkApi(@Nullable String authorization) {
        throw new UnsupportedOperationException("the door is not for readers");
    }

    @Override
    public Issued issue(String name, Kind kind, Set<Signal> signals, Set<Scope> scopes, @Nullable Instant expiresAt, String issuedBy) {
        throw new UnsupportedOperationException("the door issues nothing");
    }

    @Override
    public boolean revoke(String id, String by) {
        throw new UnsupportedOperationException("the door revokes nothing");
    }

    @Override
    public List<Token> list() {
        throw new UnsupportedOperationException("the door lists nothing");
    }
}
