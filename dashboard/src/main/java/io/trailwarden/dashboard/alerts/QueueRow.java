package io.trailwarden.dashboard.alerts;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;

/// An alert in the queue: where it stands never changes while somebody reads, what it says may.
final class QueueRow {

    private Alert alert;
    private boolean selected;
    private boolean current;
    private boolean fits = true;

    QueueRow(Alert alert) {
        this.alert = alert;
    }

    Alert alert() {
        return alert;
    }

    AlertKey key() {
        return alert.key();
    }

    /// What became of the alert.
    ///
    /// @param stillFits whether it would still be in the list if it were read now
    void becomes(Alert now, boolean stillFits) {
        alert = now;
        fits = stillFits;
    }

    boolean selected() {
        return selected;
    }

    void select(boolean on) {
        selected = on;
    }

    void current(boolean on) {
        current = on;
    }

    /// Classes of the row: `on` selected, `cur` under the cursor, `past` no longer of this list.
    String look() {
        return (selected ? "on " : "") + (current ? "cur " : "") + (fits ? "" : "past");
    }
}
