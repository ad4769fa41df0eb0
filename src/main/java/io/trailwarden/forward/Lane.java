package io.trailwarden.forward;

import io.trailwarden.alert.AlertsUnavailable;
import io.trailwarden.forward.Delivery.Accepted;
import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.Refused;
import io.trailwarden.forward.Delivery.RetryLater;
import io.trailwarden.forward.ForwardSettings.Destination;
import io.trailwarden.forward.ForwardTables.Pause;
import io.trailwarden.forward.ForwardTables.Refusal;
import io.trailwarden.forward.Forwarding.Books;
import io.trailwarden.forward.Forwarding.DeadLetter;
import io.trailwarden.forward.Forwarding.State;
import io.trailwarden.forward.Kind.Misconfiguration;
import io.trailwarden.forward.Source.Read;
import io.trailwarden.store.TrailUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The way to one destination: follows its sources, sends what is for it, and moves on when that was accepted.
///
/// Worked step by step by one thread; others may ask how it stands, and ring by [#resumed], [#paused] and [#retry]. Crashing
/// between acceptance and the move of the cursor sends again, which is why items have ids.
final class Lane implements AutoCloseable {

    /// Longest wait between two looks at what others asked of it.
    static final Duration LOOK = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Forwarding.class);

    private static final int READ = 1000;
    /// Dead letters that are tried once more before other work has its turn.
    private static final int AGAIN = 100;
    /// Refusing this many and taking none in between is no matter of items any more.
    private static final int REFUSED_IN_A_ROW = 20;
    /// Places that were only left out are worth a write this often.
    private static final Duration SAVE_LEFT_OUT = Duration.ofSeconds(5);

    private final Destination destination;
    private final List<Source> sources;
    private final ForwardTables tables;
    private final InstantSource clock;
    private final Backoff backoff;
    private final ForwardMetrics metrics;
    private final Duration patience;
    private final Map<String, Books> stands = new ConcurrentHashMap<>();
    private final Map<String, Books> saved = new HashMap<>();
    private final Map<String, Instant> savedAt = new HashMap<>();
    private final Hold hold;

    private @Nullable Forwarder forwarder;
    private boolean known;
    private int refusedInARow;
    private volatile @Nullable Pause pause;
    private volatile boolean retry = true;
    private volatile boolean goOn;
    private volatile boolean asked;
    private volatile boolean ending;
    private volatile boolean behind;

    /// @param patience how long a step may wait for new records
    Lane(Destination destination, List<Source> sources, ForwardTables tables, InstantSource clock, Backoff backoff, ForwardMetrics metrics, Duration patience) {
        this.destination = destination;
        this.sources = List.copyOf(sources);
        this.tables = tables;
        this.clock = clock;
        this.backoff = backoff;
        this.metrics = metrics;
        this.patience = patience;
        this.hold = new Hold(destination.name(), clock, backoff);
    }

    String name() {
        return destination.name();
    }

    Destination destination() {
        return destination;
    }

    List<Source> sources() {
        return sources;
    }

    /// How far it is, ahead of what is written where places were only left out; empty until its first step.
    List<Books> books() {
        return List.copyOf(stands.values());
    }

    Hold hold() {
        return hold;
    }

    /// What it is doing, as of its last step.
    State state() {
        var paused = pause;
        if (paused != null) {
            return new State.Paused(paused.by(), paused.at());
        }
        var held = hold.state();
        return held != null ? held : behind ? new State.Sending() : new State.UpToDate();
    }

    /// One step: sends what there is, up to a few batches.
    ///
    /// @return how long to wait before the next, unless somebody rings
    Duration step() throws InterruptedException {
        try {
            if (goOn) {
                goOn = false;
                hold.forget();
                reopen();
            }
            begin();
            if (pause != null) {
                return LOOK;
            }
            var wait = hold.left();
            if (!wait.isZero()) {
                return wait.compareTo(LOOK) < 0 ? wait : LOOK;
            }
            return work() ? Duration.ZERO : LOOK.dividedBy(2);
        } catch (Misconfiguration wrong) {
            return held(new Misconfigured(String.valueOf(wrong.getMessage())));
        } catch (ForwardingUnavailable | AlertsUnavailable | TrailUnavailable trouble) {
            // Another process may have moved on, so memory is not to be trusted.
            known = false;
            LOG.debug("Forwarding waits for the database", trouble);
            return held(new RetryLater("the database does not answer"));
        } catch (RuntimeException | Error defect) {
            // An error too: the thread that ends here would never be missed.
            known = false;
            LOG.errorf(defect, "Forwarder failed in a way nobody foresaw; it is tried again: forwarder=%s", name());
            return held(new Misconfigured("a defect of Trailwarden: " + defect.getClass().getSimpleName() + ", see the log"));
        }
    }

    private Duration held(Delivery delivery) {
        switch (delivery) {
            case RetryLater(var after, var why) -> hold.later(why, after);
            case Misconfigured(var why) -> {
                hold.stop(why);
                reopen();
            }
            case Accepted(), Refused _ -> throw new IllegalArgumentException("nothing to wait for");
        }
        return hold.left().compareTo(LOOK) < 0 ? hold.left() : LOOK;
    }

    /// Once more when somebody paused or resumed it: what the database said may have been said before.
    private void begin() {
        while (asked || !known) {
            asked = false;
            load();
            known = true;
        }
    }

    private void load() {
        pause = tables.paused(name());
        boolean fromTheBeginning = destination.settings().text(CommonOptions.START).equals("beginning");
        for (var source : sources) {
            var books = tables.books(name(), source.name())
                    .orElseGet(() -> tables.begin(name(), source.name(), fromTheBeginning ? 0 : source.head(), clock.instant()));
            stands.put(source.name(), books);
            saved.put(source.name(), books);
            savedAt.put(source.name(), clock.instant());
        }
    }

    private Forwarder forwarder() {
        var open = forwarder;
        if (open == null) {
            open = destination.kind().opening().open(destination.settings(), clock);
            forwarder = open;
        }
        return open;
    }

    private void reopen() {
        var open = forwarder;
        forwarder = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (RuntimeException defect) {
            LOG.errorf(defect, "Forwarder could not be closed; another is opened: forwarder=%s", name());
        }
    }

    /// @return whether there may be more at once
    private boolean work() throws InterruptedException {
        forwarder();
        boolean more = again();
        for (var source : sources) {
            if (stopped()) {
                return false;
            }
            boolean last = source == sources.getLast();
            more |= forward(source, last && !more ? patience : Duration.ZERO);
        }
        behind = more && !stopped();
        if (!behind && !stopped() && forwarder().idle() instanceof Delivery trouble && !(trouble instanceof Accepted)) {
            held(trouble);
        }
        return behind;
    }

    private boolean stopped() {
        return ending || pause != null || !hold.left().isZero();
    }

    private boolean forward(Source source, Duration wait) throws InterruptedException {
        var reads = source.after(stand(source).position(), READ, wait);
        if (reads.isEmpty()) {
            saveLeftOut(source, false);
            return false;
        }
        behind = true;
        boolean through = send(source, reads);
        if (through) {
            passOver(source, reads);
        }
        return through && reads.size() == READ;
    }

    private boolean send(Source source, List<Read> reads) {
        var waiting = new ArrayList<Message>();
        for (var read : reads) {
            var item = read.item();
            if (item == null) {
                continue;
            }
            var encoded = encode(item);
            if (encoded instanceof Encoded.Unfit(var reason)) {
                if (!flush(source, reads, waiting)) {
                    return false;
                }
                waiting.clear();
                refuse(source, reads, item, reason);
            } else if (encoded instanceof Encoded.Fit(var message)) {
                waiting.add(message);
            }
        }
        return flush(source, reads, waiting);
    }

    /// What an item looks like at the destination.
    private sealed interface Encoded {
        record Fit(Message message) implements Encoded {
        }

        record Unfit(String reason) implements Encoded {
        }
    }

    private Encoded encode(Item item) {
        var limits = destination.kind().limits();
        try {
            var message = new Message(item, forwarder().encode(item));
            return message.size() <= limits.itemBytes() ? new Encoded.Fit(message)
                    : new Encoded.Unfit("it has %d bytes in this format, and at most %d can be sent".formatted(message.size(), limits.itemBytes()));
        } catch (Misconfiguration wrong) {
            throw wrong;
        } catch (RuntimeException | StackOverflowError defect) {
            LOG.errorf(defect, "Item could not be put into the format of a destination: forwarder=%s item=%s", name(), item.id());
            return new Encoded.Unfit("it could not be put into this format, a defect of Trailwarden: " + defect.getClass().getSimpleName());
        }
    }

    private boolean flush(Source source, List<Read> reads, List<Message> waiting) {
        int sent = 0;
        while (sent < waiting.size()) {
            var batch = Batches.next(waiting.subList(sent, waiting.size()), destination.kind().limits());
            if (ending || pause != null || !deliver(source, reads, batch)) {
                return false;
            }
            sent += batch.size();
        }
        return true;
    }

    /// Sends `batch` until each of it is settled.
    ///
    /// @return false when it must be tried again later; what was settled is
    private boolean deliver(Source source, List<Read> reads, List<Message> batch) {
        if (batch.isEmpty()) {
            return true;
        }
        return switch (attempt(batch)) {
            case Accepted() -> {
                accept(source, reads, batch);
                yield true;
            }
            case Refused(_, var why) when batch.size() == 1 -> {
                refuse(source, reads, batch.getFirst().item(), why);
                yield refusedInARow < REFUSED_IN_A_ROW || giveUp(why);
            }
            case Refused(var which, var why) -> isolate(source, reads, batch, which, why);
            case RetryLater later -> {
                held(later);
                yield false;
            }
            case Misconfigured wrong -> {
                held(wrong);
                yield false;
            }
        };
    }

    private Delivery attempt(List<Message> batch) {
        long begun = System.nanoTime();
        var delivery = forwarder().send(batch, (int) Math.min(Integer.MAX_VALUE, hold.attempts() + 1));
        metrics.attempted(destination.kind(), delivery, Duration.ofNanos(System.nanoTime() - begun));
        return delivery;
    }

    /// In order, because everything before the cursor is settled.
    private boolean isolate(Source source, List<Read> reads, List<Message> batch, List<Integer> which, String why) {
        var poison = which.stream().filter(place -> place >= 0 && place < batch.size()).sorted().distinct().toList();
        if (poison.isEmpty()) {
            int half = batch.size() / 2;
            return deliver(source, reads, batch.subList(0, half)) && !ending && deliver(source, reads, batch.subList(half, batch.size()));
        }
        int from = 0;
        for (int place : poison) {
            if (!deliver(source, reads, batch.subList(from, place))) {
                return false;
            }
            refuse(source, reads, batch.get(place).item(), why);
            if (refusedInARow >= REFUSED_IN_A_ROW) {
                return giveUp(why);
            }
            from = place + 1;
        }
        return deliver(source, reads, batch.subList(from, batch.size()));
    }

    private boolean giveUp(String why) {
        held(new Misconfigured("it refused " + REFUSED_IN_A_ROW + " items in a row, the last because: " + why));
        return false;
    }

    private void accept(Source source, List<Read> reads, List<Message> batch) {
        refusedInARow = 0;
        hold.over();
        long to = batch.getLast().item().position();
        move(source, reads, to, batch.size(), null);
        metrics.accepted(destination.kind(), batch.size());
    }

    private void refuse(Source source, List<Read> reads, Item item, String reason) {
        refusedInARow++;
        if (refusedInARow < REFUSED_IN_A_ROW) {
            hold.over();
        }
        hold.noted(reason);
        move(source, reads, item.position(), 0, new Refusal(item, reason));
        metrics.refused(destination.kind());
        LOG.errorf("Item kept as a dead letter: forwarder=%s item=%s name=%s reason=%s", name(), item.id(), item.name(), reason);
    }

    private void passOver(Source source, List<Read> reads) {
        long last = reads.getLast().position();
        if (last > stand(source).position()) {
            settle(source, reads, last, 0, 0);
            saveLeftOut(source, false);
        }
    }

    private void move(Source source, List<Read> reads, long to, int accepted, @Nullable Refusal dead) {
        settle(source, reads, to, accepted, dead == null ? 0 : 1);
        save(source, dead);
    }

    private void settle(Source source, List<Read> reads, long to, int accepted, int refused) {
        var before = stand(source);
        long there = reads.stream().filter(read -> read.position() > before.position() && read.position() <= to).count();
        var after = before.on(to, accepted, refused, there - accepted - refused, clock.instant());
        if (after.gone() > before.gone()) {
            LOG.errorf("Items were removed before they could be sent: forwarder=%s source=%s count=%d", name(), source.name(), after.gone() - before.gone());
        }
        stands.put(source.name(), after);
    }

    private void save(Source source, @Nullable Refusal dead) {
        var before = Objects.requireNonNull(saved.get(source.name()), "a lane begins before it moves");
        var after = stand(source);
        tables.move(before, after, dead, clock.instant());
        saved.put(source.name(), after);
        savedAt.put(source.name(), clock.instant());
    }

    private void saveLeftOut(Source source, boolean now) {
        boolean due = now || !savedAt.getOrDefault(source.name(), Instant.EPOCH).plus(SAVE_LEFT_OUT).isAfter(clock.instant());
        if (due && !stand(source).equals(saved.get(source.name()))) {
            save(source, null);
        }
    }

    private Books stand(Source source) {
        return Objects.requireNonNull(stands.get(source.name()), "a lane begins before it moves");
    }

    /// Tries once more what somebody asked for.
    private boolean again() {
        if (!retry) {
            return false;
        }
        retry = false;
        boolean done = false;
        try {
            var letters = tables.again(name(), AGAIN);
            for (var letter : letters) {
                if (stopped() || !again(letter)) {
                    return false;
                }
            }
            done = letters.size() < AGAIN;
            return !done;
        } finally {
            if (!done) {
                retry = true;
            }
        }
    }

    private boolean again(DeadLetter letter) {
        var item = sources.stream().filter(source -> source.name().equals(letter.source())).findFirst()
                .flatMap(source -> source.again(letter.position(), letter.item()));
        if (item.isEmpty()) {
            tables.settle(letter.id(), false, "it is no longer there, or the destination no longer gets " + letter.source(), clock.instant());
            return true;
        }
        return switch (encode(item.get())) {
            case Encoded.Unfit(var reason) -> kept(letter, reason);
            case Encoded.Fit(var message) -> switch (attempt(List.of(message))) {
                case Accepted() -> {
                    hold.over();
                    tables.settle(letter.id(), true, letter.reason(), clock.instant());
                    LOG.infof("Dead letter delivered: forwarder=%s item=%s", name(), letter.item());
                    yield true;
                }
                case Refused(_, var why) -> kept(letter, why);
                case RetryLater later -> {
                    held(later);
                    yield false;
                }
                case Misconfigured wrong -> {
                    held(wrong);
                    yield false;
                }
            };
        };
    }

    private boolean kept(DeadLetter letter, String reason) {
        tables.settle(letter.id(), false, reason, clock.instant());
        return true;
    }

    /// Somebody stopped it; what is under way ends.
    void paused(Pause by) {
        pause = by;
        asked = true;
    }

    /// Somebody wants it to go on, whatever held it.
    void resumed() {
        pause = null;
        asked = true;
        goOn = true;
    }

    /// Somebody asked to try dead letters once more.
    void retry() {
        retry = true;
    }

    /// The batch under way is the last.
    void end() {
        ending = true;
    }

    /// Notes how far it is. For the thread that worked it, when it has stopped.
    @Override
    public void close() {
        try {
            if (known) {
                sources.forEach(source -> saveLeftOut(source, true));
            }
        } catch (ForwardingUnavailable later) {
            LOG.debug("Places that were left out are read again after the start", later);
        } finally {
            reopen();
        }
    }
}
