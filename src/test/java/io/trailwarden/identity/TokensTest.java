package io.trailwarden.identity;

import static io.trailwarden.event.Events.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens.Check;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Scope;
import io.trailwarden.identity.Tokens.Token;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final Random RANDOM = new Random(1);

    private final TokenText text = TokenText.random(RANDOM);

    @Test
    void aGoodTokenIsAcceptedInTheNameOfItsSender() {
        var book = book(ingest(null, null, Signal.LOG));

        assertThat(book.checkIngest(text, Signal.LOG, NOON)).isEqualTo(new Check.Accepted("fleet", Set.of()));
    }

    @Test
    void aSignalOutsideItsScopeIsRefusedWithTheScope() {
        var book = book(ingest(null, null, Signal.LOG, Signal.METRIC));

        assertThat(book.checkIngest(text, Signal.SPAN, NOON)).isInstanceOfSatisfying(Check.NotAllowed.class,
                refused -> assertThat(refused.why()).contains("may not send spans; it may send [log, metric]"));
    }

    @Test
    void ingestTokensCannotReadAndApiTokensCannotSend() {
        assertThat(book(ingest(null, null, Signal.LOG)).checkApi(text, NOON)).isInstanceOf(Check.NotAllowed.class);
        assertThat(book(token(Kind.API, null, null)).checkIngest(text, Signal.LOG, NOON)).isInstanceOf(Check.NotAllowed.class);
        assertThat(book(token(Kind.API, null, null)).checkApi(text, NOON)).isEqualTo(new Check.Accepted("fleet", Set.of(Scope.READ)));
    }

    @Test
    void aTokenIsGoodUntilTheMomentItExpires() {
        var book = book(ingest(NOON, null, Signal.LOG));

        assertThat(book.checkIngest(text, Signal.LOG, NOON.minusMillis(1))).isInstanceOf(Check.Accepted.class);
        assertThat(book.checkIngest(text, Signal.LOG, NOON)).isInstanceOfSatisfying(Check.Unknown.class,
                unknown -> assertThat(unknown.why()).contains("expired 2026-11-02T12:00:00Z; ask for a new one"));
    }

    @Test
    void aRevokedTokenIsWorthNothing() {
        var book = book(ingest(null, NOON.minusSeconds(1), Signal.LOG));

        assertThat(book.checkIngest(text, Signal.LOG, NOON)).isInstanceOfSatisfying(Check.Unknown.class,
                unknown -> assertThat(unknown.why()).contains("was revoked"));
    }

    @Test
    void anotherSecretUnderAKnownIdIsUnknownAndTellsNothing() {
        var revoked = book(ingest(null, NOON.minusSeconds(1), Signal.LOG));
        var forged = new TokenText(text.id(), TokenText.random(RANDOM).secret());

        assertThat(revoked.checkIngest(forged, Signal.LOG, NOON)).isInstanceOfSatisfying(Check.Unknown.class,
                unknown -> assertThat(unknown.why()).endsWith("is not known here").doesNotContain(forged.secret().reveal()));
    }

    @Test
    void anEmptyBookKnowsNobody() {
        assertThat(TokenBook.EMPTY.checkApi(text, NOON)).isInstanceOf(Check.Unknown.class);
    }

    private TokenBook book(Token token) {
        return new TokenBook(Map.of(token.id(), new TokenBook.Page(token, new TokenBook.Digest(text.sha256()))));
    }

    private Token ingest(@Nullable Instant expiresAt, @Nullable Instant revokedAt, Signal... signals) {
        return token(Kind.INGEST, expiresAt, revokedAt, signals);
    }

    private Token token(Kind kind, @Nullable Instant expiresAt, @Nullable Instant revokedAt, Signal... signals) {
        return new Token(text.id(), "fleet", kind, Set.of(signals), kind == Kind.API ? Set.of(Scope.READ) : Set.of(), NOON.minusSeconds(60), expiresAt, revokedAt, null);
    }
}
