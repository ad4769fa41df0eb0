package io.trailwarden.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.trailwarden.event.Signal;
import io.trailwarden.identity.AccessLog.What;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Tokens kept in the database and checked against a [TokenBook] in memory.
///
/// [TokenKeeper] refreshes the book; when the database does not answer, the book as it was goes on.
@ApplicationScoped
public class DatabaseTokens implements Tokens {

    private static final String NONE = "no bearer token; send the header 'Authorization: Bearer tw_...'";
    private static final String NOT_OURS = "the Authorization header holds no token of ours; expected 'Bearer tw_...', complete and unchanged";

    private final Transactions transactions;
    private final InstantSource clock;
    private final IdentityMetrics metrics;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentHashMap<String, Instant> used = new ConcurrentHashMap<>();
    private volatile TokenBook book = TokenBook.EMPTY;
    private volatile Runnable whenUnknown = () -> { };

    /// Tokens of the database behind `dataSource`, none of which is known before the first [#refresh].
    @Inject
    public DatabaseTokens(DataSource dataSource, InstantSource clock, MeterRegistry registry) {
        this.transactions = new Transactions(dataSource);
        this.clock = clock;
        this.metrics = new IdentityMetrics(registry);
    }

    @Override
    public Check checkIngest(@Nullable String authorization, Signal signal) {
        return check(Kind.INGEST, authorization, (text, now) -> book.checkIngest(text, signal, now));
    }

    @Override
    public Check checkApi(@Nullable String authorization) {
        return check(Kind.API, authorization, (text, now) -> book.checkApi(text, now));
    }

    private Check check(Kind use, @Nullable String authorization, Scale scale) {
        var check = TokenText.inHeader(authorization)
                .map(text -> weigh(text, scale))
                .orElseGet(() -> new Check.Unknown(authorization == null ? NONE : NOT_OURS));
        metrics.checked(use, check);
        return check;
    }

    private Check weigh(TokenText text, Scale scale) {
        var now = clock.instant();
        var check = scale.weigh(text, now);
        if (check instanceof Check.Accepted) {
            used.put(text.id(), now);
        } else if (!book.knows(text.id())) {
            // Perhaps it was issued elsewhere a moment ago: the sender's next attempt shall find it.
            whenUnknown.run();
        }
        return check;
    }

    @Override
    public Issued issue(String name, Kind kind, Set<Signal> signals, Set<Scope> scopes, @Nullable Instant expiresAt, String issuedBy) {
        return change("issue a token", connection -> issue(connection, name, kind, signals, scopes, expiresAt, issuedBy));
    }

    /// As [#issue], inside a [#change].
    Issued issue(Connection connection, String name, Kind kind, Set<Signal> signals, Set<Scope> scopes, @Nullable Instant expiresAt,
            String issuedBy) throws SQLException {
        var now = now();
        TokenRequest.check(name, kind, signals, scopes, expiresAt, now);
        var text = TokenText.random(random);
        var token = new Token(text.id(), name, kind, Set.copyOf(signals), Set.copyOf(scopes), now, expiresAt, null, null);
        new TokenTable(connection).insert(token, text.sha256(), issuedBy);
        AccessLogTable.write(connection, now, issuedBy, What.TOKEN_ISSUED, "", "token " + token.id());
        return new Issued(token, text.text());
    }

    @Override
    public boolean revoke(String id, String by) {
        return change("revoke token '" + id + "'", connection -> revoke(connection, id, by));
    }

    /// As [#revoke(String, String)], inside a [#change].
    boolean revoke(Connection connection, String id, String by) throws SQLException {
        var revoked = new TokenTable(connection).revoke(id, now(), by);
        if (revoked) {
            AccessLogTable.write(connection, now(), by, What.TOKEN_REVOKED, "", "token " + id);
        }
        return revoked;
    }

    @Override
    public List<Token> list() {
        return transactions.in("list tokens", connection -> new TokenTable(connection).all()).values().stream()
                .map(TokenBook.Page::token).toList();
    }

    /// Runs `work` in a transaction and turns to a book that holds what it changed.
    ///
    /// @throws IdentityUnavailable when the database fails; nothing is changed then, and the book stays as it was
    <T> T change(String what, Transactions.Work<T> work) {
        // One at a time: a slow read must not put back what was changed meanwhile. Checking needs no lock.
        synchronized (transactions) {
            var changed = transactions.in(what, connection -> new Changed<>(work.in(connection), read(connection)));
            book = changed.book();
            return changed.result();
        }
    }

    /// Reads all tokens, and writes down when they were last used.
    ///
    /// @throws IdentityUnavailable when the database does not answer; the book stays as it was
    void refresh() {
        var seen = new HashMap<>(used);
        change("read tokens", connection -> {
            new TokenTable(connection).touch(seen);
            return seen;
        });
        // Only what was written: a use that came in meanwhile waits for the next time.
        seen.forEach(used::remove);
    }

    private static TokenBook read(Connection connection) throws SQLException {
        return new TokenBook(new TokenTable(connection).all());
    }

    private record Changed<T>(T result, TokenBook book) {
    }

    /// Has `refresher` run when a token comes that the book does not know; it must not wait.
    void onUnknown(Runnable refresher) {
        whenUnknown = refresher;
    }

    /// What the database can keep of the time.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private interface Scale {
        Check weigh(TokenText text, Instant now);
    }
}
