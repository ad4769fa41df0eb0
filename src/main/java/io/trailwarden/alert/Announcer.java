package io.trailwarden.alert;

import io.trailwarden.alert.Alerts.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// Tells those who listen, within this process.
///
/// @param <T> what they are told, such as a new alert
final class Announcer<T> {

    private static final Logger LOG = Logger.getLogger(Announcer.class);

    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

    /// Hands each of `news` to each listener, on the calling thread.
    void announce(List<T> news) {
        for (var one : news) {
            for (var listener : listeners) {
                tell(listener, one);
            }
        }
    }

    /// Adds `listener`; the same one may be added twice, and is then told twice.
    Registration add(Consumer<T> listener) {
        // Wrapped, so that closing one of two equal listeners ends that one.
        Consumer<T> registered = listener::accept;
        listeners.add(registered);
        return () -> listeners.remove(registered);
    }

    /// A listener that breaks its promise not to throw must not keep the one who announces from going on.
    private static <T> void tell(Consumer<T> listener, T news) {
        try {
            listener.accept(news);
        } catch (RuntimeException e) {
            LOG.warn("Listener to alerts failed", e);
        }
    }
}
