package io.trailwarden.spool;

import static io.trailwarden.spool.SpoolContract.append;
import static io.trailwarden.spool.SpoolContract.frame;
import static io.trailwarden.spool.SpoolContract.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.spool.Spool.Appended;
import io.trailwarden.spool.Spool.Placed;
import io.trailwarden.spool.Spool.Position;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentSpoolTest implements SpoolContract {

    private static final int SEGMENT = 1 << 16;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<SegmentSpool> opened = new ArrayList<>();
    private @Nullable SegmentSpool only;

    @AfterEach
    void closeAll() {
        opened.forEach(SegmentSpool::close);
    }

    @Override
    public synchronized Spool spool() {
        if (only == null) {
            only = open();
        }
        return only;
    }

    @Test
    void everythingIsThereAfterARestart() throws Exception {
        var spool = open();
        var loaded = append(spool, frame("a", 2));
        append(spool, frame("b", 3));
        var id = spool.id();
        spool.close();

        var again = open();
        again.release(loaded);

        assertThat(again.id()).isEqualTo(id);
        assertThat(again.fill().records()).isEqualTo(3);
        assertThat(readAll(again, loaded)).extracting(Placed::frame).containsExactly(frame("b", 3));
    }

    @Test
    void positionsRiseOverRestarts() throws Exception {
        var spool = open();
        var before = append(spool, frame("a", 1));
        spool.release(before);
        spool.close();
        open().close();
        open().close();

        var after = append(open(), frame("b", 1));

        assertThat(after).isGreaterThan(before);
    }

    @Test
    void framesRunOnOverSegments() throws Exception {
        var spool = open();
        var appended = fill(spool, 5 * SEGMENT);

        assertThat(segments()).hasSizeGreaterThan(4);
        assertThat(readAll(spool, Position.START)).extracting(Placed::position).isEqualTo(appended);
        spool.close();
        assertThat(readAll(open(), Position.START)).extracting(Placed::position).isEqualTo(appended);
    }

    @Test
    void readingFromDiskAndFromMemoryIsTheSame() throws Exception {
        var spool = open(Volume.DISK, 64 * SEGMENT, 0);
        fill(spool, 3 * SEGMENT);

        var fromDisk = readAll(spool, Position.START);

        spool.close();
        assertThat(fromDisk).isEqualTo(readAll(open(), Position.START)).hasSizeGreaterThan(100);
    }

    @Test
    void whatWaitsIsCountedExactlyFromWhereverLoadingStood() throws Exception {
        var spool = open();
        var appended = fill(spool, 3 * SEGMENT);
        long all = spool.fill().records();
        spool.close();

        for (int stood : List.of(0, 1, appended.size() / 2, appended.size() - 2, appended.size() - 1)) {
            var again = open();
            again.release(appended.get(stood));

            assertThat(again.fill().records()).isEqualTo(all - (stood + 1) * 2L);
            assertThat(readAll(again, appended.get(stood))).hasSize(appended.size() - stood - 1);
            again.close();
        }
    }

    @Test
    void releasedSegmentsAreDeleted() throws Exception {
        var spool = open();
        var appended = fill(spool, 4 * SEGMENT);

        spool.release(appended.getLast());

        assertThat(segments()).hasSize(1);
        assertThat(spool.fill().records()).isZero();
        assertThat(append(spool, frame("next", 1))).isGreaterThan(appended.getLast());
    }

    @Test
    void aFrameLargerThanASegmentIsTaken() throws Exception {
        var spool = open();
        var large = new Frame.Unreadable("r", "d", "s", 1, "p", "c", "x".repeat(3 * SEGMENT), io.trailwarden.event.Events.NOON);

        append(spool, frame("a", 1));
        append(spool, large);
        append(spool, frame("b", 1));

        spool.close();
        assertThat(readAll(open(), Position.START)).extracting(Placed::frame).containsExactly(frame("a", 1), large, frame("b", 1));
    }

    @Test
    void aFullSpoolSaysBusyAndGoesOnWhenSegmentsAreReleased() throws Exception {
        var spool = open(Volume.DISK, 4 * SEGMENT, 1 << 20);
        var appended = fillUntilBusy(spool);

        assertThat(spool.append(frame("x", 1), Duration.ofMillis(50))).isInstanceOfSatisfying(Appended.Busy.class,
                busy -> assertThat(busy.why()).startsWith("the spool is full"));
        assertThat(spool.fill().bytes()).isLessThanOrEqualTo(4 * SEGMENT);

        spool.release(appended.getLast());
        var next = append(spool, frame("y", 1));

        assertThat(readAll(spool, appended.getLast())).extracting(Placed::position).containsExactly(next);
        assertThat(registry.counter("trailwarden.spool.appends", "outcome", "busy").count()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatWasToldBusyIsNeverRead() throws Exception {
        var disk = new FakeVolume();
        var spool = open(disk, 64 * SEGMENT, 0);
        append(spool, frame("before", 1));
        disk.holdSyncs = new CountDownLatch(1);

        var busy = spool.append(frame("refused", 1), Duration.ofMillis(100));
        disk.holdSyncs.countDown();
        append(spool, frame("after", 1));

        assertThat(busy).isInstanceOf(Appended.Busy.class);
        assertThat(readAll(spool, Position.START)).extracting(Placed::frame).containsExactly(frame("before", 1), frame("after", 1));
        assertThat(spool.fill().records()).isEqualTo(2);
    }

    @Test
    void aFullDiskShowsBeforeTheAcknowledgementAndPasses() throws Exception {
        var disk = new FakeVolume();
        var spool = open(disk, 64 * SEGMENT, 1 << 20);
        append(spool, frame("a", 1));
        disk.capacity = 0;
        var appended = fillUntilBusy(spool);

        disk.capacity = Long.MAX_VALUE;
        append(spool, frame("z", 1));

        assertThat(ended).isFalse();
        assertThat(readAll(spool, Position.START)).hasSize(appended.size() + 2);
    }

    @Test
    void aSyncThatFailsEndsTheProcessAndIsNeverTriedAgain() {
        var disk = new FakeVolume();
        var spool = open(disk, 64 * SEGMENT, 1 << 20);
        append(spool, frame("a", 1));
        int syncs = disk.syncs;
        disk.failSyncs = true;

        var appended = spool.append(frame("b", 1), PATIENCE);
        disk.failSyncs = false;
        var later = spool.append(frame("c", 1), PATIENCE);

        assertThat(appended).isInstanceOf(Appended.Busy.class);
        assertThat(later).isInstanceOf(Appended.Busy.class);
        assertThat(ended).isTrue();
        assertThat(disk.syncs).isEqualTo(syncs + 1);
    }

    @Test
    void callersThatComeTogetherShareASync() throws Exception {
        var disk = new FakeVolume();
        var spool = open(disk, 64 * SEGMENT, 1 << 20);
        append(spool, frame("a", 1));
        disk.holdSyncs = new CountDownLatch(1);
        int before = disk.syncs;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                threads.submit(() -> append(spool, frame("b", 1)));
            }
            disk.syncing.await(60, TimeUnit.SECONDS);
            // The rest queues behind the sync that is held; wait until all have.
            while (registry.counter("trailwarden.spool.appends", "outcome", "durable").count() > 1) {
                Thread.onSpinWait();
            }
            disk.holdSyncs.countDown();
        }

        assertThat(disk.syncs - before).isLessThan(40);
        assertThat(readAll(spool, Position.START)).hasSize(41);
    }

    @Test
    void aTornEndIsCutAtTheLastGoodFrame() throws Exception {
        var spool = open();
        var appended = fill(spool, 20_000);
        spool.close();
        unseal(segments().getLast());
        try (var file = new RandomAccessFile(segments().getLast().toFile(), "rw")) {
            file.setLength(appended.getLast().offset() - 5);
        }

        var again = open();

        assertThat(readAll(again, Position.START)).extracting(Placed::position).isEqualTo(appended.subList(0, appended.size() - 1));
        assertThat(again.fill().records()).isEqualTo((appended.size() - 1) * 2L);
        append(again, frame("next", 1));
        assertThat(readAll(again, Position.START)).hasSize(appended.size());
    }

    @Test
    void aFlippedBitCostsOneFrameAndIsReported() throws Exception {
        var spool = open();
        var appended = fill(spool, 20_000);
        spool.close();
        int hit = appended.size() / 2;
        var from = appended.get(hit - 1);
        var to = appended.get(hit);
        flip(segments().getFirst(), from.offset() + Layout.HEADER + 9);

        var read = readAll(open(), Position.START);

        assertThat(read).extracting(Placed::position).isEqualTo(appended);
        assertThat(read.get(hit).frame()).isInstanceOfSatisfying(Frame.Damaged.class, damaged -> {
            assertThat(damaged.offset()).isEqualTo(from.offset());
            assertThat(damaged.bytes()).isEqualTo(to.offset() - from.offset());
        });
        assertThat(read.stream().filter(placed -> placed.frame() instanceof Frame.Damaged)).hasSize(1);
        assertThat(folder.resolve("quarantine").resolve("%016d-%d.bytes".formatted(1, from.offset()))).hasSize(to.offset() - from.offset());
        assertThat(registry.counter("trailwarden.spool.damaged.bytes").count()).isEqualTo(to.offset() - from.offset());
    }

    @Test
    void aBrokenHeaderIsPassedOverToTheNextGoodFrame() throws Exception {
        var spool = open();
        var appended = fill(spool, 20_000);
        spool.close();
        flip(segments().getFirst(), appended.get(3).offset() + 5);

        var read = readAll(open(), Position.START);

        assertThat(read).hasSize(appended.size());
        assertThat(read.get(4).frame()).isInstanceOf(Frame.Damaged.class);
        assertThat(read).extracting(Placed::position).isEqualTo(appended);
    }

    @Test
    void everyBitOfASmallSpoolMayFlipAndTheRestIsRead() throws Exception {
        var spool = open();
        var frames = List.of(frame("a", 1), frame("b", 1), frame("c", 1));
        frames.forEach(frame -> append(spool, frame));
        spool.close();
        var file = segments().getFirst();
        byte[] good = Files.readAllBytes(file);
        var random = new java.util.Random(42);

        for (int round = 0; round < 120; round++) {
            byte[] bad = good.clone();
            int end = (int) readerEnd(good);
            bad[random.nextInt(end)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);

            var again = open();
            var read = readAll(again, Position.START).stream().map(Placed::frame).filter(frame -> frame instanceof Frame.Records).toList();
            again.close();
            deleteSegmentsAfter(file);

            assertThat(frames).containsAll(read);
            assertThat(read).as("round %d", round).hasSizeGreaterThanOrEqualTo(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void damageInOneSegmentDoesNotDisturbTheCount() throws Exception {
        var spool = open();
        var appended = fill(spool, 3 * SEGMENT);
        spool.close();
        flip(segments().getFirst(), appended.get(4).offset() + Layout.HEADER + 1);

        var again = open();
        var read = readAll(again, Position.START);
        again.release(read.getLast().position());

        assertThat(again.fill().records()).isZero();
    }

    @Test
    void anOldCopyPutBackNeverHidesNewFrames() throws Exception {
        var spool = open();
        append(spool, frame("a", 1));
        var loaded = new Position(7, 4711);

        spool.release(loaded);
        append(spool, frame("b", 1));

        assertThat(spool.read(loaded, 10, Duration.ZERO)).extracting(Placed::frame).containsExactly(frame("b", 1));
    }

    @Test
    void theAlarmIsRaisedBeforeTheSpoolIsFull() throws Exception {
        var spool = open(Volume.DISK, 10 * SEGMENT, 1 << 20);

        fillUntilBusy(spool);

        assertThat(registry.get("trailwarden.spool.used.bytes").gauge().value()).isGreaterThan(8 * SEGMENT);
        assertThat(registry.get("trailwarden.spool.quota.bytes").gauge().value()).isEqualTo(10 * SEGMENT);
        assertThat(registry.get("trailwarden.spool.waiting.records").gauge().value()).isPositive();
    }

    @Test
    void aClosedSpoolTakesNothing() {
        var spool = open();
        spool.close();

        assertThat(spool.append(frame("a", 1), PATIENCE)).isInstanceOf(Appended.Busy.class);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> new SegmentSpool.Options(folder, SEGMENT, SEGMENT, Duration.ZERO, 0))
                .hasMessage("trailwarden.spool.quota must be at least four segments (262144), got 65536");
    }

    @Test
    void filesAreForOurselvesOnly() throws Exception {
        append(spool(), frame("a", 1));

        assertThat(Files.getPosixFilePermissions(segments().getFirst())).extracting(Enum::name).containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }

    private SegmentSpool open() {
        return open(Volume.DISK, 64 * SEGMENT, 1 << 20);
    }

    private SegmentSpool open(Volume volume, long quota, long memory) {
        var options = new SegmentSpool.Options(folder, quota, SEGMENT, Duration.ofMillis(2), memory);
        var spool = SegmentSpool.open(options, volume, new SpoolMetrics(registry), () -> ended.set(true));
        opened.add(spool);
        return spool;
    }

    /// Appends frames of two records until `bytes` are used.
    private static List<Position> fill(Spool spool, long bytes) {
        var positions = new ArrayList<Position>();
        long size = 0;
        while (size < bytes) {
            var frame = frame("fill" + positions.size(), 2);
            size += EventCodec.encode(frame, Layout.HEADER).length();
            positions.add(append(spool, frame));
        }
        return positions;
    }

    private static List<Position> fillUntilBusy(Spool spool) {
        var positions = new ArrayList<Position>();
        while (spool.append(frame("fill" + positions.size(), 2), Duration.ofMillis(500)) instanceof Appended.Durable(var position)) {
            positions.add(position);
        }
        return positions;
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Segment::isOne).sorted().toList();
        }
    }

    private void deleteSegmentsAfter(Path first) throws IOException {
        for (var segment : segments()) {
            if (!segment.equals(first)) {
                Files.delete(segment);
            }
        }
    }

    private static long readerEnd(byte[] sealed) {
        var head = Layout.head(ByteBuffer.wrap(sealed));
        return head == null || head.seal() == null ? sealed.length : head.seal().end();
    }

    private static void flip(Path file, long offset) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int was = bytes.read();
            bytes.seek(offset);
            bytes.write(was ^ 0x10);
        }
    }

    /// As a process that was killed leaves it.
    private static void unseal(Path file) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(36);
            bytes.write(new byte[20]);
        }
    }

    /// A disk that can be full, slow to sync, or broken.
    private static final class FakeVolume implements Volume {

        volatile long capacity = Long.MAX_VALUE;
        volatile boolean failSyncs;
        volatile CountDownLatch holdSyncs = new CountDownLatch(0);
        final CountDownLatch syncing = new CountDownLatch(1);
        volatile int syncs;

        @Override
        public File open(Path path) throws IOException {
            var real = DISK.open(path);
            boolean spare = path.getFileName().toString().startsWith("spare-");
            return new File() {
                private boolean ready;

                @Override
                public void write(ByteBuffer bytes, long offset) throws IOException {
                    if (spare && !ready && capacity < offset + bytes.remaining()) {
                        throw new IOException("No space left on device");
                    }
                    real.write(bytes, offset);
                }

                @Override
                public void force() throws IOException {
                    if (Thread.currentThread().getName().equals("spool-spares")) {
                        ready = true;
                        real.force();
                        return;
                    }
                    await();
                    syncs++;
                    if (failSyncs) {
                        throw new IOException("Input/output error");
                    }
                    real.force();
                }

                private void await() {
                    var hold = holdSyncs;
                    if (hold.getCount() > 0) {
                        syncing.countDown();
                    }
                    try {
                        hold.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public void close() throws IOException {
                    real.close();
                }
            };
        }
    }
}
