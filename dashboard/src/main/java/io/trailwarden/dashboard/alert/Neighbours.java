package io.trailwarden.dashboard.alert;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import org.jspecify.annotations.Nullable;

/// The alerts beside one in the list that it was opened from.
///
/// @param place where it stands in that list, from 1; 0 when it is not among its first
/// @param of how long the list is
record Neighbours(@Nullable AlertKey before, @Nullable AlertKey after, int place, long of) {

    /// How far into a list its place is looked for; whoever works further down still gets the next.
    private static final int FAR = 200;

    static Neighbours of(AlertKey key, AlertQuery list, Alerts alerts) {
        var first = alerts.find(list.limit(FAR)).stream().map(Alert::key).toList();
        int at = first.indexOf(key);
        var after = at >= 0 && at + 1 < first.size() ? first.get(at + 1)
                : alerts.find(list.after(key).limit(1)).stream().map(Alert::key).findFirst().orElse(null);
        return new Neighbours(at > 0 ? first.get(at - 1) : null, after, at + 1, alerts.count(list));
    }
}
