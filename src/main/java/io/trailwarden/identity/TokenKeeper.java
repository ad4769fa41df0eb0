package io.trailwarden.identity;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps the book of tokens fresh: every 5 s, and soon after a token came that it does not know.
@ApplicationScoped
class TokenKeeper {

    private static final Logger LOG = Logger.getLogger(TokenKeeper.class);

    /// How long a revocation elsewhere may go unnoticed.
    private static final Duration EVERY = Duration.ofSeconds(5);

    /// Unknown tokens, of which anybody can send as many as they like, cause no more than one read in this time.
    private static final Duration AT_MOST_EVERY = Duration.ofMillis(500);

    private final DatabaseTokens tokens;
    private final Semaphore wanted = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private long failures;

    TokenKeeper(DatabaseTokens tokens) {
        this.tokens = tokens;
    }

    /// Early, because the door answers 401 until the tokens are known, and a sender takes that for final.
    void start(@Observes @Priority(10) StartupEvent event) {
        tokens.refresh();
        tokens.onUnknown(this::wake);
        thread = Thread.ofVirtual().name("token-keeper").start(this::keep);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        var running = thread;
        if (running != null) {
            running.interrupt();
            running.join(EVERY);
            refresh();
        }
    }

    private void wake() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    private void keep() {
        try {
            while (true) {
                Thread.sleep(AT_MOST_EVERY);
                wanted.tryAcquire(EVERY.minus(AT_MOST_EVERY).toMillis(), TimeUnit.MILLISECONDS);
                wanted.drainPermits();
                refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void refresh() {
        try {
            tokens.refresh();
            if (failures > 0) {
                LOG.infof("Tokens are read again: count=%d", failures);
                failures = 0;
            }
        } catch (RuntimeException e) {
            if (failures++ == 0) {
                LOG.warnf("Tokens cannot be read, those known go on: reason=%s", e.getCause() == null ? e : e.getCause().getMessage());
            }
        }
    }
}
