package io.trailwarden.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The records committed last, in memory, for those who follow the trail; and the bell that wakes them. Thread-safe.
@ApplicationScoped
class Tail {

    private final int mostRecords;
    private final long mostBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<Stretch> stretches = new ArrayDeque<>();
    private long head;
    private int records;
    private long bytes;

    @Inject
    Tail(StoreConfig config) {
        this(config.tailRecords(), config.tailMemory().asLongValue());
    }

    /// @param mostRecords most records held
    /// @param mostBytes most bytes held, by the size of rows
    Tail(int mostRecords, long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /// Records of one transaction: positions without gaps, at least one.
    private record Stretch(List<StoredEvent> events, long bytes) {
        long first() {
            return events.getFirst().position();
        }

        long last() {
            return events.getLast().position();
        }
    }

    /// Adds what was just committed and wakes who waits.
    void publish(List<StoredEvent> events, long size) {
        if (events.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            stretches.add(new Stretch(events, size));
            records += events.size();
            bytes += size;
            while (stretches.size() > 1 && (records > mostRecords || bytes > mostBytes)) {
                var oldest = stretches.remove();
                records -= oldest.events().size();
                bytes -= oldest.bytes();
            }
            head = events.getLast().position();
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Up to `max` records after `position`, in order and without a gap; empty when they are not here.
    List<StoredEvent> after(long position, int max) {
        lock.lock();
        try {
            var found = new ArrayList<StoredEvent>();
            long next = position + 1;
            for (var stretch : stretches) {
                if (stretch.last() < next) {
                    continue;
                }
                if (stretch.first() > next || found.size() == max) {
                    break;
                }
                var events = stretch.events();
                int from = (int) (next - stretch.first());
                int to = Math.min(events.size(), from + max - found.size());
                found.addAll(events.subList(from, to));
                next += to - from;
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a record after `position` was published, for at most `nanos`.
    void await(long position, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (head <= position && left > 0) {
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
