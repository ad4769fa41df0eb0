package io.trailwarden.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.trailwarden.event.Events;
import io.trailwarden.spool.Spool.Appended;
import io.trailwarden.spool.Spool.Placed;
import io.trailwarden.spool.Spool.Position;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that appends is killed at random moments, again and again on one folder.
class SegmentSpoolCrashIT {

    private static final long SEED = 20261121;
    private static final int ROUNDS = 15;
    private static final int WRITERS = 6;

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedBeforeAKillIsThereOnceAndInOrder() throws Exception {
        var random = new Random(SEED);
        var acknowledged = new ArrayList<String>();
        var loaded = Position.START;
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(appendUntilKilled(round, 1 + random.nextInt(600)));

            try (var spool = open(folder)) {
                spool.release(loaded);
                var read = SpoolContract.readAll(spool, loaded);

                assertThat(spool.fill().records()).as("waiting in round %d", round).isEqualTo(read.size());
                assertOnceAndInOrder(read, acknowledged, round);
                if (random.nextBoolean()) {
                    loaded = read.getLast().position();
                    spool.release(loaded);
                    acknowledged.clear();
                }
            }
        }
    }

    private static void assertOnceAndInOrder(List<Placed> read, List<String> acknowledged, int round) {
        var names = read.stream().map(SegmentSpoolCrashIT::name).toList();
        assertThat(names).as("seed %d round %d", SEED, round).doesNotHaveDuplicates().containsAll(acknowledged);
        var last = new HashMap<String, Integer>();
        for (var name : names) {
            var writer = name.substring(0, name.lastIndexOf('-'));
            int number = Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
            assertThat(number).as("order of %s", writer).isGreaterThan(last.getOrDefault(writer, -1));
            last.put(writer, number);
        }
    }

    private static String name(Placed placed) {
        return ((Frame.Records) placed.frame()).events().getFirst().name();
    }

    /// What the child said was durable before it died; its last line may be cut.
    private List<String> appendUntilKilled(int round, int after) throws IOException, InterruptedException {
        var child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Child.class.getName(), folder.toString(), Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var lines = new ArrayList<String>();
        try (var output = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.endsWith(";")) {
                    lines.add(line.substring(0, line.length() - 1));
                }
                if (lines.size() == after) {
                    child.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(child.waitFor()).as("the child is killed, it does not end by itself").isEqualTo(137);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(after);
        return lines;
    }

    private static SegmentSpool open(Path folder) {
        // Small segments, so that kills also meet the moment when one follows another.
        var options = new SegmentSpool.Options(folder, 256 << 20, 1 << 16, Duration.ofMillis(2), 1 << 16);
        return SegmentSpool.open(options, new SimpleMeterRegistry(), () -> Runtime.getRuntime().halt(74));
    }

    /// Appends for ever and prints what is durable.
    static final class Child {

        private Child() {
        }

        public static void main(String[] args) {
            var spool = open(Path.of(args[0]));
            for (int writer = 0; writer < WRITERS; writer++) {
                var name = "r" + args[1] + "-w" + writer;
                Thread.ofPlatform().start(() -> appendForEver(spool, name));
            }
        }

        private static void appendForEver(Spool spool, String writer) {
            for (int i = 0; true; i++) {
                var name = writer + "-" + i;
                var event = Events.event(name, i).with("padding", "x".repeat(i % 7 * 300)).build();
                if (spool.append(new Frame.Records(List.of(event)), Duration.ofSeconds(30)) instanceof Appended.Durable) {
                    print(name + ";\n");
                }
            }
        }

        private static synchronized void print(String line) {
            System.out.print(line);
            System.out.flush();
        }
    }
}
