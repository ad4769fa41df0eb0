package io.trailwarden.alert;

import java.util.List;

/// Everything that happened to alerts, in one order, for those who follow: forwarders.
public interface AlertFeed {

    /// What happened after `position`, oldest first; empty when nothing did. Throws [AlertsUnavailable] when the database does
    /// not answer.
    ///
    /// @param max at least 1
    List<AlertChange> after(long position, int max);

    /// The last position given out; 0 when nothing happened yet.
    long head();
}
