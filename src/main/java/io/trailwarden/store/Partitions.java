package io.trailwarden.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The day partitions of `event`: names, and making those that are missing. For the loader's thread.
final class Partitions {

    private final Set<Integer> present = new HashSet<>();
    private final Set<Integer> added = new HashSet<>();

    /// The table of `day` (days since 1970), null being out of range.
    static String table(@Nullable Integer day) {
        return day == null ? "event_out_of_range" : "event_" + LocalDate.ofEpochDay(day).toString().replace('-', '_');
    }

    /// Makes the partitions of `days` that are missing, in the caller's transaction and under the loaders' lock.
    ///
    /// Attaching a table that is complete asks for a weak lock on `event`, so readers go on; `create table ... partition
    /// of` would wait for them and make others wait.
    void ensure(Connection connection, Collection<Integer> days) throws SQLException {
        added.clear();
        for (int day : days) {
            if (!present.contains(day) && added.add(day) && !exists(connection, table(day))) {
                create(connection, table(day), LocalDate.ofEpochDay(day));
            }
        }
    }

    /// The transaction is committed.
    void committed() {
        present.addAll(added);
        added.clear();
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (var query = connection.prepareStatement("select to_regclass(?) is not null")) {
            query.setString(1, table);
            try (var found = query.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    /// Names and bounds cannot be parameters of DDL; both are made of a date here.
    private static void create(Connection connection, String table, LocalDate day) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create table %1$s (like event including all)".formatted(table));
            statement.execute("alter table %1$s add constraint %1$s_id_unique unique (id)".formatted(table));
            statement.execute("comment on table %1$s is 'Records of %2$s, UTC; what event says holds'".formatted(table, day));
            statement.execute("alter table event attach partition %1$s for values in ('%2$s')".formatted(table, day));
        }
    }
}
