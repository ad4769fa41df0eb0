package io.trailwarden.store;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Json;
import io.trailwarden.spool.Frame;
import io.trailwarden.spool.Spool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes down what could not be kept as a record, where a person will find it.
final class Unreadables {

    /// Reason in the books of records that were read but that no row can hold.
    static final String UNLOADABLE = "unloadable";

    private static final String DAMAGED = "damaged_spool";

    /// Most bytes of a record kept aside.
    private static final int KEPT = 1 << 20;

    private static final String INSERT = """
            insert into unreadable (noted_at, received_at, principal, reason, detail, content_type, size, sha256, beginning, content,
              spool, segment, byte_offset)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private Unreadables() {
    }

    /// Writes what of `batch` is no record, and `refused`.
    static void write(Connection connection, UUID spool, Batch batch, Set<AuditEvent> refused, Instant now) throws SQLException {
        if (refused.isEmpty() && batch.frames().stream().allMatch(placed -> placed.frame() instanceof Frame.Records)) {
            return;
        }
        try (var insert = connection.prepareStatement(INSERT)) {
            for (var placed : batch.frames()) {
                switch (placed.frame()) {
                    case Frame.Unreadable unreadable -> add(insert, spool, placed.position(), now, row(unreadable));
                    case Frame.Damaged damaged -> add(insert, spool, placed.position(), now, row(damaged));
                    case Frame.Records(var events) -> {
                        for (var event : events) {
                            if (refused.contains(event)) {
                                add(insert, spool, placed.position(), now, row(event));
                            }
                        }
                    }
                }
            }
            insert.executeBatch();
        }
    }

    private record Row(@Nullable Instant receivedAt, @Nullable String principal, String reason, String detail, @Nullable String contentType,
            long size, @Nullable String sha256, String beginning, byte @Nullable [] content) {
    }

    private static Row row(Frame.Unreadable unreadable) {
        return new Row(unreadable.receivedAt(), unreadable.principal(), unreadable.reason(), unreadable.detail(),
                unreadable.contentType(), unreadable.size(), unreadable.sha256(), unreadable.beginning(), null);
    }

    private static Row row(Frame.Damaged damaged) {
        return new Row(null, null, DAMAGED, "segment %s fails its checksum from byte %d".formatted(damaged.segment(), damaged.offset()),
                null, damaged.bytes(), null, "", null);
    }

    private static Row row(AuditEvent event) {
        byte[] json = json(event).getBytes(StandardCharsets.UTF_8);
        return new Row(event.receivedAt(), event.seen().origin().principal(), UNLOADABLE, "no row can hold record " + event.id(), null,
                json.length, sha256(json), "", Arrays.copyOf(json, Math.min(json.length, KEPT)));
    }

    private static void add(PreparedStatement insert, UUID spool, Spool.Position position, Instant now, Row row) throws SQLException {
        insert.setObject(1, now.atOffset(ZoneOffset.UTC));
        insert.setObject(2, row.receivedAt() == null ? null : row.receivedAt().atOffset(ZoneOffset.UTC));
        insert.setString(3, Storable.orNull(row.principal()));
        insert.setString(4, Storable.text(row.reason()));
        insert.setString(5, Storable.text(row.detail()));
        insert.setString(6, Storable.orNull(row.contentType()));
        insert.setLong(7, row.size());
        insert.setString(8, Storable.orNull(row.sha256()));
        insert.setString(9, Storable.text(row.beginning()));
        insert.setBytes(10, row.content());
        insert.setObject(11, spool);
        insert.setLong(12, position.segment());
        insert.setLong(13, position.offset());
        insert.addBatch();
    }

    private static String json(AuditEvent event) {
        var seen = event.seen();
        var whole = Attributes.builder().put("name", seen.name()).put("time", seen.time().toString())
                .put("person", seen.origin().person()).put("session", seen.origin().session());
        return "[" + Json.write(whole.build()) + "," + Json.write(seen.origin().resource()) + "," + Json.write(seen.origin().common()) + ","
                + Json.write(seen.attributes()) + "," + Json.write(seen.derived()) + "," + Json.write(seen.envelope()) + "]";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }
}
