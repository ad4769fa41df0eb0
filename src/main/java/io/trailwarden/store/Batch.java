package io.trailwarden.store;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.spool.Frame;
import io.trailwarden.spool.Spool;
import java.util.List;

/// Frames that are loaded in one transaction.
///
/// @param start where the spool was loaded to before
/// @param frames at least one, oldest first
record Batch(Spool.Position start, List<Spool.Placed> frames) {

    Batch {
        frames = List.copyOf(frames);
    }

    /// Where the spool is loaded to afterwards.
    Spool.Position end() {
        return frames.getLast().position();
    }

    /// All records, in the order sent.
    List<AuditEvent> events() {
        return frames.size() == 1 ? events(frames.getFirst()) : frames.stream().flatMap(placed -> events(placed).stream()).toList();
    }

    /// Records of the books that the frames stand for.
    int records() {
        return frames.stream().mapToInt(placed -> placed.frame().records()).sum();
    }

    /// The older half of the frames.
    Batch older() {
        return new Batch(start, frames.subList(0, frames.size() / 2));
    }

    /// The other half.
    Batch newer() {
        int half = frames.size() / 2;
        return new Batch(frames.get(half - 1).position(), frames.subList(half, frames.size()));
    }

    private static List<AuditEvent> events(Spool.Placed placed) {
        return switch (placed.frame()) {
            case Frame.Records(var events) -> events;
            case Frame.Unreadable _, Frame.Damaged _ -> List.of();
        };
    }
}
