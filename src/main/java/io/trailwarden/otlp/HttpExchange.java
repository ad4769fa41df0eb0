package io.trailwarden.otlp;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.trailwarden.event.Signal;
import io.trailwarden.otlp.OtlpMetrics.Transport;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jboss.logging.Logger;

/// One request of an authenticated sender: its body is collected on the event loop, then taken in on a virtual thread,
/// which goes on when the client goes away.
final class HttpExchange {

    private static final Logger LOG = Logger.getLogger(HttpExchange.class);
    private static final int SMALLEST = 4 << 10;
    private static final int LARGEST_AT_ONCE = 1 << 20;

    final HttpServerRequest request;
    final Signal signal;

    private final HttpDoor door;
    private final Encoding encoding;
    private final MemoryBudget.Lease lease;
    private byte[] body = new byte[0];
    private int size;
    private boolean over;
    private long timer;

    HttpExchange(HttpDoor door, HttpServerRequest request, Signal signal, Encoding encoding) {
        this.door = door;
        this.request = request;
        this.signal = signal;
        this.encoding = encoding;
        this.lease = door.memory().lease();
    }

    /// Turns the request away before all of it is here, and counts it.
    void refuse(Answer answer) {
        respond(door.intake().refuse(answer));
        door.drain(request);
    }

    /// Collects the body and takes it in. Runs on the event loop, like all that it sets in motion before [#process].
    void receive(Sender sender, boolean gzip) {
        var context = door.vertx().getOrCreateContext();
        timer = door.vertx().setTimer(door.config().http().bodyTimeout().toMillis(), _ -> stop(new Answer.TooSlow(
                "the body did not arrive within " + door.config().http().bodyTimeout().toSeconds() + " s")));
        request.exceptionHandler(_ -> abandon());
        request.handler(chunk -> received(chunk, sender, context));
        request.endHandler(_ -> complete(sender, gzip));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaderNames.EXPECT))) {
            request.response().writeContinue();
        }
    }

    private void received(Buffer chunk, Sender sender, Context context) {
        if (over) {
            return;
        }
        if (size + (long) chunk.length() > door.limits().raw()) {
            stop(door.limits().tooLarge().answer());
        } else if (lease.tryGrow(chunk.length())) {
            append(chunk);
        } else {
            waitForMemory(chunk, sender, context);
        }
    }

    /// Holds the client back while others use the memory, as long as it can wait.
    private void waitForMemory(Buffer chunk, Sender sender, Context context) {
        request.pause();
        Thread.startVirtualThread(() -> {
            boolean granted = lease.grow(chunk.length(), sender.patience(door.clock().instant()));
            context.runOnContext(_ -> {
                if (over) {
                    lease.close();
                } else if (granted) {
                    append(chunk);
                    request.resume();
                } else {
                    stop(BodyLimits.outOfMemory().answer());
                }
            });
        });
    }

    private void append(Buffer chunk) {
        int needed = size + chunk.length();
        if (needed > body.length) {
            long declared = Math.min(HttpDoor.declaredLength(request), LARGEST_AT_ONCE);
            body = Arrays.copyOf(body, (int) Math.max(Math.max(needed, declared), Math.min(2L * body.length, door.limits().raw())));
        }
        chunk.getBytes(body, size);
        size = needed;
    }

    private void stop(Answer answer) {
        if (end()) {
            lease.close();
            body = new byte[0];
            refuse(answer);
        }
    }

    /// The client went away before its request was whole.
    private void abandon() {
        if (end()) {
            lease.close();
            body = new byte[0];
            door.inFlight().end();
        }
    }

    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        door.vertx().cancelTimer(timer);
        return true;
    }

    private void complete(Sender sender, boolean gzip) {
        if (end()) {
            byte[] whole = body.length == size ? body : Arrays.copyOf(body, size);
            body = whole;
            Thread.startVirtualThread(() -> process(whole, sender, gzip));
        }
    }

    private void process(byte[] whole, Sender sender, boolean gzip) {
        long began = System.nanoTime();
        Answer answer;
        try (lease) {
            answer = gzip ? inflateAndTake(whole, sender) : take(whole, sender);
        } catch (RuntimeException | Error defect) {
            answer = door.intake().refuse(unforeseen(defect));
        }
        door.metrics().took(Transport.HTTP, Duration.ofNanos(System.nanoTime() - began));
        respond(answer);
    }

    private Answer inflateAndTake(byte[] whole, Sender sender) {
        Unpacked unpacked;
        try {
            var plain = door.limits().gunzip(new ByteArrayInputStream(whole), whole.length);
            unpacked = door.limits().read(plain, lease, sender.patience(door.clock().instant()));
        } catch (IOException notGzip) {
            unpacked = BodyLimits.notGzip(notGzip);
        }
        return switch (unpacked) {
            case Unpacked.Body inflated -> take(inflated.bytes(), sender);
            case Unpacked.Refused(var refusal) -> door.intake().refuse(refusal, whole, signal, sender);
        };
    }

    private Answer take(byte[] message, Sender sender) {
        door.metrics().received(Transport.HTTP, message.length);
        return door.intake().take(signal, encoding, message, sender);
    }

    /// A defect of ours must not cost the sender its records: it is asked to come again.
    static Answer unforeseen(Throwable defect) {
        var trace = defect.getStackTrace();
        LOG.errorf("Request failed on a defect, the sender is asked to come again: problem=%s at=%s", defect.getClass().getName(),
                trace.length == 0 ? "unknown" : trace[0]);
        return new Answer.Busy("the request could not be handled; send again");
    }

    private void respond(Answer answer) {
        door.metrics().answered(Transport.HTTP, signal, answer);
        var response = request.response();
        switch (answer) {
            case Answer.Busy _ -> response.putHeader(HttpHeaderNames.RETRY_AFTER, Long.toString(Protocol.RETRY_AFTER.toSeconds()));
            case Answer.Unauthenticated _ -> response.putHeader(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer realm=\"otlp\"");
            case Answer.Accepted _, Answer.Partial _, Answer.Malformed _, Answer.TooLarge _, Answer.NotAllowed _,
                    Answer.Unsupported _, Answer.TooSlow _ -> {
            }
        }
        door.respond(request, Protocol.httpStatus(answer), Protocol.body(answer, encoding, signal), encoding);
    }
}
