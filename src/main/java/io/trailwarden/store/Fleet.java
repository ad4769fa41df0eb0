package io.trailwarden.store;

import io.trailwarden.store.Trail.Page;
import io.trailwarden.store.Trail.Person;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everybody whose agent sent something, taken together. Throws [TrailUnavailable] when the database does not answer.
public interface Fleet {

    /// People that match, a page at a time.
    ///
    /// @param cursor `next` of the page before, null for the first
    Page<Person> people(PeopleQuery query, int limit, @Nullable String cursor);

    /// How many match.
    long count(PeopleQuery query);

    /// People whose name begins so, in any case, in the order of their names.
    List<Person> beginning(String beginning, int limit);

    /// Sessions whose id is exactly this; two people may have sent the same one.
    List<Trail.Session> sessions(String id, int limit);

    /// Which people are asked for; null means any.
    ///
    /// @param mode their effective permission mode
    /// @param clients one of these versions; empty text for one that is not told
    /// @param since seen then or later, client clock
    /// @param until not seen any more then or later, client clock
    /// @param text somewhere in the name, in any case
    /// @param names one of these, exactly
    /// @param managed whether managed settings are in force in their client, as far as it is told
    /// @param details whether their clients send the arguments of tool calls
    record PeopleQuery(@Nullable String mode, @Nullable Set<String> clients, @Nullable Instant since, @Nullable Instant until,
            @Nullable String text, @Nullable Set<String> names, @Nullable Managed managed, @Nullable Details details, Order order) {

        public PeopleQuery {
            clients = clients == null ? null : Set.copyOf(clients);
            names = names == null ? null : Set.copyOf(names);
        }

        /// Everybody, last seen first.
        public static PeopleQuery everybody() {
            return new PeopleQuery(null, null, null, null, null, null, null, null, Order.LAST_SEEN);
        }
    }

    /// Whether managed settings are in force in somebody's client.
    enum Managed {
        /// They are.
        IN_FORCE,
        /// It said that there are none.
        NOT_AT_ALL,
        /// It never said.
        NOT_TOLD
    }

    /// Whether somebody's clients send the arguments of calls of Bash and MCP tools, as the switch
    /// `OTEL_LOG_TOOL_DETAILS` makes them.
    enum Details {
        /// With every call.
        FULL,
        /// With some calls and not with others, within a week: two machines, or a switch that was turned.
        PART,
        /// With none.
        NONE,
        /// There was no such call yet.
        NOT_TOLD;

        /// Reads what the inventory wrote; null for nothing yet.
        public static Details of(@Nullable String written) {
            return written == null ? NOT_TOLD : valueOf(written.toUpperCase(Locale.ROOT));
        }
    }

    /// In which order people come.
    enum Order {
        /// Last seen first.
        LAST_SEEN,
        /// By name, upper and lower case alike.
        NAME
    }
}
