package io.trailwarden.inventory;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows for one statement that takes a column as an array each: one round trip for a whole batch. For one thread.
final class Bulk {

    private final String[] types;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /// @param types PostgreSQL's names of the columns' types
    Bulk(String... types) {
        this.types = types.clone();
    }

    void add(@Nullable Object... row) {
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /// Binds the columns to the parameters from 1 on.
    PreparedStatement bind(PreparedStatement statement) throws SQLException {
        for (int column = 0; column < types.length; column++) {
            int at = column;
            statement.setArray(column + 1, statement.getConnection().createArrayOf(types[column],
                    rows.stream().map(row -> row[at]).toArray()));
        }
        return statement;
    }

    /// `?::a[], ?::b[]` for `unnest`.
    String parameters() {
        return String.join(", ", Arrays.stream(types).map(type -> "?::" + type + "[]").toList());
    }
}
