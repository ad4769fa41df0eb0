package io.trailwarden.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/// The table of who came, was turned away, or changed who may come; see its migration.
final class AccessLog {

    /// Who stands for a name that no account has.
    static final String UNKNOWN = "(unknown)";

    private static final String INSERT = """
            insert into access_log (at, who, what, address, detail) values (?, ?, ?, ?, ?)
            """;

    private AccessLog() {
    }

    /// What can happen. The name in lower case is what the table says.
    enum What {
        SIGNED_IN,
        SIGN_IN_FAILED,
        TOKEN_ISSUED,
        TOKEN_REVOKED,
        ACCOUNT_CREATED,
        PASSWORD_CHANGED
    }

    /// Writes one line in the transaction of `connection`.
    ///
    /// @param address of the client, empty for what the program did itself
    static void write(Connection connection, Instant at, String who, What what, String address, String detail)
            throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, at.atOffset(ZoneOffset.UTC));
            statement.setString(2, who);
            statement.setString(3, what.name().toLowerCase(Locale.ROOT));
            statement.setString(4, address);
            statement.setString(5, detail);
            statement.executeUpdate();
        }
    }
}
