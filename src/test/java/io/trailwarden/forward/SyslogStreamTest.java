package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyslogStreamTest {

    private static final int FRAME = 64 << 10;
    private static final int READ = 480;
    private static final int UNREAD = 32;

    private final Set<Integer> read = ConcurrentHashMap.newKeySet();
    private final CountDownLatch die = new CountDownLatch(1);

    /// Kernels give a receiver that reads quickly more and more room: megabytes that it has not read when it dies.
    @Test
    void aReceiverThatDiesWithMuchUnreadLosesNothing() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var stream = new SyslogStream(new Dial("127.0.0.1", server.getLocalPort(), null), ForwarderContract.CLOCK)) {
            Thread.ofPlatform().daemon().start(() -> receive(server));
            int sent = 0;
            while (sent < READ + UNREAD) {
                stream.write(frames(sent, sent + 8));
                sent += 8;
            }

            die.countDown();
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (read.size() < sent && System.nanoTime() < deadline) {
                if (stream.owes()) {
                    stream.write(List.of());
                }
                LockSupport.parkNanos(5_000_000);
            }

            assertThat(read).containsAll(IntStream.range(0, sent).boxed().toList());
        }
    }

    private static List<byte[]> frames(int from, int to) {
        var frames = new ArrayList<byte[]>();
        for (int i = from; i < to; i++) {
            frames.add(ByteBuffer.allocate(FRAME).putInt(i).array());
        }
        return frames;
    }

    /// Reads quickly for a while, then not at all until it dies; what comes over the next connection it reads.
    private void receive(ServerSocket server) {
        try (var first = server.accept()) {
            var in = new DataInputStream(first.getInputStream());
            for (int i = 0; i < READ; i++) {
                take(in);
            }
            die.await();
        } catch (IOException | InterruptedException unforeseen) {
            return;
        }
        try (var second = server.accept()) {
            var in = new DataInputStream(second.getInputStream());
            while (true) {
                take(in);
            }
        } catch (IOException over) {
            // The test is.
        }
    }

    private void take(DataInputStream in) throws IOException {
        int number = in.readInt();
        in.readFully(new byte[FRAME - Integer.BYTES]);
        read.add(number);
    }
}
