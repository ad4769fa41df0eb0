package io.trailwarden.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/// How far the trail is counted, in the database. For one thread.
final class InventoryCursor {

    private static final String NAME = "live";

    private static final String BEGIN = """
            insert into inventory_cursor (name, position, moved_at) values (?, 0, ?) on conflict do nothing
            """;

    private static final String READ = "select position from inventory_cursor where name = ?";

    private static final String MOVE = "update inventory_cursor set position = ?, moved_at = ? where name = ? and position = ?";

    private final Connection connection;

    InventoryCursor(Connection connection) {
        this.connection = connection;
    }

    /// The last record counted; 0 when nothing ever was.
    long read(Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(BEGIN)) {
            insert.setString(1, NAME);
            insert.setObject(2, now.atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
        return position();
    }

    /// The last record counted.
    long position() throws SQLException {
        try (var query = connection.prepareStatement(READ)) {
            query.setString(1, NAME);
            try (var found = query.executeQuery()) {
                found.next();
                return found.getLong(1);
            }
        }
    }

    /// Moves on in the transaction under way.
    ///
    /// @return false when somebody else moved it meanwhile: nothing of this transaction may be committed
    boolean move(long from, long to, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(MOVE)) {
            update.setLong(1, to);
            update.setObject(2, now.atOffset(ZoneOffset.UTC));
            update.setString(3, NAME);
            update.setLong(4, from);
            return update.executeUpdate() == 1;
        }
    }
}
