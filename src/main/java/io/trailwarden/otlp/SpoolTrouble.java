package io.trailwarden.otlp;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Says in the log when the spool begins to refuse, when the reason changes, and when it is over with how many requests
/// were asked to come again. For any number of threads.
final class SpoolTrouble {

    private static final Logger LOG = Logger.getLogger(SpoolTrouble.class);

    private final AtomicReference<@Nullable String> reason = new AtomicReference<>();
    private final AtomicLong refused = new AtomicLong();

    void because(String why) {
        refused.incrementAndGet();
        if (!why.equals(reason.getAndSet(why))) {
            LOG.warnf("Spool refuses, senders are asked to come again: reason=%s", why);
        }
    }

    void over() {
        if (reason.get() != null && reason.getAndSet(null) != null) {
            LOG.infof("Spool takes records again: requests_refused=%d", refused.getAndSet(0));
        }
    }
}
