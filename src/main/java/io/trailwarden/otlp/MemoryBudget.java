package io.trailwarden.otlp;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The bytes of bodies that may be in memory at once, over all requests of both transports.
final class MemoryBudget {

    /// One permit is a KiB, so that the budget fits a semaphore whatever its size.
    private static final int UNIT = 1024;

    private final int total;
    private final Semaphore free;

    MemoryBudget(long bytes) {
        this.total = (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
        this.free = new Semaphore(total);
    }

    /// Bytes that requests hold now.
    long held() {
        return (long) (total - free.availablePermits()) * UNIT;
    }

    /// A share for one request, empty at first.
    Lease lease() {
        return new Lease();
    }

    /// What one request holds; grows as its body does, and is given back once.
    final class Lease implements AutoCloseable {

        private final AtomicLong units = new AtomicLong();
        private long bytes;

        /// Makes room for `more` bytes at once or not at all.
        boolean tryGrow(int more) {
            int wanted = unitsFor(more);
            if (!free.tryAcquire(wanted)) {
                return false;
            }
            grown(more, wanted);
            return true;
        }

        /// Makes room for `more` bytes, waiting for others to finish for at most `patience`.
        boolean grow(int more, Duration patience) {
            int wanted = unitsFor(more);
            try {
                if (!free.tryAcquire(wanted, Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
            grown(more, wanted);
            return true;
        }

        private int unitsFor(int more) {
            return (int) ((bytes + more + UNIT - 1) / UNIT - (bytes + UNIT - 1) / UNIT);
        }

        private void grown(int more, int wanted) {
            bytes += more;
            units.addAndGet(wanted);
        }

        /// Gives everything back; again does nothing.
        @Override
        public void close() {
            free.release((int) units.getAndSet(0));
        }
    }
}
