package io.trailwarden.alert;

import io.trailwarden.alert.Alert.Status;
import io.trailwarden.alert.Due.Age;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What is still to do, counted: every alert that is not closed, by severity, age, state and owner.
public record Tally(List<Count> counts) {

    public Tally {
        counts = List.copyOf(counts);
    }

    /// So many alerts that have all of this in common.
    ///
    /// @param age how long ago they were raised
    /// @param status open or acknowledged
    /// @param owner null for those of nobody
    public record Count(Severity severity, Age age, Status status, @Nullable String owner, long alerts) {

        /// Whether these are late, see [Due].
        public boolean late() {
            return status == Status.OPEN && age.late(severity);
        }
    }

    /// All that is not closed.
    public long unfinished() {
        return of(_ -> true);
    }

    /// Those that nobody owns.
    public long withoutOwner() {
        return of(count -> count.owner() == null);
    }

    /// Those of an account.
    public long ownedBy(String name) {
        return of(count -> name.equals(count.owner()));
    }

    /// Those that are late.
    public long late() {
        return of(Count::late);
    }

    /// Those of a severity.
    public long of(Severity severity) {
        return of(count -> count.severity() == severity);
    }

    /// Those of a severity and an age.
    public long of(Severity severity, Age age) {
        return of(count -> count.severity() == severity && count.age() == age);
    }

    /// Those that `which` accepts.
    public long of(Predicate<Count> which) {
        return counts.stream().filter(which).mapToLong(Count::alerts).sum();
    }
}
