package io.trailwarden.otlp;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.trailwarden.dialect.Dialects;
import io.trailwarden.identity.Tokens;
import io.trailwarden.redact.Redactor;
import io.trailwarden.spool.ReceiptBook;
import io.trailwarden.spool.Spool;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Opens both servers when everything behind them runs, and closes them before anything behind them stops.
@ApplicationScoped
public class Door {

    private static final Logger LOG = Logger.getLogger(Door.class);

    private final OtlpConfig config;
    private final String host;
    private final HttpDoor http;
    private final GrpcDoor grpc;
    private int httpPort;
    private int grpcPort;
    private volatile boolean open;

    @Inject
    Door(Vertx vertx, OtlpConfig config, @ConfigProperty(name = "trailwarden.bind", defaultValue = "127.0.0.1") String host,
            Tokens tokens, Dialects dialects, Redactor redactor, Spool spool, ReceiptBook books, InstantSource clock,
            MeterRegistry registry) {
        this(vertx, config, host, tokens, dialects::read, redactor, spool, books, clock, registry);
    }

    Door(Vertx vertx, OtlpConfig config, String host, Tokens tokens, Intake.Reading reading, Redactor redactor, Spool spool,
            ReceiptBook books, InstantSource clock, MeterRegistry registry) {
        long memory = config.maxMemory().asLongValue();
        long largest = config.maxBody().asLongValue() + 2 * config.maxInflated().asLongValue();
        if (memory < largest) {
            throw new IllegalStateException("trailwarden.otlp.max-memory must hold one request, that is max-body and twice "
                    + "max-inflated, %d bytes; got %d".formatted(largest, memory));
        }
        this.config = config;
        this.host = host;
        var budget = new MemoryBudget(memory);
        var metrics = new OtlpMetrics(registry, budget);
        var decoder = new Decoder(new DecodeLimits(config.maxRecords(), config.maxValues()));
        var intake = new Intake(decoder, reading, redactor, spool, books, clock, metrics, config.keepUnreadableBeginning());
        var admission = new Admission(tokens);
        this.http = new HttpDoor(vertx, config, budget, admission, intake, metrics, clock);
        this.grpc = new GrpcDoor(config, budget, admission, intake, metrics, clock);
    }

    /// Port of OTLP over HTTP, once open.
    public int httpPort() {
        return httpPort;
    }

    /// Port of OTLP over gRPC, once open.
    public int grpcPort() {
        return grpcPort;
    }

    /// Whether both servers take requests.
    boolean isOpen() {
        return open;
    }

    /// The largest priority comes last: whoever is let in must find everything running.
    void open(@Observes @Priority(Integer.MAX_VALUE) StartupEvent event) {
        open();
    }

    /// The smallest priority comes first: nothing behind the door may stop before it.
    void close(@Observes @Priority(1) ShutdownEvent event) {
        close();
    }

    void open() {
        try {
            grpcPort = grpc.start(host);
        } catch (IOException taken) {
            throw cannotListen("gRPC", config.grpc().port(), "trailwarden.otlp.grpc.port", taken);
        }
        try {
            httpPort = http.start(host);
        } catch (CompletionException taken) {
            grpc.stop(config.stopGrace());
            throw cannotListen("HTTP", config.http().port(), "trailwarden.otlp.http.port", taken);
        }
        open = true;
        LOG.infof("Door is open: host=%s grpc=%d http=%d", host, grpcPort, httpPort);
    }

    void close() {
        open = false;
        http.stop(config.stopGrace());
        grpc.stop(config.stopGrace());
        LOG.infof("Door is closed: host=%s grpc=%d http=%d", host, grpcPort, httpPort);
    }

    private IllegalStateException cannotListen(String protocol, int port, String setting, Throwable why) {
        Throwable root = why;
        for (var cause = root.getCause(); cause != null; cause = root.getCause()) {
            root = cause;
        }
        return new IllegalStateException("cannot listen for OTLP over %s on %s port %d: %s; set %s to a free port, or trailwarden.bind to an address of this machine"
                .formatted(protocol, host, port, root.getMessage(), setting));
    }
}
