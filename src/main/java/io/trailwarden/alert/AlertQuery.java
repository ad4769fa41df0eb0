package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which alerts are asked for. Begin at [#unfinished] or [#any], then narrow: each method gives a narrower copy.
///
/// @param statuses in one of these states; empty for any
/// @param severities of one of these; empty for any
/// @param rule of this rule, exactly; null for any
/// @param person about this person's agent, exactly and case-sensitive; null for any
/// @param session of this session, exactly; null for any
/// @param owner whose
/// @param text in the title, in any case; null for any
/// @param raisedFrom raised then or later, our clock; null for no bound
/// @param raisedTo raised before then, our clock; null for no bound
/// @param closedFrom closed then or later, our clock, which leaves out what is not closed; null for no bound
/// @param late only those that [Due] calls late
/// @param order in which they come
/// @param after those that come after this one, in `order`: the last of the page before, whatever became of it
///     meanwhile; null for the first page
/// @param limit 1 to 1000
public record AlertQuery(Set<Status> statuses, Set<Severity> severities, @Nullable String rule, @Nullable String person,
        @Nullable String session, Owner owner, @Nullable String text, @Nullable Instant raisedFrom, @Nullable Instant raisedTo,
        @Nullable Instant closedFrom, boolean late, Order order, @Nullable AlertKey after, int limit) {

    /// Most alerts that one question gives.
    public static final int MOST = 1000;

    private static final int USUAL = 100;

    public AlertQuery {
        statuses = Set.copyOf(statuses);
        severities = Set.copyOf(severities);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be between 1 and 1000, got " + limit);
        }
    }

    /// In which order alerts come. Nothing that changes takes part in it, so pages follow one another without gap or
    /// repeat while people work on what is in them.
    public enum Order {
        /// Newest first.
        NEWEST,
        /// Oldest first.
        OLDEST,
        /// Gravest first, newest first within a severity: the queue.
        GRAVEST
    }

    /// Whose alerts.
    public sealed interface Owner {

        /// Anybody's or nobody's.
        record Any() implements Owner {
        }

        /// Those without an owner.
        record Nobody() implements Owner {
        }

        /// Those of one account.
        record Account(String name) implements Owner {
        }
    }

    /// All alerts, newest first, 100 at a time.
    public static AlertQuery any() {
        return new AlertQuery(Set.of(), Set.of(), null, null, null, new Owner.Any(), null, null, null, null, false, Order.NEWEST, null, USUAL);
    }

    /// What is not closed, newest first, 100 at a time.
    public static AlertQuery unfinished() {
        return any().in(Alerts.UNFINISHED);
    }

    /// In one of these states.
    public AlertQuery in(Set<Status> states) {
        return with(draft -> draft.statuses = states);
    }

    /// In one of these states.
    public AlertQuery in(Status first, Status... others) {
        return in(EnumSet.of(first, others));
    }

    /// Of one of these severities.
    public AlertQuery of(Set<Severity> wanted) {
        return with(draft -> draft.severities = wanted);
    }

    /// As grave as this, or graver.
    public AlertQuery atLeast(Severity mildest) {
        return of(EnumSet.range(mildest, Severity.CRITICAL));
    }

    /// Of a rule.
    public AlertQuery ofRule(@Nullable String wanted) {
        return with(draft -> draft.rule = wanted);
    }

    /// About a person's agent.
    public AlertQuery about(@Nullable String wanted) {
        return with(draft -> draft.person = wanted);
    }

    /// Of a session.
    public AlertQuery inSession(@Nullable String wanted) {
        return with(draft -> draft.session = wanted);
    }

    /// Whose.
    public AlertQuery ownedBy(Owner wanted) {
        return with(draft -> draft.owner = wanted);
    }

    /// With these words in the title.
    public AlertQuery saying(@Nullable String words) {
        return with(draft -> draft.text = words);
    }

    /// Raised in a stretch of time.
    public AlertQuery raised(@Nullable Instant from, @Nullable Instant to) {
        return with(draft -> {
            draft.raisedFrom = from;
            draft.raisedTo = to;
        });
    }

    /// Closed then or later.
    public AlertQuery closedSince(@Nullable Instant from) {
        return with(draft -> draft.closedFrom = from);
    }

    /// Late ones only, or not only.
    public AlertQuery lateOnly(boolean only) {
        return with(draft -> draft.late = only);
    }

    /// In another order.
    public AlertQuery ordered(Order wanted) {
        return with(draft -> draft.order = wanted);
    }

    /// The page after the one that ended with `last`.
    public AlertQuery after(@Nullable AlertKey last) {
        return with(draft -> draft.after = last);
    }

    /// So many at most.
    public AlertQuery limit(int most) {
        return with(draft -> draft.limit = most);
    }

    private AlertQuery with(Consumer<Draft> change) {
        var draft = new Draft(this);
        change.accept(draft);
        return draft.query();
    }

    /// A query while one part of it is being replaced, so that no part can be put in another's place.
    private static final class Draft {

        private Set<Status> statuses;
        private Set<Severity> severities;
        private @Nullable String rule;
        private @Nullable String person;
        private @Nullable String session;
        private Owner owner;
        private @Nullable String text;
        private @Nullable Instant raisedFrom;
        private @Nullable Instant raisedTo;
        private @Nullable Instant closedFrom;
        private boolean late;
        private Order order;
        private @Nullable AlertKey after;
        private int limit;

        private Draft(AlertQuery query) {
            statuses = query.statuses;
            severities = query.severities;
            rule = query.rule;
            person = query.person;
            session = query.session;
            owner = query.owner;
            text = query.text;
            raisedFrom = query.raisedFrom;
            raisedTo = query.raisedTo;
            closedFrom = query.closedFrom;
            late = query.late;
            order = query.order;
            after = query.after;
            limit = query.limit;
        }

        private AlertQuery query() {
            return new AlertQuery(statuses, severities, rule, person, session, owner, text, raisedFrom, raisedTo, closedFrom, late, order,
                    after, limit);
        }
    }

    /// Whether `alert` is among those asked for, the page aside.
    ///
    /// @param now for [#late]
    public boolean matches(Alert alert, Instant now) {
        return (statuses.isEmpty() || statuses.contains(alert.status()))
                && (severities.isEmpty() || severities.contains(alert.severity()))
                && (rule == null || rule.equals(alert.rule()))
                && (person == null || person.equals(alert.person()))
                && (session == null || session.equals(alert.session()))
                && switch (owner) {
                    case Owner.Any() -> true;
                    case Owner.Nobody() -> alert.owner() == null;
                    case Owner.Account(var name) -> name.equals(alert.owner());
                }
                && (text == null || alert.title().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))
                && (raisedFrom == null || !alert.raisedAt().isBefore(raisedFrom))
                && (raisedTo == null || alert.raisedAt().isBefore(raisedTo))
                && (closedFrom == null || closedSince(alert, closedFrom))
                && (!late || alert.late(now));
    }

    private static boolean closedSince(Alert alert, Instant from) {
        return alert.status() == Status.CLOSED && alert.handling() != null && !alert.handling().at().isBefore(from);
    }
}
