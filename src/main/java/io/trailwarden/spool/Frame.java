package io.trailwarden.spool;

import io.trailwarden.event.AuditEvent;
import java.time.Instant;
import java.util.List;

/// What one request left in the spool.
public sealed interface Frame {

    /// How many records of the books this frame stands for.
    int records();

    /// The redacted records of one request, in the order sent.
    record Records(List<AuditEvent> events) implements Frame {
        public Records {
            events = List.copyOf(events);
        }

        @Override
        public int records() {
            return events.size();
        }
    }

    /// A request, or one record of a request, that could not be read: kept for a person to look at.
    ///
    /// @param reason short and stable, such as `malformed_protobuf`
    /// @param detail what was wrong and where, in words; holds no content
    /// @param sha256 hexadecimal digest of the inflated body
    /// @param size bytes of the inflated body
    /// @param principal who sent it
    /// @param contentType as sent
    /// @param beginning first bytes as redacted text when policy allows to keep them, else empty
    record Unreadable(String reason, String detail, String sha256, long size, String principal, String contentType,
            String beginning, Instant receivedAt) implements Frame {
        @Override
        public int records() {
            return 0;
        }
    }

    /// A stretch of a segment that does not pass its checksum.
    ///
    /// @param bytes how many bytes were passed over
    record Damaged(String segment, long offset, long bytes) implements Frame {
        @Override
        public int records() {
            return 0;
        }
    }
}
