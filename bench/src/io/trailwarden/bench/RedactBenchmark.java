package io.trailwarden.bench;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;
import io.trailwarden.event.Signal;
import io.trailwarden.redact.PolicyRedactor;
import io.trailwarden.redact.Redactor;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What redaction costs a record, and a text, with and without something to redact.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RedactBenchmark {

    private static final String QUIET = "find /home/ana/shop/src -name '*.java' -newer build/marker -print0 | xargs -0 grep -l 'OrderLine' | sort";

    private static final String SECRET = "gh" + "p_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";

    private Redactor redactor;
    private Observation quiet;
    private Observation loud;
    private String source;

    @Setup
    public void prepare() throws IOException {
        redactor = PolicyRedactor.withDefaults(Files.createTempDirectory("redact-bench"));
        quiet = record("ls -la && " + QUIET);
        loud = record("curl -H 'Authorization: Bearer " + SECRET + "' https://api.example.com/v1/items");
        source = "String token = request.getHeader(\"X-Token\");\nif (password == null) return secretOf(user);\n// see https://example.com\n".repeat(40);
    }

    /// About 100 characters that announce nothing.
    @Benchmark
    public String aQuietText() {
        return redactor.redact(QUIET);
    }

    /// A tool result as Claude Code sends it, about 1 KB, with nothing to redact.
    @Benchmark
    public Observation aQuietRecord() {
        return redactor.redact(quiet);
    }

    /// The same with one secret, found in two places.
    @Benchmark
    public Observation aRecordWithASecret() {
        return redactor.redact(loud);
    }

    /// 4 KB of source code that talks of passwords and tokens all the time.
    @Benchmark
    public String sourceCodeFullOfKeywords() {
        return redactor.redact(source);
    }

    private static Observation record(String command) {
        var resource = Attributes.builder().put("service.name", "claude-code").put("service.version", "2.1.329").put("os.type", "linux")
                .put("os.version", "6.18.44").put("host.arch", "amd64").put("enduser.id", "ana").build();
        var common = Attributes.builder().put("user.id", "24d4b96f58da6d4a8512313bbd02a28ebf0ca95dec6e4c86ef78ce7f01e788ac")
                .put("enduser.id", "ana").put("terminal.type", "xterm-256color").put("anthropic.provider", "firstParty").build();
        var attributes = Attributes.builder().put("event.name", "tool_result").put("event.timestamp", "2026-11-21T00:04:10.664Z")
                .put("event.sequence", 9).put("prompt.id", "87b5fe72-c86f-4cb5-8081-ca91dadd6abb").put("tool_name", "Bash")
                .put("tool_use_id", "toolu_27851_1_0").put("success", "true").put("duration_ms", "38")
                .put("tool_parameters", "{\"bash_command\":\"ls\",\"full_command\":\"" + command + "\",\"description\":\"List files\"}")
                .put("tool_input", "{\"command\":\"" + command + "\",\"description\":\"List files\"}").put("tool_input_size_bytes", "47")
                .put("tool_result_size_bytes", "236").put("request_id", "req_27851_1").build();
        var derived = Attributes.builder().put("command.text", command).put("tool.kind", "exec").build();
        var envelope = Attributes.builder().put("body", "claude_code.tool_result").build();
        var origin = new Origin("sender", "ana", "77770e5c-20e5-49f5-a88d-9ed31a62d5df", resource, "com.anthropic.claude_code.events", "2.1.329", common);
        return new Observation(Signal.LOG, "tool_result", Instant.EPOCH, origin, attributes, derived, envelope);
    }
}
