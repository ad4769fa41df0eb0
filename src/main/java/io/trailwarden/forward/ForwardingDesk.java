package io.trailwarden.forward;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.forward.ForwardTables.Pause;
import io.trailwarden.store.TrailUnavailable;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Says how the lanes stand, and hands them what people want.
@ApplicationScoped
class ForwardingDesk implements Forwarding {

    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    /// How old what metrics say gets.
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private final ForwardingLoop loop;
    private final ForwardMetrics metrics;
    private final InstantSource clock;
    private final CountDownLatch stop = new CountDownLatch(1);

    @Inject
    ForwardingDesk(ForwardingLoop loop, ForwardMetrics metrics, InstantSource clock) {
        this.loop = loop;
        this.metrics = metrics;
        this.clock = clock;
    }

    void onStart(@Observes @Priority(2750) StartupEvent event) {
        Thread.ofPlatform().name("forward-watch").daemon().start(this::watch);
    }

    void onStop(@Observes @Priority(2350) ShutdownEvent event) {
        stop.countDown();
    }

    private void watch() {
        try {
            while (!stop.await(TELL_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                tell();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// Brings the metrics up to date; they stay as they are while the database does not answer.
    void tell() {
        try {
            var standing = destinations().stream().filter(each -> !(each.state() instanceof State.Removed)).toList();
            metrics.stands(standing.stream().mapToLong(Standing::waiting).max().orElse(0),
                    standing.stream().map(Standing::lag).max(Duration::compareTo).orElse(Duration.ZERO),
                    standing.stream().filter(each -> each.state() instanceof State.HeldBack).count(),
                    standing.stream().filter(each -> each.state() instanceof State.Misconfigured).count());
        } catch (ForwardingUnavailable | AlertsUnavailable | TrailUnavailable later) {
            LOG.debug("Metrics of forwarding wait for the database", later);
        } catch (RuntimeException defect) {
            LOG.error("Metrics of forwarding could not be brought up to date; they are tried again", defect);
        }
    }

    @Override
    public List<Standing> destinations() {
        var books = loop.tables().books().stream().collect(Collectors.groupingBy(Books::destination));
        var heads = new HashMap<String, Long>();
        var standing = new ArrayList<Standing>();
        for (var lane : loop.lanes()) {
            var fresh = lane.books();
            standing.add(standing(lane, fresh.isEmpty() ? books.getOrDefault(lane.name(), List.of()) : fresh, heads));
        }
        books.forEach((name, left) -> {
            if (loop.lane(name).isEmpty()) {
                standing.add(new Standing(name, "", "", "", new State.Removed(), left, 0, Duration.ZERO, latest(left), null, null));
            }
        });
        return standing;
    }

    private Standing standing(Lane lane, List<Books> books, Map<String, Long> heads) {
        long waiting = 0;
        var oldest = clock.instant();
        for (var source : lane.sources()) {
            long head = heads.computeIfAbsent(source.name(), _ -> source.head());
            long at = books.stream().filter(each -> each.source().equals(source.name())).mapToLong(Books::position).findFirst().orElse(head);
            waiting += Math.max(0, head - at);
            if (head > at) {
                oldest = earlier(oldest, oldest(source, at));
            }
        }
        var settings = lane.destination().settings();
        var error = lane.hold().last();
        return new Standing(lane.name(), lane.destination().kind().name(), settings.where(), new Selection(settings).inWords(), lane.state(), books, waiting,
                Duration.between(oldest, clock.instant()), latest(books), error == null ? null : error.why(), error == null ? null : error.at());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Instant oldest(Source source, long after) {
        try {
            return source.after(after, 1, Duration.ZERO).stream().findFirst().map(Source.Read::knownAt).orElse(clock.instant());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return clock.instant();
        }
    }

    private static @Nullable Instant latest(List<Books> books) {
        return books.stream().map(Books::acceptedAt).filter(java.util.Objects::nonNull).max(Instant::compareTo).orElse(null);
    }

    @Override
    public List<DeadLetter> deadLetters(int limit) {
        return loop.tables().dead(limit);
    }

    @Override
    public long countDeadLetters() {
        return loop.tables().countDead();
    }

    @Override
    public void pause(String destination, String by) {
        var lane = lane(destination);
        loop.tables().pause(destination, by, clock.instant());
        lane.paused(new Pause(by, clock.instant()));
        LOG.infof("Forwarder paused: forwarder=%s by=%s", destination, by);
    }

    @Override
    public void resume(String destination, String by) {
        var lane = lane(destination);
        loop.tables().resume(destination, by, clock.instant());
        lane.resumed();
        loop.ring(destination);
        LOG.infof("Forwarder resumed: forwarder=%s by=%s", destination, by);
    }

    @Override
    public void retry(List<Long> letters, String by) {
        for (var destination : loop.tables().retry(letters, by, clock.instant())) {
            loop.lane(destination).ifPresent(Lane::retry);
            loop.ring(destination);
        }
    }

    private Lane lane(String destination) {
        return loop.lane(destination).orElseThrow(() -> new IllegalArgumentException("there is no destination of this name"));
    }
}
