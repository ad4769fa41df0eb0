package io.trailwarden.identity;

import io.trailwarden.identity.Accounts.Account;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The table of the console's sessions, over one connection.
final class SessionTable {

    /// Whoever works longer signs in again. Idle sessions end sooner, by their cookie.
    static final Duration LONGEST = Duration.ofHours(12);

    private static final String HOLDER = """
            select a.name, a.password_hash, a.roles, a.created_at, a.last_signed_in
            from console_session s join account a on a.name = s.account
            where s.id = ? and s.begun_at > ?
            """;

    private static final String BEGIN = """
            insert into console_session (id, account, begun_at) values (?, ?, ?)
            """;

    private static final String FORGET = """
            delete from console_session where begun_at <= ?
            """;

    private static final String END = """
            delete from console_session where id = ? returning account
            """;

    private static final String END_ALL = """
            delete from console_session where account = ? and id is distinct from ?
            """;

    private final Connection connection;

    SessionTable(Connection connection) {
        this.connection = connection;
    }

    /// The account that `session` is of; empty when it ended.
    Optional<Account> holder(UUID session, Instant now) throws SQLException {
        try (var statement = connection.prepareStatement(HOLDER)) {
            statement.setObject(1, session);
            statement.setObject(2, now.minus(LONGEST).atOffset(ZoneOffset.UTC));
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(AccountTable.row(rows).account()) : Optional.empty();
            }
        }
    }

    /// Begins a session, and forgets those that ended by their age.
    UUID begin(String account, Instant now) throws SQLException {
        try (var forget = connection.prepareStatement(FORGET); var begin = connection.prepareStatement(BEGIN)) {
            forget.setObject(1, now.minus(LONGEST).atOffset(ZoneOffset.UTC));
            forget.executeUpdate();
            var session = UUID.randomUUID();
            begin.setObject(1, session);
            begin.setString(2, account);
            begin.setObject(3, now.atOffset(ZoneOffset.UTC));
            begin.executeUpdate();
            return session;
        }
    }

    /// @return whose it was; empty when it had ended before
    Optional<String> end(UUID session) throws SQLException {
        try (var statement = connection.prepareStatement(END)) {
            statement.setObject(1, session);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString("account")) : Optional.empty();
            }
        }
    }

    /// Ends the sessions of `account`.
    ///
    /// @param but goes on; null for none
    void endAll(String account, @Nullable UUID but) throws SQLException {
        try (var statement = connection.prepareStatement(END_ALL)) {
            statement.setString(1, account);
            statement.setObject(2, but);
            statement.executeUpdate();
        }
    }
}
