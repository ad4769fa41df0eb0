package io.trailwarden.otlp;

import java.time.Duration;

/// Counts the requests under way, so that a stop can wait for them.
final class InFlight {

    private int count;

    synchronized void begin() {
        count++;
    }

    synchronized void end() {
        if (--count == 0) {
            notifyAll();
        }
    }

    /// Waits until nothing is under way, for at most `patience`.
    ///
    /// @return how many are still under way
    synchronized int awaitNone(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            for (long left = patience.toNanos(); count > 0 && left > 0; left = end - System.nanoTime()) {
                wait(Math.max(1, left / 1_000_000));
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return count;
    }
}
