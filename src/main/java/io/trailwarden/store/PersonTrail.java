package io.trailwarden.store;

import io.trailwarden.event.EventId;
import io.trailwarden.store.Trail.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One person's log records, summed up by day, by mode and by prompt, and read in either direction. Throws
/// [TrailUnavailable] when the database does not answer.
public interface PersonTrail {

    /// Days on which there is something, oldest first.
    ///
    /// @param from first day, inclusive
    /// @param to last day, inclusive
    /// @param zone in which days begin
    List<Day> days(String person, LocalDate from, LocalDate to, ZoneId zone);

    /// Stretches of sessions in one mode and with unbroken numbers, in order of their beginning; the first 5,000.
    List<Stretch> stretches(Scope scope);

    /// What stands out: answers of people, refusals, MCP servers, hosts, changes of mode. Oldest first.
    ///
    /// @param limit the newest so many
    List<Mark> marks(Scope scope, int limit);

    /// Prompts and what was done for each.
    ///
    /// @param cursor `next` of the page before
    Page<Prompt> prompts(Scope scope, Order order, int limit, @Nullable String cursor);

    /// Records of `scope` that `filter` takes.
    ///
    /// @param limit 1 to 1000
    /// @param cursor `next` of the page before
    Page<StoredEvent> records(Scope scope, Filter filter, Order order, int limit, @Nullable String cursor);

    /// A cursor at which prompts, or records, oldest first, go on with what begins at `time` or later.
    static String from(Instant time) {
        return Cursor.of(time.minusNanos(1000), Long.MAX_VALUE).text();
    }

    /// A cursor at which records go on after `record`, in either direction.
    static String after(StoredEvent record) {
        return Cursor.of(record.event().time(), record.position()).text();
    }

    /// What was spoken to, written and run most, by kind.
    ///
    /// @param most how many of each kind
    List<Touched> touched(Scope scope, int most);

    /// What all of `scope` comes to.
    Totals totals(Scope scope);

    /// In which direction of the client's time.
    enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /// Whose records, and when by the client's clock.
    ///
    /// @param session null for all
    /// @param from inclusive; null for any
    /// @param to exclusive; null for any
    record Scope(String person, @Nullable String session, @Nullable Instant from, @Nullable Instant to) {
    }

    /// Kinds of records that people look for; a record may be several.
    enum Which {
        PROMPTS,
        DECISIONS,
        REFUSALS,
        COMMANDS,
        FILES,
        MCP,
        EGRESS,
        MODES
    }

    /// Which records; null and empty mean any.
    ///
    /// @param name such as `tool_decision`
    /// @param prompt `prompt.id`; empty for records of no prompt
    /// @param text in what we worked out (commands, files, hosts, servers) or the tool's name, in any case. Never in prompts
    ///             or answers: who may not read words must not find them by guessing
    record Filter(Set<Which> which, @Nullable String name, @Nullable String prompt, @Nullable String text) {

        /// Takes all.
        public static final Filter ALL = new Filter(Set.of(), null, null, null);

        public Filter {
            which = Set.copyOf(which);
        }
    }

    /// One day.
    ///
    /// @param byMode records by effective mode; `""` where none was told
    record Day(LocalDate date, long records, long prompts, Map<String, Long> byMode) {
        public Day {
            byMode = Map.copyOf(byMode);
        }
    }

    /// A part of a session without a change of mode, a gap or a restart in it.
    ///
    /// @param firstSequence `event.sequence` of its first record; null when it has none
    /// @param lastSequence the same of its last record
    /// @param began why it is not one with the stretch before
    record Stretch(String session, @Nullable String mode, Instant from, Instant to, long records, @Nullable Long firstSequence,
            @Nullable Long lastSequence, Began began) {
    }

    /// Why a stretch begins.
    enum Began {
        SESSION,
        MODE,
        GAP,
        RESTART
    }

    /// A record that stands out.
    ///
    /// @param label server, host or mode, as the client sent it; empty for answers
    /// @param by `user_temporary`, `config`, `hook`, ...
    /// @param since time since the record of the same prompt before it: how long a question stood open at most; null when
    ///              there is none, or none within the hour before the oldest mark
    record Mark(EventId event, String session, Instant time, What what, String label, @Nullable String by, @Nullable Duration since) {

        /// What it is.
        public enum What {
            ANSWERED,
            REFUSED,
            MCP,
            EGRESS,
            MODE
        }
    }

    /// One prompt of one session, or what belongs to none within an hour.
    ///
    /// @param id `prompt.id`; null for what belongs to none
    /// @param record the prompt itself; null when it did not come
    /// @param length characters of it; null when not told
    /// @param tools calls that were decided about
    /// @param asked of these, those that a person answered
    /// @param refused of these, those that were not allowed
    /// @param cost US dollars
    /// @param modes modes it was in, in order of first appearance
    record Prompt(String session, @Nullable String id, Instant from, Instant to, @Nullable EventId record, @Nullable Long length,
            long records, long tools, long asked, long refused, double cost, List<String> modes) {
        public Prompt {
            modes = List.copyOf(modes);
        }
    }

    /// Something that was touched.
    ///
    /// @param name as the client sent it
    record Touched(Kind kind, String name, long times) {

        /// What it is.
        public enum Kind {
            HOST,
            WRITTEN,
            PROGRAM,
            MCP
        }
    }

    /// Sums.
    ///
    /// @param tokens in and out, cache not counted
    /// @param cost US dollars
    record Totals(long records, long prompts, long tools, long asked, long refused, long failed, long requests, long tokens, double cost) {
    }
}
