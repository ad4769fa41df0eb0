package io.trailwarden.store;

import io.trailwarden.event.EventId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Commands of everyone's agents, asked for or run, as far back as the newest records of the trail go. Throws
/// [TrailUnavailable] when the database does not answer, or not in time.
public interface Commands {

    /// How many records are looked through, the newest in the order of the trail. Commands have no index of their own:
    /// these are a thousand or two pages that were just written, and 7 ms where they are in memory.
    int RECORDS = 20_000;

    /// Commands with `text` in them, in any case: first those that begin so, the newest first. Each is told once, with the
    /// newest record of it.
    List<Command> with(String text, int limit);

    /// One command.
    ///
    /// @param text client text, at most 300 characters of it
    /// @param session null when the client sent none
    record Command(String text, String person, @Nullable String session, EventId record, Instant time) {
    }
}
