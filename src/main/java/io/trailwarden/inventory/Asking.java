package io.trailwarden.inventory;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Questions to the database behind a pool.
final class Asking {

    private final DataSource database;

    Asking(DataSource database) {
        this.database = database;
    }

    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /// The answer to `question`.
    ///
    /// @param what for the error, such as `count people`
    <T> T ask(String what, Question<T> question) {
        try (var connection = database.getConnection()) {
            return question.ask(connection);
        } catch (SQLException e) {
            throw new InventoryUnavailable("cannot " + what, e);
        }
    }

    /// The same, in one transaction: all of it is done, or nothing.
    <T> T askWhole(String what, Question<T> question) {
        return ask(what, connection -> {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                var answer = question.ask(connection);
                connection.commit();
                done = true;
                return answer;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        });
    }

    /// The rows of a query, its parameters in order; null is passed as text.
    static <T> List<T> rows(Connection connection, String sql, Row<T> reading, @Nullable Object... parameters) throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof Object[] array) {
                    query.setArray(i + 1, connection.createArrayOf(array instanceof String[] ? "text" : "uuid", array));
                } else {
                    query.setObject(i + 1, parameters[i]);
                }
            }
            try (var found = query.executeQuery()) {
                var rows = new ArrayList<T>();
                while (found.next()) {
                    rows.add(reading.read(found));
                }
                return List.copyOf(rows);
            }
        }
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
