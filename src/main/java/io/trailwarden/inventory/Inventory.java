package io.trailwarden.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What agents deal with: MCP servers and hosts, a second or so behind the trail.
///
/// Names are client text. Times are the client's, ours where the client's cannot be believed. Throws
/// [InventoryUnavailable] when the database does not answer.
public interface Inventory {

    /// Those that match, seen for the first time last on top.
    List<Counterpart> list(Query query, int offset, int limit);

    /// How many match.
    long count(Query query);

    /// Those whose name begins so, in any case, in the order of their names.
    List<Named> beginning(Kind kind, String beginning, int limit);

    /// One by its id.
    Optional<Counterpart> find(Kind kind, UUID id);

    /// Who deals with it, last seen first.
    List<Dealing> people(Kind kind, UUID id, int limit);

    /// What one person deals with, last seen first; the numbers are theirs.
    List<Dealing> of(String person, Kind kind, int limit);

    /// Tools of a server, or programs that speak to a host, the most used first.
    List<Use> uses(Kind kind, UUID id, int limit);

    /// How many there are.
    ///
    /// @param since what was first seen from here on is new
    Summary summary(Kind kind, Instant since);

    /// Who said that it is wanted.
    enum Standing {
        /// Nobody.
        NOBODY,
        /// Somebody, in the console.
        APPROVED,
        /// The list of a policy file.
        POLICY
    }

    /// Which are asked for.
    ///
    /// @param since first seen from here on; null for whenever
    /// @param approved whether somebody or a policy file approved it; null for both
    /// @param person who deals with it; null for anybody
    /// @param text a part of its name, without regard to case; null for any
    record Query(Kind kind, @Nullable Instant since, @Nullable Boolean approved, @Nullable String person, @Nullable String text) {

        /// Everything of `kind`.
        public static Query all(Kind kind) {
            return new Query(kind, null, null, null, null);
        }
    }

    /// An MCP server or a host, and no more.
    ///
    /// @param id names it in addresses
    record Named(Kind kind, UUID id, String name) {
    }

    /// An MCP server or a host.
    ///
    /// @param id names it in addresses
    /// @param name empty for those whose clients keep it back; null for all names beyond those that are kept apart
    /// @param whole whether that is the whole name
    /// @param firstPerson who was seen with it first
    /// @param firstEvent the record that shows it
    /// @param connections of a server: times it connected
    /// @param calls that ran, failed ones included
    /// @param refused calls that somebody or something refused
    /// @param failures calls that ran and failed
    /// @param scopes of a server: where configurations of this name come from
    /// @param transports of a server: how it is spoken to
    /// @param uses its most used tools, or the programs that speak to it most, at most 3; client text
    /// @param standing who said that it is wanted
    record Counterpart(UUID id, Kind kind, @Nullable String name, boolean whole, Instant firstSeen, String firstPerson, UUID firstEvent,
            Instant lastSeen, long people, long sessions, long connections, long failedConnections, long calls, long refused, long failures,
            List<String> scopes, List<String> transports, List<String> uses, Standing standing) {

        public Counterpart {
            scopes = List.copyOf(scopes);
            transports = List.copyOf(transports);
            uses = List.copyOf(uses);
        }

        /// Whether it has a name that can be approved.
        public boolean approvable() {
            return name != null && !name.isEmpty() && whole;
        }
    }

    /// One person's dealings with one of them.
    ///
    /// @param id of the server or host
    /// @param name as in [Counterpart]
    record Dealing(UUID id, @Nullable String name, String person, Instant firstSeen, UUID firstEvent, Instant lastSeen, long sessions,
            long connections, long calls, long refused, long failures) {
    }

    /// One tool or program.
    ///
    /// @param name client text; null for all beyond those that are kept apart
    record Use(@Nullable String name, Instant lastSeen, long calls, long refused, long failures) {
    }

    /// How many there are.
    ///
    /// @param all every one with a name
    /// @param fresh first seen lately
    /// @param freshUnapproved of these, approved by nobody
    /// @param unapproved of all, approved by nobody
    record Summary(long all, long fresh, long freshUnapproved, long unapproved) {
    }
}
