package io.trailwarden.store;

import io.trailwarden.spool.Frame;
import io.trailwarden.spool.Spool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A spool that survives whatever a test does to the loader, and nothing else.
final class MemorySpool implements Spool {

    private final UUID id = UUID.randomUUID();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Frame> frames = new ArrayList<>();
    private int released;

    @Override
    public Appended append(Frame frame, Duration patience) {
        lock.lock();
        try {
            frames.add(frame);
            more.signalAll();
            return new Appended.Durable(new Position(1, frames.size()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Placed> read(Position from, int maxRecords, Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (frames.size() <= from.offset() && left > 0) {
                left = more.awaitNanos(left);
            }
            var read = new ArrayList<Placed>();
            int records = 0;
            for (int i = (int) from.offset(); i < frames.size() && (read.isEmpty() || records + frames.get(i).records() <= maxRecords); i++) {
                records += frames.get(i).records();
                read.add(new Placed(new Position(1, i + 1L), frames.get(i)));
            }
            return read;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void release(Position position) {
        lock.lock();
        try {
            released = (int) Math.max(released, position.offset());
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything is loaded.
    void awaitEmpty() throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(60);
            while (released < frames.size()) {
                if (left <= 0) {
                    throw new AssertionError("after 60 s the loader is at frame " + released + " of " + frames.size());
                }
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Fill fill() {
        lock.lock();
        try {
            long waiting = frames.subList(released, frames.size()).stream().mapToLong(Frame::records).sum();
            return new Fill(waiting, 0, Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
    }
}
