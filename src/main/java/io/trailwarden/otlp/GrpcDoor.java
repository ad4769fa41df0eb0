package io.trailwarden.otlp;

import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.trailwarden.event.Signal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// OTLP over gRPC: a server of our own, so that headers are judged before a message is read and every limit can be set.
final class GrpcDoor {

    private static final Logger LOG = Logger.getLogger(GrpcDoor.class);

    private static final int METADATA_BYTES = 8 << 10;
    private static final int RESETS_PER_WINDOW = 100;
    private static final int RESET_WINDOW_SECONDS = 30;

    private final OtlpConfig config;
    private final BodyLimits limits;
    private final MemoryBudget memory;
    private final Admission admission;
    private final Intake intake;
    private final OtlpMetrics metrics;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Server server;

    GrpcDoor(OtlpConfig config, MemoryBudget memory, Admission admission, Intake intake, OtlpMetrics metrics, InstantSource clock) {
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
    /// @throws IOException when it cannot
    int start(String host) throws IOException {
        var builder = NettyServerBuilder.forAddress(new InetSocketAddress(host, config.grpc().port()))
                .executor(threads)
                .intercept(new BearerCheck(admission, intake, metrics))
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false).with(new BoundedGzip(), true))
                .compressorRegistry(CompressorRegistry.getDefaultInstance())
                .maxInboundMessageSize((int) Math.min(Integer.MAX_VALUE, limits.inflated()))
                .maxInboundMetadataSize(METADATA_BYTES)
                .maxConcurrentCallsPerConnection(config.grpc().maxCallsPerConnection())
                .maxRstFramesPerWindow(RESETS_PER_WINDOW, RESET_WINDOW_SECONDS)
                .maxConnectionAge(config.grpc().maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionAgeGrace(30, TimeUnit.SECONDS)
                .maxConnectionIdle(config.grpc().maxConnectionIdle().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(30, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        for (var signal : Signal.values()) {
            builder.addService(service(signal));
        }
        var started = builder.build().start();
        server = started;
        return started.getPort();
    }

    /// Answers what is under way, for at most `grace`, then closes.
    void stop(Duration grace) {
        var running = server;
        if (running == null) {
            threads.close();
            return;
        }
        running.shutdown();
        try {
            if (!running.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("gRPC calls are cut off unanswered: after=%s", grace);
                running.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException hurried) {
            running.shutdownNow();
            Thread.currentThread().interrupt();
        }
        threads.shutdown();
    }

    /// Full name of the service that takes `signal`.
    static String serviceName(Signal signal) {
        return switch (signal) {
            case LOG -> "opentelemetry.proto.collector.logs.v1.LogsService";
            case METRIC -> "opentelemetry.proto.collector.metrics.v1.MetricsService";
            case SPAN -> "opentelemetry.proto.collector.trace.v1.TraceService";
        };
    }

    private ServerServiceDefinition service(Signal signal) {
        var export = MethodDescriptor.<GrpcMessage, byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(serviceName(signal), "Export"))
                .setRequestMarshaller(new RequestMarshaller())
                .setResponseMarshaller(new ResponseMarshaller())
                .build();
        return ServerServiceDefinition.builder(serviceName(signal))
                .addMethod(export, new GrpcExport(signal, intake, metrics, config.grpc().patience(), clock))
                .build();
    }

    /// Reads a message into plain bytes. Never throws: an exception here would reach the client as UNKNOWN, which makes
    /// it drop its records.
    private final class RequestMarshaller implements MethodDescriptor.Marshaller<GrpcMessage> {

        @Override
        public GrpcMessage parse(InputStream stream) {
            var lease = memory.lease();
            try {
                if (stream.available() > limits.raw()) {
                    return new GrpcMessage(limits.tooLarge(), lease);
                }
                return new GrpcMessage(limits.read(stream, lease, config.grpc().patience()), lease);
            } catch (StatusRuntimeException overLimit) {
                return new GrpcMessage(limits.tooLarge(), lease);
            } catch (IOException | RuntimeException defect) {
                return new GrpcMessage(new Unpacked.Refused(HttpExchange.unforeseen(defect)), lease);
            }
        }

        @Override
        public InputStream stream(GrpcMessage message) {
            throw new UnsupportedOperationException("a server sends no requests");
        }
    }

    private static final class ResponseMarshaller implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException("a server reads no responses");
        }
    }

    /// gzip with the limits of our own besides gRPC's.
    private final class BoundedGzip implements Decompressor {

        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public InputStream decompress(InputStream compressed) throws IOException {
            int size = compressed.available();
            if (size > limits.raw()) {
                return new FailingStream(limits.overblown());
            }
            try {
                return limits.gunzip(compressed, size);
            } catch (IOException notGzip) {
                return new FailingStream(notGzip);
            }
        }
    }

    /// Fails when it is read, where failures are answered, rather than when it is opened, where they are not.
    private static final class FailingStream extends InputStream {

        private final IOException failure;

        FailingStream(IOException failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            throw failure;
        }
    }
}
