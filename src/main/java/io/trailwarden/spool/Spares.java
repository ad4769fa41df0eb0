package io.trailwarden.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes the next segment's file ready while the present one fills: written full of zeros and synced.
///
/// So a full disk shows here, before anything is acknowledged, and a later fdatasync has no sizes or extents to write.
/// One file at a time, made by a thread of its own.
final class Spares implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Spares.class);

    /// Zeros are synced in steps, so that acknowledgements never queue behind a whole segment of them.
    private static final int STEP = 4 << 20;
    private static final String PREFIX = "spare-";
    private static final long TRY_AGAIN_SECONDS = 1;

    private final Path folder;
    private final Volume volume;
    private final long quota;
    private final LongSupplier used;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition needed = lock.newCondition();
    private final Condition offered = lock.newCondition();
    private final Thread maker;
    private final long segmentBytes;
    private long number;
    private long wanted;
    private @Nullable Spare ready;
    private @Nullable String refusal;
    private boolean closing;

    /// A file ready to become a segment.
    record Spare(Path path, Volume.File file, long size) {
    }

    /// @param used bytes of all segments
    Spares(Path folder, Volume volume, long segmentBytes, long quota, LongSupplier used) throws IOException {
        this.folder = folder;
        this.volume = volume;
        this.wanted = segmentBytes;
        this.quota = quota;
        this.used = used;
        this.segmentBytes = segmentBytes;
        try (Stream<Path> leftovers = Files.list(folder)) {
            leftovers.filter(path -> path.getFileName().toString().startsWith(PREFIX)).forEach(Spares::remove);
        }
        this.maker = Thread.ofPlatform().daemon().name("spool-spares").unstarted(this::make);
    }

    void start() {
        maker.start();
    }

    /// The spare, waiting up to `waitMillis` for one of at least `size` bytes; null when there is none yet. The taker
    /// gives it its final name and then calls [#again].
    @Nullable Spare take(long size, long waitMillis) throws IOException, InterruptedException {
        lock.lock();
        try {
            if (size > wanted) {
                wanted = size;
                discard();
                needed.signalAll();
            }
            if (ready == null) {
                offered.await(waitMillis, TimeUnit.MILLISECONDS);
            }
            if (ready != null && ready.size() < size) {
                // Begun before the larger one was asked for.
                discard();
                needed.signalAll();
            }
            var spare = ready;
            ready = null;
            return spare;
        } finally {
            lock.unlock();
        }
    }

    /// Looks again whether the next spare can be made: the last one has become a segment, or segments were deleted.
    void again() {
        lock.lock();
        try {
            wanted = segmentBytes;
            needed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Why there is no spare, in words; null while there is nothing in the way.
    @Nullable String refusal() {
        lock.lock();
        try {
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /// Bytes of the spare.
    long bytes() {
        lock.lock();
        try {
            return ready == null ? 0 : ready.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closing = true;
            needed.signalAll();
        } finally {
            lock.unlock();
        }
        joinUninterruptibly(maker);
        discard();
    }

    private void discard() throws IOException {
        if (ready != null) {
            ready.file().close();
            Files.deleteIfExists(ready.path());
            ready = null;
        }
    }

    static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void make() {
        while (true) {
            long size = next();
            if (size == 0) {
                return;
            }
            var path = folder.resolve(PREFIX + ++number);
            try {
                offer(filled(path, size), null);
            } catch (IOException e) {
                remove(path);
                offer(null, Volume.full(e) ? "the disk is full" : "no segment can be made: " + e.getMessage());
            }
        }
    }

    /// Waits until a spare is wanted and allowed; 0 when closing.
    private long next() {
        lock.lock();
        try {
            // After a failure only time or released segments can help.
            boolean pause = refusal != null;
            while (!closing) {
                if (ready == null && !pause && allowed()) {
                    return wanted;
                }
                needed.await(TRY_AGAIN_SECONDS, TimeUnit.SECONDS);
                pause = false;
            }
            return 0;
        } catch (InterruptedException _) {
            return 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean allowed() {
        boolean fits = used.getAsLong() + wanted <= quota;
        if (!fits) {
            refused("the spool is full: %d of %d bytes wait to be loaded".formatted(used.getAsLong(), quota));
        }
        return fits;
    }

    private Spare filled(Path path, long size) throws IOException {
        var spare = new Spare(path, volume.open(path), size);
        try {
            fill(spare);
            return spare;
        } catch (IOException e) {
            spare.file().close();
            throw e;
        }
    }

    private static void fill(Spare spare) throws IOException {
        var zeros = ByteBuffer.allocateDirect(1 << 20);
        for (long at = 0; at < spare.size(); at += zeros.capacity()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), spare.size() - at));
            spare.file().write(zeros, at);
            if ((at + zeros.capacity()) % STEP == 0) {
                spare.file().force();
            }
        }
        spare.file().force();
    }

    private void offer(@Nullable Spare spare, @Nullable String why) {
        lock.lock();
        try {
            ready = spare;
            refused(why);
            offered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Logs when it starts, changes and ends.
    private void refused(@Nullable String why) {
        boolean same = why == null ? refusal == null : refusal != null && why.split(":", 2)[0].equals(refusal.split(":", 2)[0]);
        if (!same && why != null) {
            LOG.warnf("Spool cannot grow; senders are held, then told to come again: reason=%s", why);
        } else if (!same) {
            LOG.infof("Spool can grow again: folder=%s", folder);
        }
        refusal = why;
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warnf("A spare segment could not be removed: file=%s reason=%s", path, e.getMessage());
        }
    }
}
