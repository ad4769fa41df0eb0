package io.trailwarden.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import io.trailwarden.spool.Frame;
import io.trailwarden.spool.SegmentSpool;
import io.trailwarden.spool.Spool;
import io.trailwarden.spool.Spool.Appended;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// How quickly the spool acknowledges, beside what the disk itself needs for one fdatasync.
///
/// Callers wait for each append before the next, and a reader loads and releases what they append, from memory. One run
/// of this program is one machine at one time: compare figures of one run only. Arguments: a folder on the disk to
/// measure, and seconds per case (default 3).
public final class SpoolBenchmark {

    private static final Instant START = Instant.parse("2026-11-02T12:00:00Z");

    private SpoolBenchmark() {
    }

    public static void main(String[] args) throws Exception {
        var folder = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "target"), "spool-bench");
        var time = Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 3);
        try {
            System.out.println("disk alone, 4 KiB then fdatasync:   " + disk(folder, Duration.ofSeconds(2)));
            measure(folder, 8, 5, time);
            for (int records : new int[] {5, 100}) {
                for (int callers : new int[] {1, 8, 64}) {
                    System.out.printf("%2d callers, %3d records a request:  %s%n", callers, records, measure(folder, callers, records, time));
                }
            }
            System.out.println("disk alone again:                   " + disk(folder, Duration.ofSeconds(2)));
        } finally {
            delete(folder);
        }
    }

    /// What one case came to.
    private record Figures(long[] sortedNanos, int recordsEach, double seconds) {

        @Override
        public String toString() {
            return "%,9.0f requests/s %,10.0f records/s   p50 %,8.0f us   p99 %,8.0f us".formatted(sortedNanos.length / seconds,
                    (double) sortedNanos.length * recordsEach / seconds, percentile(0.5), percentile(0.99));
        }

        private double percentile(double share) {
            return sortedNanos[(int) (share * (sortedNanos.length - 1))] / 1e3;
        }
    }

    private static Figures disk(Path folder, Duration time) throws IOException {
        var block = ByteBuffer.allocateDirect(4096);
        var nanos = LongStream.builder();
        long started = System.nanoTime();
        try (var file = FileChannel.open(folder.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 4096; i++) {
                file.write(block.clear(), i * 4096L);
            }
            file.force(true);
            started = System.nanoTime();
            for (int i = 0; System.nanoTime() - started < time.toNanos(); i++) {
                long before = System.nanoTime();
                file.write(block.clear(), i % 4096 * 4096L);
                file.force(false);
                nanos.add(System.nanoTime() - before);
            }
        }
        return new Figures(nanos.build().sorted().toArray(), 0, (System.nanoTime() - started) / 1e9);
    }

    private static Figures measure(Path parent, int callers, int records, Duration time) throws Exception {
        var folder = Files.createTempDirectory(parent, "case");
        var options = SegmentSpool.Options.in(folder.resolve("spool"));
        try (var spool = SegmentSpool.open(options, new SimpleMeterRegistry(), () -> Runtime.getRuntime().halt(74));
                var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
            append(spool, frame(records, 0));
            long end = System.nanoTime() + time.toNanos();
            var loading = threads.submit(() -> load(spool, end));
            var callersTasks = new ArrayList<Callable<long[]>>();
            for (int caller = 0; caller < callers; caller++) {
                var frame = frame(records, caller);
                callersTasks.add(() -> call(spool, frame, end));
            }
            var nanos = LongStream.builder();
            for (var done : threads.invokeAll(callersTasks)) {
                Arrays.stream(done.get()).forEach(nanos::add);
            }
            loading.get();
            return new Figures(nanos.build().sorted().toArray(), records, time.toNanos() / 1e9);
        } finally {
            delete(folder);
        }
    }

    private static long[] call(Spool spool, Frame frame, long end) {
        var nanos = LongStream.builder();
        for (long before = System.nanoTime(); before < end; before = System.nanoTime()) {
            append(spool, frame);
            nanos.add(System.nanoTime() - before);
        }
        return nanos.build().toArray();
    }

    private static void append(Spool spool, Frame frame) {
        if (spool.append(frame, Duration.ofSeconds(30)) instanceof Appended.Busy(var why, _)) {
            throw new IllegalStateException("not taken: " + why);
        }
    }

    private static long load(Spool spool, long end) throws InterruptedException {
        var at = Spool.Position.START;
        long records = 0;
        while (System.nanoTime() < end) {
            for (var placed : spool.read(at, 5000, Duration.ofMillis(20))) {
                records += placed.frame().records();
                at = placed.position();
            }
            spool.release(at);
        }
        return records;
    }

    /// Records like the client's tool decisions, some 25 attributes of which most repeat.
    private static Frame frame(int records, int caller) {
        var common = Attributes.builder().put("user.id", "c0ffee".repeat(10)).put("user.email", "user" + caller + "@example.com")
                .put("organization.id", "b1946ac9-2d23-4cbb-a2cb-0123456789ab").put("terminal.type", "vscode").put("app.version", "2.1.329").build();
        var resource = Attributes.builder().put("service.name", "claude-code").put("service.version", "2.1.329").put("os.type", "linux")
                .put("host.arch", "amd64").build();
        var origin = new Origin("laptops", "user" + caller + "@example.com", "session-" + caller, resource, "com.anthropic.claude_code.events", "2.1.329", common);
        var events = new ArrayList<AuditEvent>(records);
        for (int i = 0; i < records; i++) {
            events.add(AuditEvent.of(new Observation(Signal.LOG, "tool_decision", START.plusMillis(i), origin, attributes(i), derived(i), Attributes.NONE), START));
        }
        return new Frame.Records(events);
    }

    private static Attributes attributes(int i) {
        return Attributes.builder().put("event.name", "tool_decision").put("event.timestamp", START.plusMillis(i).toString()).put("event.sequence", i)
                .put("prompt.id", new UUID(7, i / 5).toString()).put("tool_name", "Bash").put("tool_use_id", "toolu_" + new UUID(i, 3)).put("decision", "accept")
                .put("source", "config").put("permission_mode", "default")
                .put("tool_parameters", "{\"bash_command\":\"git\",\"full_command\":\"git push origin feature/" + i + "\",\"description\":\"Push the branch\"}").build();
    }

    private static Attributes derived(int i) {
        return Attributes.builder().put("command.text", "git push origin feature/" + i).put("tool.kind", "exec").put("outcome", "allowed")
                .put("command.programs", io.trailwarden.event.Value.of(List.of("git"))).build();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
