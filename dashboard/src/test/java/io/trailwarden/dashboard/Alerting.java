package io.trailwarden.dashboard;

import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Finding.Evidence;
import io.trailwarden.alert.Severity;
import io.trailwarden.event.Events;
import java.util.List;

/// Alerts for tests of pages.
public final class Alerting {

    private Alerting() {
    }

    /// An open one of `user@example.com`.
    public static Alert alert(String title, Evidence... evidence) {
        var first = evidence[0];
        return new Alert(AlertKey.of("secret_read", title, first.event()), "secret_read", "v1", title, Severity.HIGH, false, Alert.Status.OPEN,
                "user@example.com", "s1", Events.NOON.plusSeconds(1), first.time(), first.time(), 1, null, null, List.of(evidence));
    }
}
