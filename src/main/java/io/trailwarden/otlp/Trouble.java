package io.trailwarden.otlp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Says in the log when something behind the door begins to fail, when the reason changes, and when it is over with how
/// many requests were asked to come again meanwhile. For any number of threads.
final class Trouble {

    private static final Logger LOG = Logger.getLogger(Trouble.class);

    private final String subject;
    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private final AtomicLong refused = new AtomicLong();

    /// @param subject what fails, as a sentence begins
    Trouble(String subject) {
        this.subject = subject;
    }

    void because(String why) {
        refused.incrementAndGet();
        if (!why.equals(reason.getAndSet(why))) {
            LOG.warnf("%s, senders are asked to come again: reason=%s", subject, why);
        }
    }

    void over() {
        if (reason.get() != null && reason.getAndSet(null) != null) {
            LOG.infof("%s no longer: requests_refused=%d", subject, refused.getAndSet(0));
        }
    }
}
