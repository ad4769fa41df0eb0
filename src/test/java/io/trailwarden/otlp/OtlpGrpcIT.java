package io.trailwarden.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.spool.ReceiptBook.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gRPC server against the rows of the server checklist, and both servers against the OpenTelemetry Java exporter.
class OtlpGrpcIT {

    private static final Path CORPUS = Path.of("src/test/resources/corpus/claude_code/2.1.329");
    private static final Metadata.Key<byte[]> DETAILS = Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private OpenDoor door = new OpenDoor();
    private final List<ManagedChannel> channels = new ArrayList<>();

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        door.close();
    }

    private void reopen(String... settings) {
        door.close();
        door = new OpenDoor(settings);
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    @DisplayName("G1: the three services, and the same content as over HTTP gives the same events")
    void theThreeServicesTakeWhatHttpTakes(Signal signal) throws IOException {
        var capture = switch (signal) {
            case LOG -> "0002-logs";
            case METRIC -> "0003-metrics";
            case SPAN -> "0001-traces";
        };
        var path = signal == Signal.LOG ? "/v1/logs" : signal == Signal.METRIC ? "/v1/metrics" : "/v1/traces";
        byte[] body = Files.readAllBytes(CORPUS.resolve("oauth-identity-protobuf/" + capture + ".pb"));
        byte[] json = new OtlpJson(3).write(RandomOtlp.builder(signal).mergeFrom(body).build());

        assertThat(export(signal, "Bearer good", body)).isEmpty();
        List<AuditEvent> overGrpc = List.copyOf(door.spool.events());
        door.spool.frames.clear();
        door.post(path, "application/x-protobuf", body);
        List<AuditEvent> overProtobuf = List.copyOf(door.spool.events());
        door.spool.frames.clear();
        door.post(path, "application/json", json);

        assertThat(overGrpc).isNotEmpty().isEqualTo(overProtobuf).isEqualTo(door.spool.events());
    }

    @Test
    @DisplayName("C1: gzip")
    void gzipIsTaken() {
        assertThat(gzipped(LogRequests.protobuf("a", "b"))).isEmpty();
        assertThat(door.spool.events()).hasSize(2);
    }

    @Test
    @DisplayName("C4: empty requests succeed")
    void emptyRequestsSucceed() {
        for (var signal : Signal.values()) {
            assertThat(export(signal, "Bearer good", new byte[0])).isEmpty();
        }
        assertThat(door.spool.frames).isEmpty();
    }

    @Test
    @DisplayName("C6, C8: one bad record is a partial success, and noted")
    void oneBadRecordIsAPartialSuccess() throws InvalidProtocolBufferException {
        var response = ExportLogsServiceResponse.parseFrom(export(Signal.LOG, "Bearer good", LogRequests.protobufWithOneBad()));

        assertThat(response.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).startsWith("1 of 3 records");
        assertThat(door.spool.events()).hasSize(2);
        assertThat(door.spool.unreadable()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"-1,OK", "0,OK", "1,RESOURCE_EXHAUSTED"})
    @DisplayName("G2, C2: the limit of the message, one below, at and above; over it there is no RetryInfo")
    void messagesAreLimited(int beyond, Status.Code code) {
        var body = LogRequests.protobuf("x".repeat(20_000));
        reopen("max-body", Integer.toString(body.length - beyond));

        var answer = answerTo(() -> export(Signal.LOG, "Bearer good", body));

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.details()).isEmpty();
        assertThat(door.books.rejected().get(Rejection.TOO_LARGE)).isEqualTo(code == Status.Code.OK ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bomb", "over"})
    @DisplayName("G2, C2: what inflates beyond the limits is refused without RetryInfo, and its memory given back")
    void inflatedMessagesAreLimited(String kind) {
        reopen("max-inflated", "4M", "max-body", "3M");
        var random = new byte[5 << 20];
        new java.util.Random(1).nextBytes(random);
        java.util.Arrays.fill(random, 0, 4 << 20, (byte) 7);
        for (int i = 0; i < 4 << 20; i += 50) {
            random[i] = (byte) i;
        }

        var answer = answerTo(() -> gzipped(kind.equals("bomb") ? new byte[3 << 20] : random));

        assertThat(answer.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(answer.details()).isEmpty();
        assertThat(door.registry.get("trailwarden.otlp.memory.bytes").gauge().value()).isZero();
    }

    @Test
    @DisplayName("G3: a spool that stays busy is UNAVAILABLE with RetryInfo of 2 s, after the sender's patience")
    void aBusySpoolIsUnavailable() throws InvalidProtocolBufferException {
        door.spool.busy = true;

        var answer = answerTo(() -> export(Signal.LOG, "Bearer good", LogRequests.protobuf("a")));

        assertThat(answer.code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(answer.details().getFirst().unpack(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(2);
        assertThat(door.spool.patience).containsExactly(Duration.ofSeconds(8));
        assertThat(door.books.rejected().get(Rejection.UNAVAILABLE)).isEqualTo(1);
    }

    @Test
    @DisplayName("G4: what is not OTLP is INVALID_ARGUMENT with BadRequest, and noted")
    void malformedMessagesAreInvalid() throws InvalidProtocolBufferException {
        var answer = answerTo(() -> export(Signal.LOG, "Bearer good", "no protobuf".getBytes(UTF_8)));

        assertThat(answer.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(answer.details().getFirst().unpack(BadRequest.class).getFieldViolationsCount()).isEqualTo(1);
        assertThat(door.spool.unreadable()).singleElement().returns("application/grpc", note -> note.contentType());
    }

    @Test
    @DisplayName("G4: broken gzip is INVALID_ARGUMENT, never UNKNOWN or INTERNAL")
    void brokenGzipIsInvalid() {
        assertThat(answerTo(() -> call(Signal.LOG, "Bearer good", "not gzip at all".getBytes(UTF_8), new MislabelledGzip())).code())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(door.books.rejected().get(Rejection.MALFORMED)).isEqualTo(1);
    }

    @Test
    @DisplayName("G5: a spool that fails, a defect, and a token that cannot be decided are UNAVAILABLE, never UNKNOWN or INTERNAL")
    void ourOwnTroubleIsNeverFinal() {
        door.spool.broken = true;

        assertThat(answerTo(() -> export(Signal.LOG, "Bearer good", LogRequests.protobuf("a"))).code()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(answerTo(() -> export(Signal.LOG, "Bearer broken", new byte[0])).code()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({"LOG,,UNAUTHENTICATED", "LOG,Bearer bad,UNAUTHENTICATED", "SPAN,Bearer logs-only,PERMISSION_DENIED", "LOG,Bearer logs-only,OK"})
    void tokensDecide(Signal signal, @Nullable String token, Status.Code code) {
        assertThat(answerTo(() -> export(signal, token, new byte[0])).code()).isEqualTo(code);
        assertThat(door.books.rejected().get(Rejection.UNAUTHENTICATED)).isEqualTo(code == Status.Code.UNAUTHENTICATED ? 1 : 0);
    }

    @Test
    void theTokenIsJudgedBeforeAMessageIsSent() {
        var ended = new CompletableFuture<Status.Code>();
        // A streaming client sends its headers at once; a unary one waits for its message.
        var streaming = method(Signal.LOG).toBuilder().setType(MethodDescriptor.MethodType.CLIENT_STREAMING).build();
        var call = channel("Bearer bad").newCall(streaming, CallOptions.DEFAULT);
        ClientCalls.asyncClientStreamingCall(call, new StreamObserver<>() {
            @Override
            public void onNext(byte[] response) {
                ended.complete(Status.Code.OK);
            }

            @Override
            public void onError(Throwable failure) {
                ended.complete(Status.fromThrowable(failure).getCode());
            }

            @Override
            public void onCompleted() {
                ended.complete(Status.Code.OK);
            }
        });

        assertThat(ended.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    @DisplayName("G6: calls are handled side by side")
    void callsAreHandledSideBySide() throws Exception {
        var release = new CountDownLatch(1);
        door.spool.held = release;
        var channel = channel("Bearer good");
        var first = ClientCalls.futureUnaryCall(channel.newCall(method(Signal.LOG), CallOptions.DEFAULT), LogRequests.protobuf("a"));
        assertThat(door.spool.entered.await(60, TimeUnit.SECONDS)).isTrue();

        var empty = ClientCalls.futureUnaryCall(channel.newCall(method(Signal.LOG), CallOptions.DEFAULT), new byte[0]);

        assertThat(empty.get(60, TimeUnit.SECONDS)).isEmpty();
        assertThat(first.isDone()).isFalse();
        release.countDown();
        assertThat(first.get(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    @DisplayName("G7: work goes on when the client cancels, and its memory is given back")
    void workGoesOnWhenTheClientCancels() throws Exception {
        var release = new CountDownLatch(1);
        door.spool.held = release;
        var call = ClientCalls.futureUnaryCall(channel("Bearer good").newCall(method(Signal.LOG), CallOptions.DEFAULT),
                LogRequests.protobuf("left behind"));
        assertThat(door.spool.entered.await(60, TimeUnit.SECONDS)).isTrue();

        call.cancel(true);
        release.countDown();

        eventually(() -> door.spool.events().size() == 1);
        eventually(() -> door.registry.get("trailwarden.otlp.memory.bytes").gauge().value() == 0);
    }

    @Test
    @DisplayName("G8: a service that is not ours is UNIMPLEMENTED, and so is a compression")
    void unknownServicesAreUnimplemented() {
        var profiles = method("opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export");

        assertThat(answerTo(() -> ClientCalls.blockingUnaryCall(channel("Bearer good"), profiles, CallOptions.DEFAULT, new byte[0])).code())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(answerTo(() -> call(Signal.LOG, "Bearer good", LogRequests.protobuf("a"), new UnheardOf())).code())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void aCallWithoutOrWithSeveralRequestsIsInvalid() {
        for (int messages : List.of(0, 2)) {
            var ended = new CompletableFuture<Status.Code>();
            var call = channel("Bearer good").newCall(method(Signal.LOG), CallOptions.DEFAULT);
            call.start(new io.grpc.ClientCall.Listener<>() {
                @Override
                public void onClose(Status status, Metadata trailers) {
                    ended.complete(status.getCode());
                }
            }, new Metadata());
            call.request(2);
            for (int i = 0; i < messages; i++) {
                call.sendMessage(LogRequests.protobuf("a"));
            }
            call.halfClose();

            assertThat(ended.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(door.spool.events()).isEmpty();
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        var release = new CountDownLatch(1);
        door.spool.held = release;
        var answer = ClientCalls.futureUnaryCall(channel("Bearer good").newCall(method(Signal.LOG), CallOptions.DEFAULT),
                LogRequests.protobuf("last"));
        assertThat(door.spool.entered.await(60, TimeUnit.SECONDS)).isTrue();
        var closing = CompletableFuture.runAsync(() -> door.door.close());
        assertThatThrownBy(() -> closing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        release.countDown();

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEmpty();
        closing.get(60, TimeUnit.SECONDS);
        door = new OpenDoor();
    }

    @Test
    void theOpenTelemetryExporterIsUnderstoodOnBothTransports() {
        var grpc = OtlpGrpcLogRecordExporter.builder().setEndpoint("http://127.0.0.1:" + door.door.grpcPort())
                .addHeader("Authorization", "Bearer good").setCompression("gzip").build();
        var http = OtlpHttpLogRecordExporter.builder().setEndpoint(door.uri("/v1/logs").toString())
                .addHeader("Authorization", "Bearer good").setCompression("gzip").build();

        var overGrpc = logged(grpc);
        var overHttp = logged(http);

        assertThat(overGrpc).hasSize(1).isEqualTo(overHttp);
        assertThat(overGrpc.getFirst().seen().attributes().number("n")).isEqualTo(5);
    }

    @Test
    void theOpenTelemetryExporterSendsSpansAndMetrics() {
        var endpoint = "http://127.0.0.1:" + door.door.grpcPort();
        try (var tracing = SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(OtlpGrpcSpanExporter.builder()
                .setEndpoint(endpoint).addHeader("Authorization", "Bearer good").build())).build();
                var metering = SdkMeterProvider.builder().registerMetricReader(PeriodicMetricReader.create(OtlpGrpcMetricExporter.builder()
                        .setEndpoint(endpoint).addHeader("Authorization", "Bearer good").build())).build()) {
            tracing.get("test").spanBuilder("a_span").startSpan().end();
            metering.get("test").counterBuilder("a_counter").build().add(3);
            tracing.forceFlush().join(60, TimeUnit.SECONDS);
            metering.forceFlush().join(60, TimeUnit.SECONDS);
        }

        assertThat(door.spool.events()).extracting(AuditEvent::signal).contains(Signal.SPAN, Signal.METRIC);
        assertThat(door.spool.events()).extracting(AuditEvent::name).contains("a_span", "a_counter");
    }

    private List<AuditEvent> logged(LogRecordExporter exporter) {
        door.spool.frames.clear();
        try (var logging = SdkLoggerProvider.builder().addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter)).build()) {
            logging.get("test").logRecordBuilder().setTimestamp(Instant.EPOCH.plusSeconds(5)).setObservedTimestamp(Instant.EPOCH.plusSeconds(6))
                    .setSeverity(Severity.WARN).setBody("hello").setAttribute(AttributeKey.longKey("n"), 5L).emit();
            assertThat(logging.forceFlush().join(60, TimeUnit.SECONDS).isSuccess()).isTrue();
        }
        return List.copyOf(door.spool.events());
    }

    /// What a call came to.
    private record Outcome(Status.Code code, List<com.google.protobuf.Any> details) {
    }

    private static Outcome answerTo(Runnable call) {
        var failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        if (failure == null) {
            return new Outcome(Status.Code.OK, List.of());
        }
        var trailers = failure.getTrailers();
        byte[] details = trailers == null ? null : trailers.get(DETAILS);
        try {
            return new Outcome(failure.getStatus().getCode(), details == null ? List.of()
                    : com.google.rpc.Status.parseFrom(details).getDetailsList());
        } catch (InvalidProtocolBufferException notStatus) {
            throw new AssertionError(notStatus);
        }
    }

    private byte[] export(Signal signal, @Nullable String token, byte[] body) {
        return call(signal, token, body, null);
    }

    private byte[] gzipped(byte[] body) {
        return call(Signal.LOG, "Bearer good", body, new Codec.Gzip());
    }

    private byte[] call(Signal signal, @Nullable String token, byte[] body, @Nullable Codec compression) {
        var compressors = CompressorRegistry.newEmptyInstance();
        compressors.register(Codec.Identity.NONE);
        var options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
        if (compression != null) {
            compressors.register(compression);
            options = options.withCompression(compression.getMessageEncoding());
        }
        return ClientCalls.blockingUnaryCall(channel(token, compressors), method(signal), options, body);
    }

    private io.grpc.Channel channel(String token) {
        return channel(token, CompressorRegistry.getDefaultInstance());
    }

    private io.grpc.Channel channel(@Nullable String token, CompressorRegistry compressors) {
        var channel = NettyChannelBuilder.forAddress("127.0.0.1", door.door.grpcPort()).usePlaintext().compressorRegistry(compressors).build();
        channels.add(channel);
        var headers = new Metadata();
        if (token != null) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), token);
        }
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static MethodDescriptor<byte[], byte[]> method(Signal signal) {
        return method(switch (signal) {
            case LOG -> "opentelemetry.proto.collector.logs.v1.LogsService/Export";
            case METRIC -> "opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
            case SPAN -> "opentelemetry.proto.collector.trace.v1.TraceService/Export";
        });
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder().setType(MethodDescriptor.MethodType.UNARY).setFullMethodName(name)
                .setRequestMarshaller(new Bytes()).setResponseMarshaller(new Bytes()).build();
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 12_000 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /// Calls plain bytes gzip.
    private static final class MislabelledGzip implements Codec {

        @Override
        public String getMessageEncoding() {
            return "gzip";
        }

        @Override
        public InputStream decompress(InputStream in) {
            return in;
        }

        @Override
        public OutputStream compress(OutputStream out) {
            return out;
        }
    }

    private static final class UnheardOf implements Codec {

        @Override
        public String getMessageEncoding() {
            return "zstd";
        }

        @Override
        public InputStream decompress(InputStream in) {
            return in;
        }

        @Override
        public OutputStream compress(OutputStream out) {
            return out;
        }
    }
}
