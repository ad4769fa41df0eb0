package io.trailwarden.identity;

import io.trailwarden.event.Signal;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes what nobody could start without: one administrator, one token to send with, one to read with.
///
/// They are made when there is no account at all. They are made anew, the old ones ending, when the file they were to
/// be written to is missing and nothing of them was ever used, because then the program may have died between the
/// database and the file, and nobody could sign in. As soon as anybody signed in or used one of the tokens somebody
/// has read the file, and deleting it changes nothing.
@ApplicationScoped
public class FirstRun {

    /// Name of the first administrator.
    public static final String ADMINISTRATOR = "admin";

    /// Name of the first tokens, and so the principal stamped on what is sent with them.
    static final String TOKEN_NAME = "first-run";

    private static final String BY = "first run";

    // Of two processes that start at once on one database, one waits here and then finds the other's account.
    private static final String ONE_AT_A_TIME = "lock table account in share row exclusive mode";

    private static final String STATE = """
            select (select count(*) = 0 from account) as empty,
              (select bool_and(created_by = ? and last_signed_in is null) from account)
                and (select coalesce(bool_and(created_by = ? and last_used_at is null), true) from token) as untouched
            """;

    private static final String LIVE_TOKENS = """
            select id from token where revoked_at is null order by id
            """;

    private final DatabaseTokens tokens;
    private final DatabaseAccounts accounts;
    private final SecureRandom random = new SecureRandom();

    /// Works on the database of `tokens` and `accounts`, which is the same.
    @Inject
    public FirstRun(DatabaseTokens tokens, DatabaseAccounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    /// What was made, in clear this once.
    public record Credentials(String user, Secret password, Secret ingestToken, Secret apiToken) {
    }

    /// Makes what is missing; the caller writes it down at once.
    ///
    /// @param written whether the file with what was made before exists
    /// @return empty when nothing had to be made
    /// @throws IdentityUnavailable when the database fails; nothing is made then
    public Optional<Credentials> prepare(boolean written) {
        return tokens.change("make the first account", connection -> prepare(connection, written));
    }

    private Optional<Credentials> prepare(Connection connection, boolean written) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(ONE_AT_A_TIME);
        }
        var state = state(connection);
        if (state == State.EMPTY) {
            var password = Passwords.random(random);
            accounts.create(connection, ADMINISTRATOR, password, Set.copyOf(Roles.ALL), BY);
            return Optional.of(credentials(connection, password));
        }
        if (state == State.UNTOUCHED && !written) {
            var password = Passwords.random(random);
            accounts.changePassword(connection, ADMINISTRATOR, password, BY);
            revokeAll(connection);
            return Optional.of(credentials(connection, password));
        }
        return Optional.empty();
    }

    private enum State {
        EMPTY,
        UNTOUCHED,
        IN_USE
    }

    private static State state(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(STATE)) {
            statement.setString(1, BY);
            statement.setString(2, BY);
            try (var row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean("empty")) {
                    return State.EMPTY;
                }
                return row.getBoolean("untouched") ? State.UNTOUCHED : State.IN_USE;
            }
        }
    }

    private Credentials credentials(Connection connection, Secret password) throws SQLException {
        var ingest = tokens.issue(connection, TOKEN_NAME, Kind.INGEST, Set.of(Signal.values()), Set.of(), null, BY);
        var api = tokens.issue(connection, TOKEN_NAME, Kind.API, Set.of(), Set.of(Scope.READ), null, BY);
        return new Credentials(ADMINISTRATOR, password, ingest.text(), api.text());
    }

    private void revokeAll(Connection connection) throws SQLException {
        for (var id : liveTokens(connection)) {
            tokens.revoke(connection, id, BY);
        }
    }

    private static List<String> liveTokens(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(LIVE_TOKENS); var rows = statement.executeQuery()) {
            var ids = new ArrayList<String>();
            while (rows.next()) {
                ids.add(rows.getString("id"));
            }
            return ids;
        }
    }
}
