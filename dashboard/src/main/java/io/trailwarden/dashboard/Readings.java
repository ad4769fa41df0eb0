package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;
import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.forward.ForwardingUnavailable;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.inventory.InventoryUnavailable;
import io.trailwarden.store.TrailUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Reads for pages in the background, so that a page stands at once and its blocks fill, or fail, one by one.
@ApplicationScoped
public class Readings {

    private static final Logger LOG = Logger.getLogger(Readings.class);

    /// Questions under way at once. More would only queue in the database's connection pool, where they would hold back
    /// those who load the trail.
    private static final int AT_ONCE = 8;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Instance<RequestContextController> contexts;

    @Inject
    Readings(Instance<RequestContextController> contexts) {
        this.contexts = contexts;
    }

    /// What became of a question.
    public sealed interface Answer<T> {

        /// It was answered.
        record Found<T>(T value) implements Answer<T> {
        }

        /// It was not.
        ///
        /// @param databaseSilent whether the database did not answer; otherwise the defect is ours
        /// @param reference names the failure in our log
        record Failed<T>(boolean databaseSilent, String reference) implements Answer<T> {
        }
    }

    /// Asks `question` on a thread of its own and hands the answer to `then` with the page locked. A page that was left
    /// meanwhile hears nothing.
    public <T> void ask(Component page, Supplier<T> question, Consumer<Answer<T>> then) {
        var ui = page.getUI().orElseThrow(() -> new IllegalStateException("a page that is not shown cannot ask"));
        threads.execute(() -> {
            var answer = answer(question);
            try {
                ui.access((Command) () -> {
                    if (page.isAttached()) {
                        then.accept(answer);
                    }
                });
            } catch (UIDetachedException _) {
                // The tab was closed while we read; nobody is left to tell.
            }
        });
    }

    /// Asks `question` on this thread.
    public <T> Answer<T> answer(Supplier<T> question) {
        turns.acquireUninterruptibly();
        try {
            return new Answer.Found<>(within(question));
        } catch (RuntimeException failure) {
            var reference = "q-" + UUID.randomUUID().toString().substring(0, 8);
            LOG.warnf(failure, "Page could not be filled: reference=%s", reference);
            return new Answer.Failed<>(silent(failure), reference);
        } finally {
            turns.release();
        }
    }

    /// Whether `failure` says that the database does not answer.
    static boolean silent(RuntimeException failure) {
        return failure instanceof TrailUnavailable || failure instanceof InventoryUnavailable || failure instanceof AlertsUnavailable
                || failure instanceof IdentityUnavailable || failure instanceof ForwardingUnavailable;
    }

    /// Services may keep things for the length of a request; a thread of ours has none, so it is given one.
    private <T> T within(Supplier<T> question) {
        if (!contexts.isResolvable()) {
            return question.get();
        }
        var context = contexts.get();
        boolean begun = context.activate();
        try {
            return question.get();
        } finally {
            if (begun) {
                context.deactivate();
            }
        }
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
    }
}
