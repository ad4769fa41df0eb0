package io.trailwarden.identity;

import io.trailwarden.identity.Accounts.Account;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The table of accounts, over one connection.
final class AccountTable {

    private static final String BY_NAME = """
            select name, password_hash, roles, created_at, last_signed_in from account where name = ?
            """;

    private static final String ALL = """
            select name, password_hash, roles, created_at, last_signed_in from account order by name
            """;

    private static final String INSERT = """
            insert into account (name, password_hash, roles, created_at, created_by) values (?, ?, ?, ?, ?)
            on conflict (name) do nothing
            """;

    private static final String CHANGE_PASSWORD = """
            update account set password_hash = ? where name = ?
            """;

    private static final String CHANGE_ROLES = """
            update account set roles = ? where name = ?
            """;

    private static final String REMOVE = """
            delete from account where name = ?
            """;

    private static final String ADMINISTRATORS = """
            select count(*) from account where ? = any (roles)
            """;

    // Two administrators who take the role from each other at once: the second waits here, and is refused.
    private static final String ONE_AT_A_TIME = "lock table account in share row exclusive mode";

    private static final String SIGNED_IN = """
            update account set last_signed_in = ? where name = ? and password_hash = ?
            """;

    private final Connection connection;

    AccountTable(Connection connection) {
        this.connection = connection;
    }

    /// An account and what proves it.
    record Row(Account account, String passwordHash) {
        @Override
        public String toString() {
            return account.toString();
        }
    }

    Optional<Row> find(String name) throws SQLException {
        try (var statement = connection.prepareStatement(BY_NAME)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row(rows)) : Optional.empty();
            }
        }
    }

    List<Account> all() throws SQLException {
        var accounts = new ArrayList<Account>();
        try (var statement = connection.prepareStatement(ALL); var rows = statement.executeQuery()) {
            while (rows.next()) {
                accounts.add(row(rows).account());
            }
        }
        return accounts;
    }

    /// @return false when the name is taken
    boolean insert(Account account, String passwordHash, String by) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, account.name());
            statement.setString(2, passwordHash);
            statement.setArray(3, connection.createArrayOf("text", account.roles().stream().sorted().toArray()));
            statement.setObject(4, account.createdAt().atOffset(ZoneOffset.UTC));
            statement.setString(5, by);
            return statement.executeUpdate() == 1;
        }
    }

    boolean changePassword(String name, String passwordHash) throws SQLException {
        try (var statement = connection.prepareStatement(CHANGE_PASSWORD)) {
            statement.setString(1, passwordHash);
            statement.setString(2, name);
            return statement.executeUpdate() == 1;
        }
    }

    /// Keeps others from changing accounts until the transaction ends.
    void lock() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(ONE_AT_A_TIME);
        }
    }

    boolean changeRoles(String name, Set<String> roles) throws SQLException {
        try (var statement = connection.prepareStatement(CHANGE_ROLES)) {
            statement.setArray(1, connection.createArrayOf("text", roles.stream().sorted().toArray()));
            statement.setString(2, name);
            return statement.executeUpdate() == 1;
        }
    }

    boolean remove(String name) throws SQLException {
        try (var statement = connection.prepareStatement(REMOVE)) {
            statement.setString(1, name);
            return statement.executeUpdate() == 1;
        }
    }

    long administrators() throws SQLException {
        try (var statement = connection.prepareStatement(ADMINISTRATORS)) {
            statement.setString(1, Roles.ADMIN);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /// @param passwordHash what they proved to know
    /// @return false when it is no longer theirs; it stays until the transaction ends otherwise
    boolean signedIn(String name, String passwordHash, Instant at) throws SQLException {
        try (var statement = connection.prepareStatement(SIGNED_IN)) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            statement.setString(2, name);
            statement.setString(3, passwordHash);
            return statement.executeUpdate() == 1;
        }
    }

    /// The account in the current row of a query that names its columns.
    static Row row(ResultSet row) throws SQLException {
        var signedIn = row.getObject("last_signed_in", OffsetDateTime.class);
        var account = new Account(row.getString("name"), Set.of((String[]) row.getArray("roles").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), signedIn == null ? null : signedIn.toInstant());
        return new Row(account, row.getString("password_hash"));
    }
}
