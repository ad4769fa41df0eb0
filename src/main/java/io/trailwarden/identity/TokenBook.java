package io.trailwarden.identity;

import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens.Check;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Token;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Every token as it was when last read: immutable, so that checking needs neither lock nor database.
final class TokenBook {

    static final TokenBook EMPTY = new TokenBook(Map.of());

    private final Map<String, Page> pages;

    TokenBook(Map<String, Page> pages) {
        this.pages = Map.copyOf(pages);
    }

    /// One token and the hash of its secret.
    record Page(Token token, Digest sha256) {
    }

    /// Bytes that are compared in constant time.
    static final class Digest {

        private final byte[] bytes;

        Digest(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        boolean matches(byte[] others) {
            return MessageDigest.isEqual(bytes, others);
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, bytes.length);
        }
    }

    /// Whether there is a token called `id`, whatever it is worth.
    boolean knows(String id) {
        return pages.containsKey(id);
    }

    /// The worth of `text` at `now` for sending `signal`.
    Check checkIngest(TokenText text, Signal signal, Instant now) {
        return check(text, now, token -> {
            if (token.kind() != Kind.INGEST) {
                return "token '%s' is for reading; send with an ingest token".formatted(token.id());
            }
            return token.signals().contains(signal) ? null
                    : "token '%s' may not send %ss; it may send %s".formatted(token.id(), signal.wireName(), words(token));
        });
    }

    /// The worth of `text` at `now` for reading the API.
    Check checkApi(TokenText text, Instant now) {
        return check(text, now, token -> token.kind() == Kind.API ? null
                : "token '%s' is for sending; read with an API token".formatted(token.id()));
    }

    private Check check(TokenText text, Instant now, Scope scope) {
        var page = pages.get(text.id());
        if (page == null || !page.sha256().matches(text.sha256())) {
            return new Check.Unknown("token '%s' is not known here".formatted(text.id()));
        }
        var token = page.token();
        return over(token, now).<Check>map(Check.Unknown::new).orElseGet(() -> within(scope, token));
    }

    private static Check within(Scope scope, Token token) {
        var refusal = scope.refusal(token);
        return refusal == null ? new Check.Accepted(token.name(), token.scopes()) : new Check.NotAllowed(refusal);
    }

    /// Why `token` is worth nothing any more.
    private static Optional<String> over(Token token, Instant now) {
        if (token.revokedAt() != null) {
            return Optional.of("token '%s' was revoked %s; ask for a new one".formatted(token.id(), token.revokedAt()));
        }
        if (token.expiresAt() != null && !now.isBefore(token.expiresAt())) {
            return Optional.of("token '%s' expired %s; ask for a new one".formatted(token.id(), token.expiresAt()));
        }
        return Optional.empty();
    }

    private static String words(Token token) {
        return token.signals().stream().map(Signal::wireName).sorted().toList().toString();
    }

    private interface Scope {
        @Nullable String refusal(Token token);
    }
}
