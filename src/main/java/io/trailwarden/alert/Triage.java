package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Alerts.Registration;
import io.trailwarden.alert.TriageStatements.State;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// What people do to alerts, and what they did: who, when and why are kept for good.
///
/// An open alert can be acknowledged or closed, an acknowledged one can be closed. Closing is not final: a closed alert
/// can be opened again with a reason, and its history keeps both. Anybody's alert can be given to anybody while it is not
/// closed; comments can always be added.
///
/// Each act is one transaction over one alert or many, with an outcome for each: of two people who do the same at once,
/// one is told that the other was first. May be called on any thread, and throws [AlertsUnavailable] when the database
/// does not answer; nothing is changed then.
@ApplicationScoped
public class Triage {

    /// Fewest characters of a justification: enough for a sentence that somebody understands in a year.
    public static final int LEAST_JUSTIFICATION = 20;

    /// Most characters of anything written to an alert.
    public static final int MOST_WORDS = 4000;

    /// Closed alerts that [#endings] looks back at: what was decided lately says more than what was decided ever.
    private static final int LATEST = 100;

    private final DataSource dataSource;
    private final InstantSource clock;
    private final Accounts accounts;
    private final Announcer<Change> announcer = new Announcer<>();

    /// Works on the alerts of the database behind `dataSource`.
    ///
    /// @param accounts whom alerts can be given to
    @Inject
    public Triage(DataSource dataSource, InstantSource clock, Accounts accounts) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.accounts = accounts;
    }

    /// Why an alert was closed. The name in lower case is what the database says.
    public enum CloseReason {
        /// It happened, and was dealt with.
        INCIDENT,
        /// It happened, and was allowed to.
        AUTHORISED,
        /// The rule was wrong.
        FALSE_ALARM,
        /// Another alert tells the same.
        DUPLICATE;

        /// `incident`, `authorised`, `false_alarm` or `duplicate`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static @Nullable CloseReason of(@Nullable String wireName) {
            return wireName == null ? null : valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /// What became of one alert.
    public sealed interface Outcome {

        /// It was done, and is in the history.
        record Done() implements Outcome {
        }

        /// Nothing changed: it was so already, or the alert is not where this can be done to it.
        ///
        /// @param status where the alert is
        /// @param by who brought it there, null when it is open
        /// @param owner whose it is, null for nobody
        record Unchanged(Status status, @Nullable String by, @Nullable String owner) implements Outcome {
        }

        /// There is no such alert.
        record NoSuchAlert() implements Outcome {
        }
    }

    /// What can be done to an alert.
    public enum Action {
        ACKNOWLEDGED,
        ASSIGNED,
        UNASSIGNED,
        COMMENTED,
        CLOSED,
        REOPENED;

        /// `acknowledged`, `assigned`, `unassigned`, `commented`, `closed` or `reopened`.
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// One thing somebody did.
    ///
    /// @param by an account, or `token <name>` for a program
    /// @param assignee whom it was given to, null unless it was assigned
    /// @param reason null unless it was closed
    /// @param note what they wrote, may be empty
    public record Step(Instant at, String by, Action action, @Nullable String assignee, @Nullable CloseReason reason, String note) {
    }

    /// What was done, for those who show alerts.
    ///
    /// @param alerts those that changed, at least one
    public record Change(List<AlertKey> alerts, Action action, String by) {
        public Change {
            alerts = List.copyOf(alerts);
        }
    }

    /// `by` takes them on: says that they saw them. A person becomes the owner of those that nobody owns.
    public Map<AlertKey, Outcome> acknowledge(Collection<AlertKey> alerts, Actor by, String note) {
        var words = words("note", note, 0);
        return act("acknowledge alerts", alerts, by, Action.ACKNOWLEDGED, state -> state.status() == Status.OPEN, (statements, those, at) -> {
            statements.acknowledge(those.keySet(), by.name(), at);
            statements.remember(those.keySet(), new Step(at, by.name(), Action.ACKNOWLEDGED, null, null, words));
            var unowned = those.entrySet().stream().filter(each -> each.getValue().owner() == null).map(Map.Entry::getKey).toList();
            if (by.person() && !unowned.isEmpty()) {
                statements.assign(unowned, by.name());
                statements.remember(unowned, new Step(at, by.name(), Action.ASSIGNED, by.name(), null, ""));
            }
        });
    }

    /// Gives them to the account called `owner`, which must be allowed to work on alerts.
    ///
    /// @throws IllegalArgumentException when there is no such account, or it may not
    public Map<AlertKey, Outcome> assign(Collection<AlertKey> alerts, String owner, Actor by) {
        var name = assignable(owner);
        return act("assign alerts", alerts, by, Action.ASSIGNED, state -> state.status() != Status.CLOSED && !name.equals(state.owner()),
                (statements, those, at) -> {
                    statements.assign(those.keySet(), name);
                    statements.remember(those.keySet(), new Step(at, by.name(), Action.ASSIGNED, name, null, ""));
                });
    }

    /// Takes them from whoever owns them.
    public Map<AlertKey, Outcome> unassign(Collection<AlertKey> alerts, Actor by) {
        return act("unassign alerts", alerts, by, Action.UNASSIGNED, state -> state.status() != Status.CLOSED && state.owner() != null,
                (statements, those, at) -> {
                    statements.assign(those.keySet(), null);
                    statements.remember(those.keySet(), new Step(at, by.name(), Action.UNASSIGNED, null, null, ""));
                });
    }

    /// Adds what `by` has to say, in any state.
    ///
    /// @throws IllegalArgumentException when `text` is blank or too long
    public Map<AlertKey, Outcome> comment(Collection<AlertKey> alerts, Actor by, String text) {
        var words = words("comment", text, 1);
        return act("comment on alerts", alerts, by, Action.COMMENTED, _ -> true, (statements, those, at) ->
                statements.remember(those.keySet(), new Step(at, by.name(), Action.COMMENTED, null, null, words)));
    }

    /// `by` ends them. The only way out of the queue: every page and the interface for programs come here.
    ///
    /// @throws IllegalArgumentException when `justification` has fewer than [#LEAST_JUSTIFICATION] characters or too many
    public Map<AlertKey, Outcome> close(Collection<AlertKey> alerts, CloseReason reason, String justification, Actor by) {
        var words = words("justification", justification, LEAST_JUSTIFICATION);
        return act("close alerts", alerts, by, Action.CLOSED, state -> state.status() != Status.CLOSED, (statements, those, at) -> {
            statements.close(those.keySet(), by.name(), at, reason, words);
            statements.remember(those.keySet(), new Step(at, by.name(), Action.CLOSED, null, reason, words));
        });
    }

    /// `by` opens closed ones again, because closing them was a mistake. They keep their owner.
    ///
    /// @throws IllegalArgumentException when `why` is blank or too long
    public Map<AlertKey, Outcome> reopen(Collection<AlertKey> alerts, String why, Actor by) {
        var words = words("reason", why, 1);
        return act("open alerts again", alerts, by, Action.REOPENED, state -> state.status() == Status.CLOSED, (statements, those, at) -> {
            statements.reopen(those.keySet());
            statements.remember(those.keySet(), new Step(at, by.name(), Action.REOPENED, null, null, words));
        });
    }

    /// What was done to the alert, oldest first.
    public List<Step> history(AlertKey alert) {
        return reading("read the history of alert " + alert, statements -> statements.history(alert.value()));
    }

    /// How the last hundred closed alerts of `rules` ended, for whoever is about to close one more.
    public Map<CloseReason, Long> endings(Collection<String> rules) {
        return reading("read how alerts ended", statements -> statements.endings(rules, LATEST));
    }

    /// The accounts that alerts can be given to, by name.
    public List<String> assignable() {
        return accounts.list().stream().filter(Triage::mayWork).map(Accounts.Account::name).toList();
    }

    /// Calls `listener` for whatever is done in this process from now on, after it is committed, until the returned
    /// registration is closed. The same promises as for [Alerts#listen].
    public Registration listen(Consumer<Change> listener) {
        return announcer.add(listener);
    }

    private String assignable(String owner) {
        var account = accounts.find(owner).orElseThrow(() -> new IllegalArgumentException(
                "owner must be the name of an account, got one that nobody has"));
        if (!mayWork(account)) {
            throw new IllegalArgumentException("owner must be allowed to work on alerts, and " + account.name() + " is not; give them the role "
                    + String.join(" or ", Permission.TRIAGE.roles()));
        }
        return account.name();
    }

    private static boolean mayWork(Accounts.Account account) {
        return Permission.TRIAGE.allowedTo(account.roles()::contains);
    }

    private static String words(String what, String text, int least) {
        var words = Storable.text(text.strip());
        int length = words.codePointCount(0, words.length());
        if (length < least || length > MOST_WORDS) {
            throw new IllegalArgumentException("%s must have %d to %d characters, got %d".formatted(what, least, MOST_WORDS, length));
        }
        return words;
    }

    private Map<AlertKey, Outcome> act(String what, Collection<AlertKey> alerts, Actor by, Action action, Predicate<State> possible,
            Work work) {
        var keys = new LinkedHashSet<>(alerts);
        var outcomes = new LinkedHashMap<AlertKey, Outcome>();
        var done = new ArrayList<AlertKey>();
        transaction(what, connection -> {
            var statements = new TriageStatements(connection);
            var states = statements.lock(keys.stream().map(AlertKey::value).toList());
            var those = new LinkedHashMap<UUID, State>();
            for (var key : keys) {
                var outcome = outcome(states.get(key.value()), possible);
                outcomes.put(key, outcome);
                if (outcome instanceof Outcome.Done) {
                    done.add(key);
                    those.put(key.value(), Objects.requireNonNull(states.get(key.value()), "only what exists can be done"));
                }
            }
            if (!those.isEmpty()) {
                work.on(statements, those, Storable.time(clock.instant()));
                statements.feed();
            }
        });
        if (!done.isEmpty()) {
            announcer.announce(List.of(new Change(done, action, by.name())));
        }
        return outcomes;
    }

    private static Outcome outcome(@Nullable State state, Predicate<State> possible) {
        if (state == null) {
            return new Outcome.NoSuchAlert();
        }
        return possible.test(state) ? new Outcome.Done() : new Outcome.Unchanged(state.status(), state.handledBy(), state.owner());
    }

    private void transaction(String what, Transaction work) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            var committed = false;
            try {
                work.in(connection);
                connection.commit();
                committed = true;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot " + what, e);
        }
    }

    private <T> T reading(String what, Reading<T> reading) {
        try (var connection = dataSource.getConnection()) {
            return reading.from(new TriageStatements(connection));
        } catch (SQLException e) {
            throw new AlertsUnavailable("cannot " + what, e);
        }
    }

    private interface Transaction {
        void in(Connection connection) throws SQLException;
    }

    private interface Work {
        void on(TriageStatements statements, Map<UUID, State> those, Instant at) throws SQLException;
    }

    private interface Reading<T> {
        T from(TriageStatements statements) throws SQLException;
    }
}
