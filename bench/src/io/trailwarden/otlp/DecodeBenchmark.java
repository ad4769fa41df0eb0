package io.trailwarden.otlp;

import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.trailwarden.event.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What reading one record costs, in a request of 500 records of the real client (some 20 attributes each): our walker
/// to finished records, the generated classes to their messages, and those on to our records.
///
/// Lives beside the decoder, which nobody else may know.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {

    private static final int RECORDS = 500;
    private static final Path CAPTURE = Path.of("src/test/resources/corpus/claude_code/2.1.329/oauth-identity-protobuf/0002-logs.pb");

    private final ExportLogsServiceRequest request = request();
    private final byte[] protobuf = request.toByteArray();
    private final byte[] json = new OtlpJson(1).write(request);
    private final Decoder decoder = new Decoder(new DecodeLimits(50_000, 2_000_000));

    /// Runs this class alone.
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder().include(DecodeBenchmark.class.getName()).build()).run();
    }

    private static ExportLogsServiceRequest request() {
        try {
            var captured = ExportLogsServiceRequest.parseFrom(Files.readAllBytes(CAPTURE)).toBuilder();
            var scope = captured.getResourceLogsBuilder(0).getScopeLogsBuilder(0);
            var samples = scope.getLogRecordsList();
            scope.clearLogRecords();
            for (int i = 0; i < RECORDS; i++) {
                scope.addLogRecords(LogRecord.newBuilder(samples.get(i % samples.size())).setTimeUnixNano(1_795_219_515_619_000_000L + i));
            }
            return captured.build();
        } catch (IOException missing) {
            throw new IllegalStateException("run from the repository's root: " + CAPTURE + " is missing", missing);
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Object walker() {
        return decoder.decode(Encoding.PROTOBUF, Signal.LOG, protobuf);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Object generatedClasses() throws IOException {
        return ExportLogsServiceRequest.parseFrom(protobuf);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Object generatedClassesThenRecords() throws IOException {
        return Oracle.read(ExportLogsServiceRequest.parseFrom(protobuf));
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public Object jsonReader() {
        return decoder.decode(Encoding.JSON, Signal.LOG, json);
    }
}
