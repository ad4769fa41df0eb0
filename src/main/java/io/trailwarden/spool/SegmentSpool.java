package io.trailwarden.spool;

import io.micrometer.core.instrument.MeterRegistry;
import io.trailwarden.spool.Tail.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The spool in segment files, laid out as [Layout] says, in a folder of its own.
///
/// Callers encode and checksum their frames themselves, then queue; one thread writes what is queued in one go, makes it
/// durable with one fdatasync and lets all of them go. While that runs the next group gathers, so groups grow with load.
/// When the disk fails to sync, the process must end: what is on it is unknown then, and asking again would lie.
public final class SegmentSpool implements Spool {

    private static final Logger LOG = Logger.getLogger(SegmentSpool.class);

    /// Most bytes of frames that callers may have queued; more of them wait outside.
    private static final long MOST_QUEUED = 64 << 20;
    private static final long MOST_IN_GROUP = 8 << 20;
    /// What a sender that was not taken is asked to wait: long enough for a segment to be loaded.
    private static final Duration COME_AGAIN = Duration.ofSeconds(2);
    /// From 80 % of the quota on somebody is told; it ends below 70 %, so that it does not flicker.
    private static final double ALARM_FROM = 0.8;
    private static final double ALARM_UNTIL = 0.7;

    private final Options options;
    private final UUID id;
    private final Shelf shelf;
    private final Spares spares;
    private final Tail tail;
    private final DiskReading disk;
    private final SegmentWriter writer;
    private final SpoolMetrics metrics;
    private final Runnable brokenDisk;
    private final Thread writing;

    private final ReentrantLock queueLock = new ReentrantLock();
    private final Condition queued = queueLock.newCondition();
    private final Condition room = queueLock.newCondition();
    private final ArrayDeque<Pending> queue = new ArrayDeque<>();
    private long queuedBytes;
    private @Nullable String closed;

    private final ReentrantLock readLock = new ReentrantLock();
    private final ReentrantLock grownLock = new ReentrantLock();
    private final Condition grown = grownLock.newCondition();
    private final Set<Position> withdrawn = new ConcurrentSkipListSet<>();
    /// Records counted through each frame that was read and not yet released; guarded by `readLock`.
    private final TreeMap<Position, Long> handedOut = new TreeMap<>();
    private volatile Position durable;
    private volatile long released;
    private volatile boolean alarmed;
    private volatile boolean failed;

    /// How a spool is kept.
    ///
    /// @param folder its own; created when missing
    /// @param quota most bytes of segment files; at least four segments
    /// @param segmentBytes size of one segment; at least 64 KiB
    /// @param maxDelay longest that a group waits for more requests when the group before had more; zero for never
    /// @param memoryBytes newest frames kept in memory for the reader, in bytes as on disk
    public record Options(Path folder, long quota, long segmentBytes, Duration maxDelay, long memoryBytes) {
        public Options {
            if (segmentBytes < 1 << 16) {
                throw new IllegalArgumentException("trailwarden.spool.segment-size must be at least 64K, got " + segmentBytes);
            }
            if (quota < 4 * segmentBytes) {
                throw new IllegalArgumentException("trailwarden.spool.quota must be at least four segments (%d), got %d".formatted(4 * segmentBytes, quota));
            }
            if (maxDelay.isNegative() || maxDelay.compareTo(Duration.ofSeconds(1)) > 0) {
                throw new IllegalArgumentException("trailwarden.spool.max-delay must be between 0 and 1s, got " + maxDelay);
            }
            if (memoryBytes < 0) {
                throw new IllegalArgumentException("trailwarden.spool.memory must not be negative, got " + memoryBytes);
            }
        }

        /// 64 MiB segments, 8 GiB in all, 16 MiB of them in memory.
        public static Options in(Path folder) {
            return new Options(folder, 8L << 30, 64 << 20, Duration.ofMillis(2), 16 << 20);
        }
    }

    private SegmentSpool(Options options, Volume volume, SpoolMetrics metrics, Runnable brokenDisk) throws IOException {
        this.options = options;
        this.metrics = metrics;
        this.brokenDisk = brokenDisk;
        makeFolder(options.folder());
        this.id = id(options.folder());
        var quarantine = new Quarantine(options.folder());
        this.shelf = Shelf.open(options.folder(), id, quarantine);
        this.spares = new Spares(options.folder(), volume, options.segmentBytes(), options.quota(), shelf::bytes);
        this.disk = new DiskReading(shelf, quarantine, metrics, withdrawn::contains);
        var last = shelf.last();
        this.durable = last == null ? Position.START : last.last();
        this.tail = new Tail(durable, options.memoryBytes());
        this.writer = new SegmentWriter(options.folder(), id, shelf, spares);
        this.writing = Thread.ofPlatform().daemon().name("spool-writer").unstarted(this::write);
    }

    /// Opens the spool in its folder, mending what a crash left.
    ///
    /// @param brokenDisk called once, from the writing thread, when the disk fails; must end the process
    /// @throws UncheckedIOException when the folder cannot be used
    public static SegmentSpool open(Options options, MeterRegistry registry, Runnable brokenDisk) {
        return open(options, Volume.DISK, new SpoolMetrics(registry), brokenDisk);
    }

    /// The same on a volume of the caller's.
    ///
    /// @param brokenDisk called once, from the writing thread, when the disk fails; must end the process
    /// @throws UncheckedIOException when the folder cannot be used
    static SegmentSpool open(Options options, Volume volume, SpoolMetrics metrics, Runnable brokenDisk) {
        try {
            var spool = new SegmentSpool(options, volume, metrics, brokenDisk);
            metrics.watch(spool::fill);
            spool.spares.start();
            spool.writing.start();
            var fill = spool.fill();
            LOG.infof("Spool open: folder=%s waiting=%d bytes=%d", options.folder(), fill.records(), fill.bytes());
            return spool;
        } catch (IOException e) {
            throw new UncheckedIOException("spool folder %s cannot be used: %s".formatted(options.folder().toAbsolutePath(), e.getMessage()), e);
        }
    }

    @Override
    public Appended append(Frame frame, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var bytes = EventCodec.encode(frame, Layout.HEADER);
        Layout.frame(bytes.array(), bytes.length(), frame.records());
        var pending = new Pending(frame, bytes.array(), bytes.length());
        var refusal = enqueue(pending, deadline);
        var appended = refusal == null ? pending.await(deadline, this::reasonForWaiting) : new Appended.Busy(refusal, COME_AGAIN);
        metrics.appended(appended instanceof Appended.Durable ? SpoolMetrics.Outcome.DURABLE : SpoolMetrics.Outcome.BUSY);
        return appended;
    }

    @Override
    public List<Placed> read(Position from, int maxRecords, Duration wait) throws InterruptedException {
        var deadline = System.nanoTime() + wait.toNanos();
        var known = from;
        while (awaitAfter(known, deadline)) {
            known = durable;
            var entries = after(from, maxRecords);
            if (!entries.isEmpty()) {
                return entries.stream().map(Entry::placed).toList();
            }
            // All between was withdrawn: wait for something after it.
        }
        return List.of();
    }

    @Override
    public void release(Position position) {
        readLock.lock();
        try {
            if (position.compareTo(durable) > 0) {
                loadedMoreThanIsHere(position);
            }
            var counted = handedOut.get(position);
            released = Math.max(released, counted == null ? disk.through(position) : counted);
            handedOut.headMap(position, true).clear();
            tail.forgetThrough(position);
            shelf.release(position);
            withdrawn.removeIf(gone -> gone.compareTo(position) <= 0);
        } catch (IOException e) {
            throw new UncheckedIOException("what waits in the spool cannot be counted: " + e.getMessage(), e);
        } finally {
            readLock.unlock();
        }
        spares.again();
        checkAlarm();
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public Fill fill() {
        return new Fill(Math.max(0, shelf.total() - released), shelf.bytes() + spares.bytes(), options.quota());
    }

    /// Takes nothing more, writes what is queued, and returns when all of it is on stable storage.
    @Override
    public void close() {
        shut("the spool is closed");
        Spares.joinUninterruptibly(writing);
        readLock.lock();
        try {
            disk.close();
            spares.close();
            if (!failed) {
                writer.close();
            }
        } catch (IOException e) {
            LOG.warnf("Spool not closed cleanly; nothing is lost: reason=%s", e.getMessage());
        } finally {
            readLock.unlock();
        }
    }

    /// @return why it cannot be queued; null when it is
    private @Nullable String enqueue(Pending pending, long deadline) {
        queueLock.lock();
        try {
            while (closed == null && queuedBytes > MOST_QUEUED) {
                if (!awaitUninterrupted(room, deadline)) {
                    return reasonForWaiting();
                }
            }
            if (closed != null) {
                return closed;
            }
            queue.add(pending);
            queuedBytes += pending.size();
            queued.signal();
            return null;
        } finally {
            queueLock.unlock();
        }
    }

    private static boolean awaitUninterrupted(Condition condition, long deadline) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return false;
        }
        try {
            condition.awaitNanos(left);
            return true;
        } catch (InterruptedException _) {
            // An interrupted caller does not get to wait; nothing of it is queued yet.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String reasonForWaiting() {
        var refusal = spares.refusal();
        return refusal == null ? "the spool's disk does not keep up" : refusal;
    }

    private boolean awaitAfter(Position from, long deadline) throws InterruptedException {
        if (durable.compareTo(from) > 0) {
            return true;
        }
        grownLock.lockInterruptibly();
        try {
            while (durable.compareTo(from) <= 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                grown.awaitNanos(left);
            }
            return true;
        } finally {
            grownLock.unlock();
        }
    }

    private List<Entry> after(Position from, int maxRecords) throws InterruptedException {
        readLock.lockInterruptibly();
        try {
            var entries = tail.after(from, maxRecords);
            if (entries == null) {
                entries = disk.after(from, maxRecords);
            }
            entries.forEach(entry -> handedOut.put(entry.placed().position(), entry.through()));
            return entries;
        } catch (ClosedByInterruptException _) {
            disk.close();
            throw new InterruptedException("interrupted while reading the spool");
        } catch (IOException e) {
            disk.close();
            throw new UncheckedIOException("the spool cannot be read: " + e.getMessage(), e);
        } finally {
            readLock.unlock();
        }
    }

    /// The database remembers a place that this folder does not reach: an older copy of it was put back. What was loaded
    /// is safe; new frames must only come after it.
    private void loadedMoreThanIsHere(Position position) {
        LOG.errorf("Spool ends before what was loaded from it; was an old copy of its folder put back? position=%s end=%s", position, durable);
        shelf.skipTo(position.segment());
        writer.startAnother();
    }

    private void write() {
        var group = List.<Pending>of();
        try {
            while (awaitWork()) {
                group = writer.makeRoom(headSize()) ? take() : List.of();
                if (!group.isEmpty()) {
                    commit(group);
                }
            }
        } catch (InterruptedException _) {
            shut("the spool is closed");
        } catch (IOException | RuntimeException e) {
            broken(e, group);
        }
    }

    /// Waits for something to write, then, when the group before was larger, a moment for more: no longer than syncing
    /// takes, because beyond that waiting costs more than it saves.
    ///
    /// @return false when closed and nothing is left
    private boolean awaitWork() throws InterruptedException {
        queueLock.lock();
        try {
            dropWithdrawn();
            while (queue.isEmpty()) {
                if (closed != null) {
                    return false;
                }
                queued.await();
                dropWithdrawn();
            }
            long left = Math.min(options.maxDelay().toNanos(), writer.lastSyncNanos());
            while (left > 0 && queue.size() < writer.lastGroup() && closed == null) {
                left = queued.awaitNanos(left);
            }
            return true;
        } finally {
            queueLock.unlock();
        }
    }

    private void dropWithdrawn() {
        while (!queue.isEmpty() && queue.peek().isWithdrawn()) {
            queuedBytes -= queue.remove().size();
        }
        room.signalAll();
    }

    private long headSize() {
        queueLock.lock();
        try {
            var head = queue.peek();
            return head == null ? 0 : head.size();
        } finally {
            queueLock.unlock();
        }
    }

    /// Takes what fits into the present segment.
    private List<Pending> take() {
        queueLock.lock();
        try {
            var group = new ArrayList<Pending>();
            long bytes = 0;
            while (!queue.isEmpty() && bytes < MOST_IN_GROUP && bytes + queue.peek().size() <= writer.room()) {
                var next = queue.remove();
                queuedBytes -= next.size();
                if (next.begin()) {
                    group.add(next);
                    bytes += next.size();
                }
            }
            room.signalAll();
            return group;
        } finally {
            queueLock.unlock();
        }
    }

    private void commit(List<Pending> group) throws IOException {
        long started = System.nanoTime();
        try {
            writer.write(group);
        } catch (IOException e) {
            if (!Volume.full(e)) {
                throw e;
            }
            LOG.warnf("Disk filled up below a segment; its senders are told to come again: count=%d reason=%s", group.size(), e.getMessage());
            group.forEach(pending -> pending.refuse("the disk is full", COME_AGAIN));
            return;
        }
        writer.sync(group.size());
        publish(group, Duration.ofNanos(System.nanoTime() - started));
    }

    private void publish(List<Pending> group, Duration took) {
        var segment = Objects.requireNonNull(shelf.last());
        long end = segment.end();
        long records = segment.records();
        var entries = new ArrayList<Entry>(group.size());
        for (var pending : group) {
            end += pending.size();
            var position = new Position(segment.number(), end);
            if (pending.durable(position)) {
                records += pending.frame().records();
                entries.add(new Entry(new Placed(position, pending.frame()), pending.size(), segment.before() + records));
            } else {
                withdrawn.add(position);
            }
        }
        entries.forEach(tail::add);
        metrics.synced(group.size(), records - segment.records(), end - segment.end(), took);
        shelf.grow(end, records);
        durable = new Position(segment.number(), end);
        group.forEach(Pending::wake);
        signalGrown();
        checkAlarm();
    }

    private void signalGrown() {
        grownLock.lock();
        try {
            grown.signalAll();
        } finally {
            grownLock.unlock();
        }
    }

    private void broken(Exception why, List<Pending> group) {
        LOG.errorf(why, "Spool's disk failed; the process ends, nothing more is acknowledged: folder=%s", options.folder());
        failed = true;
        shut("the spool's disk failed");
        brokenDisk.run();
        group.forEach(pending -> pending.refuse("the spool's disk failed", COME_AGAIN));
        queueLock.lock();
        try {
            queue.forEach(pending -> pending.refuse("the spool's disk failed", COME_AGAIN));
            queue.clear();
        } finally {
            queueLock.unlock();
        }
    }

    private void shut(String why) {
        queueLock.lock();
        try {
            if (closed == null) {
                closed = why;
            }
            queued.signalAll();
            room.signalAll();
        } finally {
            queueLock.unlock();
        }
    }

    private void checkAlarm() {
        var fill = fill();
        double used = (double) fill.bytes() / fill.quota();
        if (!alarmed && used >= ALARM_FROM) {
            alarmed = true;
            LOG.warnf("Spool is filling up; is the database loading? used=%d%% waiting=%d bytes=%d", Math.round(used * 100), fill.records(), fill.bytes());
        } else if (alarmed && used < ALARM_UNTIL) {
            alarmed = false;
            LOG.infof("Spool has room again: used=%d%% waiting=%d bytes=%d", Math.round(used * 100), fill.records(), fill.bytes());
        }
    }

    /// Only for ourselves: redacted or not, it is what people's agents did.
    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /// Reads the spool's id, or makes one on first use.
    private static UUID id(Path folder) throws IOException {
        var file = folder.resolve("spool.id");
        if (Files.exists(file)) {
            var text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " must hold a UUID, got '" + text + "'; put it back from a backup", e);
            }
        }
        var id = UUID.randomUUID();
        var unfinished = folder.resolve("spool.id.unfinished");
        try (var channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(StandardCharsets.US_ASCII.encode(id + "\n"));
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        Volume.forceFolder(folder);
        return id;
    }
}
