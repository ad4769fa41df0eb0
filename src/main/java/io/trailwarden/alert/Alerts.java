package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Raises alerts and finds them again.
public interface Alerts {

    /// Writes `findings` in the caller's transaction, each key once: a finding whose alert exists adds its evidence (once)
    /// and nothing else. Call [#announce] after the commit.
    ///
    /// @return the alerts that are new
    List<Alert> raise(Connection transaction, List<Finding> findings) throws SQLException;

    /// Tells listeners about alerts that were committed.
    void announce(List<Alert> raised);

    /// Calls `listener` for every alert announced from now on, until the returned registration is closed. Listeners are
    /// called on the announcing thread, must be quick, and may not throw.
    Registration listen(Consumer<Alert> listener);

    /// Alerts that match, newest first.
    List<Alert> find(AlertQuery query);

    /// How many alerts match, whatever the limit.
    long count(AlertQuery query);

    /// One alert with its evidence.
    Optional<Alert> get(AlertKey key);

    /// Ends a subscription.
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /// Which alerts are asked for; null means any.
    ///
    /// @param after list those older than this one: the last of the page before
    /// @param limit 1 to 1000
    record AlertQuery(@Nullable Status status, @Nullable String rule, @Nullable String person, @Nullable AlertKey after,
            int limit) {
        public AlertQuery {
            if (limit < 1 || limit > 1000) {
                throw new IllegalArgumentException("limit must be between 1 and 1000, got " + limit);
            }
        }
    }
}
