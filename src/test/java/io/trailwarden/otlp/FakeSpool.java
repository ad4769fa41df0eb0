package io.trailwarden.otlp;

import io.trailwarden.event.AuditEvent;
import io.trailwarden.spool.Frame;
import io.trailwarden.spool.Spool;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Keeps frames in memory; can be busy, broken, or held until a test lets go.
final class FakeSpool implements Spool {

    final List<Frame> frames = new CopyOnWriteArrayList<>();
    final List<Duration> patience = new CopyOnWriteArrayList<>();
    final CountDownLatch entered = new CountDownLatch(1);
    volatile boolean busy;
    volatile boolean broken;
    volatile @Nullable CountDownLatch held;

    List<AuditEvent> events() {
        return frames.stream().filter(Frame.Records.class::isInstance).flatMap(frame -> ((Frame.Records) frame).events().stream()).toList();
    }

    List<Frame.Unreadable> unreadable() {
        return frames.stream().filter(Frame.Unreadable.class::isInstance).map(Frame.Unreadable.class::cast).toList();
    }

    @Override
    public Appended append(Frame frame, Duration waiting) {
        patience.add(waiting);
        entered.countDown();
        awaitRelease();
        if (broken) {
            throw new IllegalStateException("disk is gone");
        }
        if (busy) {
            return new Appended.Busy("disk is full", Duration.ofSeconds(30));
        }
        frames.add(frame);
        return new Appended.Durable(new Position(1, frames.size()));
    }

    private void awaitRelease() {
        var latch = held;
        try {
            if (latch != null && !latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let the spool go");
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("work of the door was interrupted", interrupted);
        }
    }

    @Override
    public List<Placed> read(Position from, int maxRecords, Duration wait) {
        throw new UnsupportedOperationException("the door does not read");
    }

    @Override
    public void release(Position position) {
        throw new UnsupportedOperationException("the door does not release");
    }

    @Override
    public UUID id() {
        throw new UnsupportedOperationException("the door does not ask");
    }

    @Override
    public Fill fill() {
        throw new UnsupportedOperationException("the door does not ask");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the door does not close what it did not open");
    }
}
