package io.trailwarden.rules;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// A rule that remembers: a correlation or a detector.
///
/// Has no clock: it is told the time, which is that of the records and, while none come, of ticks. The same records in
/// the same order always give the same matches. Its memory is bounded, and can be saved and restored.
interface Stateful {

    /// Takes one record into account.
    void observe(Moment moment, Consumer<Match> found);

    /// Whether a record that no rule matched is of no interest.
    default boolean needsMatches() {
        return false;
    }

    /// Says that nothing received before `now` will come any more.
    default void advance(Instant now, Consumer<Match> found) {
    }

    /// Writes all that is remembered.
    void save(StateWriter out);

    /// Reads what [#save] wrote.
    void restore(StateReader in);

    /// What the form of the memory depends on, as text: a rule that changed in other ways keeps its memory.
    String shape();

    /// One record and all that was found out about it before.
    ///
    /// @param matches by the index of the rule
    /// @param step what it did to the mode of its session
    /// @param waits waiting times that became known with it
    /// @param traced whether spans came from its session before
    record Moment(Row row, List<List<Match>> matches, io.trailwarden.event.ModeTracker.Step step, List<Waits.Wait> waits, boolean traced) {
    }
}
