package io.trailwarden.identity;

import io.trailwarden.event.EventId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who came, was turned away, changed who may come or what is watched and sent on, read what somebody wrote, or took a list away: lines
/// that are written once and never changed. Throws [IdentityUnavailable] when the database does not answer.
public interface AccessLog {

    /// Who stands for a name that no account has.
    String UNKNOWN = "(unknown)";

    /// Lines that match, newest first.
    List<Line> find(Query query);

    /// How many lines match, whatever the limit.
    long count(Query query);

    /// Names that did something, in order; at most 200.
    List<String> names();

    /// Writes down that somebody is about to read words. Committed when this returns.
    ///
    /// @param address of their browser
    /// @param person whose record it is
    /// @param attribute which words of it
    /// @param reason not blank
    /// @return when, our clock
    Instant revealed(String who, String address, String person, EventId event, String attribute, String reason);

    /// Writes down what somebody does to something of another feature, in the transaction of `connection`: neither is there
    /// without the other.
    static void write(Connection connection, Deed deed) throws SQLException {
        new AccessLogTable(connection).insert(deed.at(), deed.who(), deed.what(), "", deed.to(), deed.reason(), null);
    }

    /// What somebody did.
    ///
    /// @param at our clock
    /// @param to what they did it to; holds no secrets
    /// @param reason in their words; null when nothing asks why
    record Deed(Instant at, String who, What what, String to, @Nullable String reason) {
    }

    /// Writes down that somebody is about to take a list out of the program. Committed when this returns.
    ///
    /// @param address of their browser or program
    /// @param list which one, narrowed to what; holds no secrets
    /// @return when, our clock
    Instant exported(String who, String address, String list);

    /// What can happen. The name in lower case is what the table says.
    enum What {
        SIGNED_IN,
        SIGN_IN_FAILED,
        SIGNED_OUT,
        TOKEN_ISSUED,
        TOKEN_REVOKED,
        ACCOUNT_CREATED,
        PASSWORD_CHANGED,
        PASSWORD_REFUSED,
        ROLES_CHANGED,
        ACCOUNT_REMOVED,
        MCP_SERVER_APPROVED,
        MCP_SERVER_APPROVAL_WITHDRAWN,
        DESTINATION_APPROVED,
        DESTINATION_APPROVAL_WITHDRAWN,
        FORWARDING_PAUSED,
        FORWARDING_RESUMED,
        FORWARDING_RETRIED,
        WORDS_REVEALED,
        LIST_EXPORTED;

        /// As tables and addresses say it.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One line.
    ///
    /// @param id later lines have higher ones
    /// @param what null when a later version of the program wrote it
    /// @param wire the word for it in the table
    /// @param address empty for what the program did itself
    /// @param detail what it was about; holds no secrets
    /// @param reason why, in the words of the one who did it; null when nothing asked
    /// @param read what was read; null when nothing was
    record Line(long id, Instant at, String who, @Nullable What what, String wire, String address, String detail,
            @Nullable String reason, @Nullable Read read) {
    }

    /// Words that somebody read.
    ///
    /// @param person whose record it is
    record Read(String person, EventId event, String attribute) {
    }

    /// Which lines are asked for; null and empty mean any.
    ///
    /// @param whose person whose words were read, exact
    /// @param from earliest, inclusive
    /// @param to latest, exclusive
    /// @param after list those older than this one: the last of the page before
    /// @param limit 1 to 1000
    record Query(List<What> what, @Nullable String who, @Nullable String whose, @Nullable Instant from, @Nullable Instant to,
            @Nullable Line after, int limit) {
        public Query {
            what = List.copyOf(what);
            if (limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("limit must be between 1 and 1000, got " + limit);
            }
        }
    }
}
