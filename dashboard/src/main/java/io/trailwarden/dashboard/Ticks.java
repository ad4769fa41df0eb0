package io.trailwarden.dashboard;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Rings for pages whose news nobody announces. One thread, which only rings.
@ApplicationScoped
public class Ticks {

    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("console-ticks").daemon().factory());

    /// Calls `bell` with the page locked, again and again, until the returned registration is removed.
    public Registration every(UI ui, Duration period, Runnable bell) {
        var ringing = clockwork.scheduleAtFixedRate(() -> Pages.push(ui, bell), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return () -> ringing.cancel(false);
    }

    @PreDestroy
    void close() {
        clockwork.shutdownNow();
    }
}
