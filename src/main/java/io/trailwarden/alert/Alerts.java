package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Raises alerts and finds them again.
public interface Alerts {

    /// The states of an alert that still needs somebody.
    Set<Status> UNFINISHED = Set.copyOf(EnumSet.of(Status.OPEN, Status.ACKNOWLEDGED));

    /// Writes `findings` in the caller's transaction, each key once: a finding whose alert exists adds its evidence (once)
    /// and nothing else. Call [#announce] after the commit.
    ///
    /// @return the alerts that are new
    List<Alert> raise(Connection transaction, List<Finding> findings) throws SQLException;

    /// Tells listeners about alerts that were committed.
    void announce(List<Alert> raised);

    /// Calls `listener` for every alert announced from now on, until the returned registration is closed. Listeners are
    /// called on the announcing thread, must be quick, and may not throw. What people do to alerts is announced by
    /// [Triage#listen].
    Registration listen(Consumer<Alert> listener);

    /// Alerts that match, in the query's order.
    List<Alert> find(AlertQuery query);

    /// How many alerts match, whatever the limit.
    long count(AlertQuery query);

    /// One alert with its evidence.
    Optional<Alert> get(AlertKey key);

    /// Those of `keys` that exist, in that order, with their evidence.
    List<Alert> get(List<AlertKey> keys);

    /// What is still to do, counted by severity, age, state and owner in one question.
    Tally tally();

    /// Ends a subscription.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
