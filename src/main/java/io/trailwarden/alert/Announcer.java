package io.trailwarden.alert;

import io.trailwarden.alert.Alerts.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Tells those who listen about new alerts, within this process.
final class Announcer {

    private static final Logger LOG = Logger.getLogger(Announcer.class);

    private final List<Consumer<Alert>> listeners = new CopyOnWriteArrayList<>();

    /// Hands each of `raised` to each listener, on the calling thread.
    void announce(List<Alert> raised) {
        for (var alert : raised) {
            for (var listener : listeners) {
                tell(listener, alert);
            }
        }
    }

    /// Adds `listener`; the same one may be added twice, and is then told twice.
    Registration add(Consumer<Alert> listener) {
        // Wrapped, so that closing one of two equal listeners ends that one.
        Consumer<Alert> registered = listener::accept;
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    /// A listener that breaks its promise not to throw must not keep the detector from going on.
    private static void tell(Consumer<Alert> listener, Alert alert) {
        try {
            listener.accept(alert);
        } catch (RuntimeException e) {
            LOG.warnf(e, "Alert listener failed: alert=%s rule=%s", alert.key(), alert.rule());
        }
    }
}
