package io.trailwarden.inventory;

import io.trailwarden.store.Fleet.Details;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people's agents did, added up: quick to read however long the trail is, and a second or so behind it.
///
/// Hours and days are UTC, by the client's clock; by ours where the client's cannot be believed. Ranges include `from` and
/// exclude `to`. A mode is the client's word, empty while unknown, `other` for one this version does not know. Throws
/// [InventoryUnavailable] when the database does not answer.
public interface Activity {

    /// Everyone's hours, each by mode, oldest first. Hours without a record are left out.
    List<Hour> hours(Instant from, Instant to);

    /// One person's hours, as [#hours(Instant, Instant)].
    List<Hour> hours(String person, Instant from, Instant to);

    /// Everyone's days, oldest first. Days without a record are left out.
    List<Day> days(LocalDate from, LocalDate to);

    /// One person's days, as [#days(LocalDate, LocalDate)].
    List<Day> days(String person, LocalDate from, LocalDate to);

    /// Several people's days, by person; for a page of a list. People without a record are left out.
    Map<String, List<Day>> days(Collection<String> people, LocalDate from, LocalDate to);

    /// Everything of everyone in these days as one; compare it with that of the days before.
    Total total(LocalDate from, LocalDate to);

    /// How it stands with everyone seen since `since`.
    Now now(Instant since);

    /// What the clients of `people` said last about themselves, by person; those who are unknown are left out.
    Map<String, State> states(Collection<String> people);

    /// How far the counting is.
    Progress progress();

    /// One hour in one mode.
    ///
    /// @param people how many were active in that hour in that mode
    record Hour(Instant hour, String mode, long people, Sums sums) {
    }

    /// One day.
    ///
    /// @param people how many were active
    /// @param medianWait how long a person took to answer, about; null when no wait was measured
    record Day(LocalDate day, long people, Sums sums, @Nullable Duration medianWait) {
    }

    /// Some days as one.
    ///
    /// @param people how many different ones were active
    /// @param medianWait as in [Day]
    record Total(long people, Sums sums, @Nullable Duration medianWait) {
    }

    /// What is added up.
    ///
    /// @param records records of every signal
    /// @param prompts prompts that people entered
    /// @param askedAccepted tool decisions where a person was asked and accepted
    /// @param configAccepted tool decisions where nobody was asked, neither a person nor a hook
    /// @param hookAccepted tool decisions of a hook
    /// @param done tool calls that worked
    /// @param failed tool calls that ran and failed
    /// @param waits questions whose time to the answer was measured by a span
    /// @param waited their sum
    /// @param requests model requests that were answered
    /// @param costMicros the client's estimate, millionths of a US dollar
    /// @param tokensIn tokens sent, less those read from the cache
    /// @param tokensOut tokens received
    /// @param tokensCached tokens read from the cache
    record Sums(long records, long prompts, long askedAccepted, long askedRefused, long configAccepted, long configRefused, long hookAccepted,
            long hookRefused, long done, long failed, long waits, Duration waited, long requests, long costMicros, long tokensIn, long tokensOut,
            long tokensCached) {

        /// Nothing at all.
        public static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, 0, 0, 0, 0, 0);

        /// Decisions where a person was asked.
        public long asked() {
            return askedAccepted + askedRefused;
        }

        /// All decisions.
        public long decisions() {
            return asked() + configAccepted + configRefused + hookAccepted + hookRefused;
        }

        /// All decisions that said no.
        public long refused() {
            return askedRefused + configRefused + hookRefused;
        }

        /// Both together.
        public Sums plus(Sums other) {
            return new Sums(records + other.records, prompts + other.prompts, askedAccepted + other.askedAccepted, askedRefused + other.askedRefused,
                    configAccepted + other.configAccepted, configRefused + other.configRefused, hookAccepted + other.hookAccepted,
                    hookRefused + other.hookRefused, done + other.done, failed + other.failed, waits + other.waits, waited.plus(other.waited),
                    requests + other.requests, costMicros + other.costMicros, tokensIn + other.tokensIn, tokensOut + other.tokensOut,
                    tokensCached + other.tokensCached);
        }
    }

    /// Everyone seen lately, by what their clients said last.
    ///
    /// @param people how many they are
    /// @param byMode how many are in each mode; empty text for those who never told one
    /// @param byVersion how many use each version of Claude Code, the most used first, at most 20; empty text for unknown
    /// @param managed in how many managed settings are in force
    /// @param unmanaged in how many none are
    /// @param policyUnknown how many never said
    /// @param byDetails how many send the arguments of tool calls so; every one of [Details] present
    record Now(long people, Map<String, Long> byMode, Map<String, Long> byVersion, long managed, long unmanaged, long policyUnknown,
            Map<Details, Long> byDetails) {
    }

    /// What one person's client said last about itself.
    ///
    /// @param mode null before any record told one
    /// @param clientVersion of Claude Code, client text; null when it is not sent
    /// @param managed whether managed settings are in force; null when it never said
    /// @param managedSources where they come from, client text; null when it never said
    /// @param details whether calls of Bash and MCP tools come with their arguments
    record State(Instant seenAt, @Nullable String mode, @Nullable String clientVersion, @Nullable Boolean managed, @Nullable String managedSources,
            @Nullable Instant managedAt, Details details) {
    }

    /// How far the counting is.
    ///
    /// @param position last record counted, 0 for none
    /// @param behind records not counted yet
    /// @param running false while the database does not answer, or before start
    record Progress(long position, long behind, boolean running) {
    }
}
