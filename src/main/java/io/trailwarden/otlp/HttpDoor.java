package io.trailwarden.otlp;

import com.google.rpc.Code;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.trailwarden.event.Signal;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// OTLP over HTTP/1.1, protobuf and JSON.
///
/// Who sends is known before the first byte of a body is read. A request that is refused early is answered at once, and
/// what the client still sends is read and dropped for a while: a connection closed under its hands would keep the
/// answer from it.
final class HttpDoor {

    private static final Logger LOG = Logger.getLogger(HttpDoor.class);

    private static final Map<String, Signal> PATHS = Map.of("/v1/logs", Signal.LOG, "/v1/metrics", Signal.METRIC,
            "/v1/traces", Signal.SPAN);
    private static final int HEADER_BYTES = 20 << 10;
    private static final int FIRST_LINE_BYTES = 4 << 10;
    /// How long a client that was refused may go on sending what nobody reads.
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final OtlpConfig config;
    private final BodyLimits limits;
    private final MemoryBudget memory;
    private final Admission admission;
    private final Intake intake;
    private final OtlpMetrics metrics;
    private final InstantSource clock;
    private final InFlight inFlight = new InFlight();
    private @Nullable HttpServer server;

    HttpDoor(Vertx vertx, OtlpConfig config, MemoryBudget memory, Admission admission, Intake intake, OtlpMetrics metrics,
            InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.limits = BodyLimits.of(config);
        this.memory = memory;
        this.admission = admission;
        this.intake = intake;
        this.metrics = metrics;
        this.clock = clock;
    }

    /// Listens on `host`.
    ///
    /// @return the port
    /// @throws CompletionException when it cannot
    int start(String host) {
        var starting = vertx.createHttpServer(new HttpServerOptions()
                .setHost(host)
                .setPort(config.http().port())
                .setHttp2ClearTextEnabled(false)
                // Counts whole heads and pieces of bodies, so a header byte now and then does not keep a connection.
                .setIdleTimeout((int) config.http().idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxHeaderSize(HEADER_BYTES)
                .setMaxInitialLineLength(FIRST_LINE_BYTES)
                .setAcceptBacklog(1024))
                .requestHandler(this::arrived)
                .listen();
        var started = starting.toCompletionStage().toCompletableFuture().join();
        server = started;
        return started.actualPort();
    }

    /// Answers what is under way, for at most `grace`, then closes.
    void stop(Duration grace) {
        var running = server;
        if (running == null) {
            return;
        }
        int left = inFlight.awaitNone(grace);
        if (left > 0) {
            LOG.warnf("HTTP requests are cut off unanswered: count=%d after=%s", left, grace);
        }
        running.close().toCompletionStage().toCompletableFuture().join();
    }

    private void arrived(HttpServerRequest request) {
        inFlight.begin();
        var signal = PATHS.get(request.path());
        var wanted = Encoding.of(request.getHeader(HttpHeaderNames.CONTENT_TYPE));
        var encoding = wanted == null ? Encoding.JSON : wanted;
        if (signal == null) {
            refuseUnknown(request, 404, "no such path; OTLP is taken at /v1/logs, /v1/metrics and /v1/traces", encoding);
        } else if (request.method() != HttpMethod.POST) {
            request.response().putHeader(HttpHeaderNames.ALLOW, "POST");
            refuseUnknown(request, 405, "method %s is not allowed; use POST".formatted(request.method()), encoding);
        } else {
            var exchange = new HttpExchange(this, request, signal, encoding);
            authorize(exchange, wanted != null);
        }
    }

    private void authorize(HttpExchange exchange, boolean knownType) {
        switch (admission.check(exchange.request.getHeader(HttpHeaderNames.AUTHORIZATION), exchange.signal)) {
            case Admission.Verdict.Refused(var answer) -> exchange.refuse(answer);
            case Admission.Verdict.Admitted(var principal) -> admitted(exchange, principal, knownType);
        }
    }

    private void admitted(HttpExchange exchange, String principal, boolean knownType) {
        var request = exchange.request;
        var compression = request.headers().getAll(HttpHeaderNames.CONTENT_ENCODING);
        boolean gzip = compression.size() == 1 && isGzip(compression.getFirst());
        if (!knownType) {
            exchange.refuse(new Answer.Unsupported("Content-Type must be application/x-protobuf or application/json"));
        } else if (!gzip && !(compression.isEmpty() || compression.size() == 1 && isPlain(compression.getFirst()))) {
            exchange.refuse(new Answer.Unsupported("Content-Encoding must be gzip or absent"));
        } else if (declaredLength(request) > limits.raw()) {
            exchange.refuse(limits.tooLarge().answer());
        } else {
            var contentType = String.valueOf(request.getHeader(HttpHeaderNames.CONTENT_TYPE));
            exchange.receive(new Sender(principal, contentType, clock.instant().plus(config.http().patience())), gzip);
        }
    }

    private static boolean isGzip(String encoding) {
        var name = encoding.strip().toLowerCase(Locale.ROOT);
        return name.equals("gzip") || name.equals("x-gzip");
    }

    private static boolean isPlain(String encoding) {
        return encoding.isBlank() || encoding.strip().equalsIgnoreCase("identity");
    }

    /// The length that the client declares; 0 when it does not say, as when it sends chunks.
    static long declaredLength(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException notLength) {
            return 0;
        }
    }

    private void refuseUnknown(HttpServerRequest request, int status, String why, Encoding encoding) {
        var code = status == 404 ? Code.NOT_FOUND : Code.UNIMPLEMENTED;
        respond(request, status, Protocol.error(Protocol.status(code, why).build(), encoding), encoding);
        drain(request);
    }

    /// Writes an answer; safe from any thread, and with the client gone.
    void respond(HttpServerRequest request, int status, byte[] body, Encoding encoding) {
        var response = request.response();
        if (response.closed() || response.ended()) {
            inFlight.end();
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaderNames.CONTENT_TYPE, encoding.mediaType());
        var sent = body;
        if (body.length > 0 && acceptsGzip(request)) {
            response.putHeader(HttpHeaderNames.CONTENT_ENCODING, "gzip").putHeader(HttpHeaderNames.VARY, "Accept-Encoding");
            sent = gzipped(body);
        }
        try {
            response.end(Buffer.buffer(sent)).onComplete(_ -> inFlight.end());
        } catch (IllegalStateException clientIsGone) {
            inFlight.end();
        }
    }

    private static boolean acceptsGzip(HttpServerRequest request) {
        var accepted = request.getHeader(HttpHeaderNames.ACCEPT_ENCODING);
        if (accepted == null) {
            return false;
        }
        for (var choice : accepted.toLowerCase(Locale.ROOT).split(",")) {
            var parts = choice.split(";");
            if (parts[0].strip().equals("gzip")) {
                return parts.length == 1 || !parts[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static byte[] gzipped(byte[] body) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /// Reads and drops what a refused client still sends, until it is done or has had its time.
    void drain(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        long timer = vertx.setTimer(LINGER.toMillis(), _ -> request.connection().close());
        var dropped = new long[1];
        request.exceptionHandler(_ -> vertx.cancelTimer(timer));
        request.endHandler(_ -> vertx.cancelTimer(timer));
        request.handler(chunk -> {
            dropped[0] += chunk.length();
            if (dropped[0] > limits.raw()) {
                request.connection().close();
            }
        });
        request.resume();
    }

    Vertx vertx() {
        return vertx;
    }

    OtlpConfig config() {
        return config;
    }

    BodyLimits limits() {
        return limits;
    }

    MemoryBudget memory() {
        return memory;
    }

    Intake intake() {
        return intake;
    }

    OtlpMetrics metrics() {
        return metrics;
    }

    InstantSource clock() {
        return clock;
    }

    InFlight inFlight() {
        return inFlight;
    }
}
