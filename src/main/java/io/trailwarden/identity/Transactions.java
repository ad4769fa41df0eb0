package io.trailwarden.identity;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/// Runs work in one transaction: all of it, or nothing.
final class Transactions {

    private final DataSource dataSource;

    Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// What `work` gives, committed.
    ///
    /// @param what for the error, such as `issue a token`
    /// @throws IdentityUnavailable when the database fails; nothing is changed then
    <T> T in(String what, Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            return committed(connection, work);
        } catch (SQLException e) {
            throw new IdentityUnavailable("cannot " + what, e);
        }
    }

    private static <T> T committed(Connection connection, Work<T> work) throws SQLException {
        var done = false;
        try {
            var result = work.in(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }
    }

    interface Work<T> {
        T in(Connection connection) throws SQLException;
    }
}
