package io.trailwarden.demo;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.LogRecordProcessor;
import io.opentelemetry.sdk.logs.ReadWriteLogRecord;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// Sends records through the door with the OpenTelemetry SDK: one provider for each machine, one exporter for each signal.
///
/// One request at a time and in the order of the records, so that the trail's order is the order in which things happened.
/// For one thread.
public final class Sender implements AutoCloseable {

    /// The most that the real client puts into one request.
    private static final int MOST = 512;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OtlpHttpLogRecordExporter logExporter;
    private final OtlpHttpSpanExporter spanExporter;
    private final Map<Resource, SdkLoggerProvider> loggers = new HashMap<>();
    private final Map<Resource, SdkTracerProvider> tracers = new HashMap<>();
    private final List<LogRecordData> lines = new ArrayList<>();
    private final List<SpanData> spans = new ArrayList<>();
    private final NextIds ids = new NextIds();

    /// The door did not take a request.
    public static final class NotTaken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NotTaken(String message) {
            super(message);
        }
    }

    private final URI endpoint;

    /// @param endpoint base URL of OTLP over HTTP
    /// @param token ingest token
    public Sender(URI endpoint, String token) {
        this.endpoint = endpoint;
        var base = endpoint.toString().replaceAll("/+$", "");
        logExporter = OtlpHttpLogRecordExporter.builder().setEndpoint(base + "/v1/logs").setTimeout(PATIENCE)
                .addHeader("Authorization", "Bearer " + token).build();
        spanExporter = OtlpHttpSpanExporter.builder().setEndpoint(base + "/v1/traces").setTimeout(PATIENCE)
                .addHeader("Authorization", "Bearer " + token).build();
    }

    /// Sends all of `fleet` and tells `sent` after each request how many were sent so far.
    public void send(Fleet fleet, IntConsumer sent) {
        var records = fleet.records();
        for (int from = 0; from < records.size(); from += MOST) {
            int to = Math.min(records.size(), from + MOST);
            send(records.subList(from, to));
            sent.accept(to);
        }
    }

    /// Sends what has happened by `now`.
    public void send(Trickle trickle, Instant now) {
        send(trickle.due(now));
    }

    void send(List<Telemetry> records) {
        records.forEach(this::emit);
        if (!lines.isEmpty()) {
            await(logExporter.export(List.copyOf(lines)));
            lines.clear();
        }
        if (!spans.isEmpty()) {
            await(spanExporter.export(List.copyOf(spans)));
            spans.clear();
        }
    }

    private void emit(Telemetry record) {
        switch (record) {
            case Telemetry.Line line -> loggers.computeIfAbsent(line.from().resource(), this::logger).loggerBuilder("com.anthropic.claude_code.events")
                    .setInstrumentationVersion(line.from().version()).build().logRecordBuilder().setTimestamp(line.at())
                    .setObservedTimestamp(line.at()).setBody("claude_code." + line.event()).setAllAttributes(line.attributes()).emit();
            case Telemetry.Span span -> emit(span);
        }
    }

    private void emit(Telemetry.Span span) {
        ids.trace = span.traceId();
        ids.span = span.spanId();
        var parent = SpanContext.create(span.traceId(), span.parentId(), TraceFlags.getSampled(), TraceState.getDefault());
        tracers.computeIfAbsent(span.from().resource(), this::tracer).tracerBuilder("com.anthropic.claude_code.tracing")
                .setInstrumentationVersion("1.0.0").build().spanBuilder(span.name()).setParent(Context.root().with(Span.wrap(parent)))
                .setStartTimestamp(span.began()).setAllAttributes(span.attributes()).startSpan().end(span.at());
    }

    private SdkLoggerProvider logger(Resource resource) {
        return SdkLoggerProvider.builder().setResource(resource).addLogRecordProcessor(new LogRecordProcessor() {
            @Override
            public void onEmit(Context context, ReadWriteLogRecord record) {
                lines.add(record.toLogRecordData());
            }
        }).build();
    }

    private SdkTracerProvider tracer(Resource resource) {
        return SdkTracerProvider.builder().setResource(resource).setIdGenerator(ids).addSpanProcessor(new SpanProcessor() {
            @Override
            public void onStart(Context parent, ReadWriteSpan span) {
                // Of interest when it has ended.
            }

            @Override
            public boolean isStartRequired() {
                return false;
            }

            @Override
            public void onEnd(ReadableSpan span) {
                spans.add(span.toSpanData());
            }

            @Override
            public boolean isEndRequired() {
                return true;
            }
        }).build();
    }

    private void await(CompletableResultCode result) {
        result.join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!result.isSuccess()) {
            var why = result.getFailureThrowable();
            throw new NotTaken("%s did not take a request%s".formatted(endpoint, why == null ? "" : ": " + why.getMessage()));
        }
    }

    @Override
    public void close() {
        logExporter.shutdown();
        spanExporter.shutdown();
        loggers.values().forEach(SdkLoggerProvider::shutdown);
        tracers.values().forEach(SdkTracerProvider::shutdown);
    }

    /// Gives spans the ids that their records have.
    private static final class NextIds implements IdGenerator {

        private String trace = "";
        private String span = "";

        @Override
        public String generateSpanId() {
            return span;
        }

        @Override
        public String generateTraceId() {
            return trace;
        }
    }
}
