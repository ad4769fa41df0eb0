package io.trailwarden.forward;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to a syslog receiver over TCP, plain or inside TLS: kept, watched, and made again when it ended.
///
/// Syslog has no answer, so nothing tells what a receiver got before a connection broke. What was written last is remembered, and
/// written again first thing on the next connection: the receiver may get it twice, by its id, rather than never. For one thread.
final class SyslogStream implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration WRITE = Duration.ofSeconds(30);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    /// How long an answer to a write onto a closed connection takes at most in most networks.
    private static final long MILLIS_TO_NOTICE = 20;

    /// What our side of a connection holds back at most, a part of what is remembered.
    private static final int SEND_BUFFER = 64 << 10;

    /// More than is under way between two kernels: our buffer and the receiver's, which grows to 6 MiB on most machines while it is read
    /// quickly. All of that is lost with a receiver that hangs and is then killed.
    private static final int REMEMBERED_BYTES = 8 << 20;

    /// Enough when the receiver ended the connection in order, as kernels only let it after it has read everything: one batch
    /// that was written meanwhile, and what it may have read and not kept.
    private static final int REMEMBERED_AFTER_GOODBYE = 2 << 20;

    /// What is written again is written in pieces of this size at most, each with its own time.
    private static final int PIECE = 512 << 10;

    /// Longer than TCP tries before it gives up and says so. Counts only while a connection lasts.
    private static final Duration REMEMBERED_FOR = Duration.ofMinutes(20);

    private final Dial dial;
    private final InstantSource clock;
    private final ArrayDeque<Written> unconfirmed = new ArrayDeque<>();
    private int unconfirmedBytes;
    private @Nullable Line line;

    /// @param dial where to, and whether inside TLS
    SyslogStream(Dial dial, InstantSource clock) {
        this.dial = dial;
        this.clock = clock;
    }

    private record Written(byte[] frame, Instant at) {
    }

    /// Writes `frames` in order, after those that may have been lost with the connection before.
    ///
    /// @throws IOException when the connection could not be made or ended; what was written of `frames` is not known
    void write(List<byte[]> frames) throws IOException {
        try {
            var open = connected();
            open.write(frames);
            if (open.endedWithin(MILLIS_TO_NOTICE)) {
                throw new IOException("the receiver closed the connection");
            }
        } catch (IOException failed) {
            hangUp();
            throw failed;
        }
        frames.forEach(this::remember);
    }

    /// Whether the connection ended after something was written that may be lost with it.
    boolean owes() {
        if (line != null && !line.endedWithin(0)) {
            forgetOld();
            return false;
        }
        return !unconfirmed.isEmpty();
    }

    private Line connected() throws IOException {
        if (line != null && line.endedWithin(0)) {
            if (line.saidGoodbye()) {
                forgetBeyond(REMEMBERED_AFTER_GOODBYE);
            }
            hangUp();
        }
        if (line == null) {
            line = connect();
            writeAgain(line);
        }
        return line;
    }

    private void writeAgain(Line open) throws IOException {
        var piece = new ArrayList<byte[]>();
        int bytes = 0;
        for (var written : unconfirmed) {
            if (bytes + written.frame().length > PIECE) {
                open.write(piece);
                piece.clear();
                bytes = 0;
            }
            piece.add(written.frame());
            bytes += written.frame().length;
        }
        open.write(piece);
    }

    private Line connect() throws IOException {
        var connected = dial.open(CONNECT);
        try {
            connected.socket().setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            return new Line(connected.socket(), connected.spoken());
        } catch (IOException | RuntimeException failed) {
            connected.socket().close();
            throw failed;
        }
    }

    private void remember(byte[] frame) {
        unconfirmed.add(new Written(frame, clock.instant()));
        unconfirmedBytes += frame.length;
        forgetBeyond(REMEMBERED_BYTES);
        forgetOld();
    }

    private void forgetBeyond(int bytes) {
        while (unconfirmedBytes > bytes && unconfirmed.size() > 1) {
            forgetOldest();
        }
    }

    private void forgetOld() {
        var oldest = clock.instant().minus(REMEMBERED_FOR);
        while (!unconfirmed.isEmpty() && unconfirmed.element().at().isBefore(oldest)) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        unconfirmedBytes -= unconfirmed.remove().frame().length;
    }

    private void hangUp() {
        if (line != null) {
            line.cut();
            line = null;
        }
    }

    /// Ends the connection in order: says that nothing more comes, and waits until the receiver, which has then read everything,
    /// does the same.
    @Override
    public void close() {
        if (line != null) {
            line.sayGoodbye();
        }
        hangUp();
    }

    /// One connection, with a thread that reads what a receiver never says, to learn at once when it hangs up.
    private static final class Line {

        private static final int TLS_RECORD = 16 << 10;

        private final Socket socket;
        private final Socket spoken;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean goodbye;

        /// @param socket the connection itself
        /// @param spoken what to write to: the same, or TLS over it
        Line(Socket socket, Socket spoken) {
            this.socket = socket;
            this.spoken = spoken;
            Thread.ofPlatform().daemon().name("forward-syslog-watch").start(this::watch);
        }

        private void watch() {
            try {
                InputStream in = spoken.getInputStream();
                var unasked = new byte[1024];
                while (in.read(unasked) >= 0) {
                    // A receiver has nothing to say; what it says anyway must not fill its buffer.
                }
                goodbye = true;
            } catch (IOException gone) {
                // Ended, one way or the other.
            } finally {
                ended.countDown();
            }
        }

        void write(List<byte[]> frames) throws IOException {
            guarded(() -> {
                var out = new BufferedOutputStream(spoken.getOutputStream(), TLS_RECORD);
                for (var frame : frames) {
                    out.write(frame);
                }
                out.flush();
            });
        }

        /// A receiver that reads no more blocks a write for ever. Closing the connection below TLS ends it.
        private void guarded(Writing writing) throws IOException {
            var tooLate = CompletableFuture.runAsync(this::cut, CompletableFuture.delayedExecutor(WRITE.toSeconds(), TimeUnit.SECONDS));
            try {
                writing.write();
            } finally {
                tooLate.cancel(false);
            }
        }

        boolean endedWithin(long millis) {
            try {
                return ended.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return ended.getCount() == 0;
            }
        }

        /// Whether the receiver ended it in order.
        boolean saidGoodbye() {
            return goodbye;
        }

        void sayGoodbye() {
            try {
                guarded(spoken::shutdownOutput);
                endedWithin(GOODBYE.toMillis());
            } catch (IOException gone) {
                // Nobody there to say it to.
            }
        }

        void cut() {
            try {
                socket.close();
            } catch (IOException already) {
                // Closed is what was wanted.
            }
        }

        private interface Writing {
            void write() throws IOException;
        }
    }
}
