package io.trailwarden.otlp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.trailwarden.event.AuditEvent;
import io.trailwarden.event.Signal;
import io.trailwarden.spool.ReceiptBook.Rejection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The HTTP server against the rows of the server checklist, and what hostile clients do.
class OtlpHttpIT {

    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final Path CORPUS = Path.of("src/test/resources/corpus/claude_code/2.1.329");

    private OpenDoor door = new OpenDoor();

    @AfterEach
    void close() {
        door.close();
    }

    private void reopen(String... settings) {
        door.close();
        door = new OpenDoor(settings);
    }

    @Test
    @DisplayName("C1: plain and gzip, of one or several members")
    void gzipIsTaken() {
        var body = LogRequests.json("one", "two");
        var members = new ByteArrayOutputStream();
        members.writeBytes(OpenDoor.gzip(Arrays.copyOf(body, 10)));
        members.writeBytes(OpenDoor.gzip(Arrays.copyOfRange(body, 10, body.length)));

        assertThat(door.post("/v1/logs", JSON, body).statusCode()).isEqualTo(200);
        assertThat(door.post("/v1/logs", JSON, OpenDoor.gzip(body), "Content-Encoding", "gzip").statusCode()).isEqualTo(200);
        assertThat(door.post("/v1/logs", JSON, members.toByteArray(), "Content-Encoding", "GZip").statusCode()).isEqualTo(200);
        assertThat(door.post("/v1/logs", JSON, body, "Content-Encoding", "identity").statusCode()).isEqualTo(200);
        assertThat(door.spool.events()).hasSize(8);
    }

    @ParameterizedTest
    @CsvSource({"-1,200", "0,200", "1,413"})
    @DisplayName("C2, H7: the limit of the raw body, one below, at and above, with a length and in chunks")
    void rawBodyIsLimited(int beyond, int status) {
        var body = padded(20_000);
        reopen("max-body", Integer.toString(20_000 - beyond));

        var chunked = door.send(door.request("/v1/logs").header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))).build());

        assertThat(door.post("/v1/logs", JSON, body).statusCode()).isEqualTo(status);
        assertThat(chunked.statusCode()).isEqualTo(status);
        assertThat(door.books.rejected().get(Rejection.TOO_LARGE)).isEqualTo(status == 413 ? 2 : 0);
    }

    @ParameterizedTest
    @CsvSource({"-1,200", "0,200", "1,413"})
    @DisplayName("C2, H7: the limit of the inflated body, one below, at and above")
    void inflatedBodyIsLimited(int beyond, int status) {
        var body = padded(200_000);
        reopen("max-inflated", Integer.toString(200_000 - beyond));

        var answer = door.post("/v1/logs", JSON, OpenDoor.gzip(body), "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    @DisplayName("C2: a bomb is given up after its first MiB, and its memory given back")
    void aBombIsGivenUp() {
        var bomb = OpenDoor.gzip(new byte[40 << 20]);

        var answer = door.post("/v1/logs", PROTOBUF, bomb, "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(status(answer).getMessage()).contains("inflates more than 100 times");
        assertThat(door.registry.get("trailwarden.otlp.memory.bytes").gauge().value()).isZero();
    }

    @Test
    @DisplayName("C3: texts of ours in an answer are bounded")
    void answersAreSmall() {
        var answer = door.post("/v1/logs", JSON, ("{\"" + "x".repeat(30_000) + "\":").getBytes(UTF_8));

        assertThat(answer.body().length).isLessThan(4000);
    }

    @Test
    @DisplayName("C4, C5, H4: empty requests succeed with an empty message, partial_success unset")
    void emptyRequestsSucceed() {
        for (var path : List.of("/v1/logs", "/v1/metrics", "/v1/traces")) {
            assertThat(door.post(path, PROTOBUF, new byte[0])).returns(200, HttpResponse::statusCode).returns(0, a -> a.body().length);
            assertThat(text(door.post(path, JSON, "{}".getBytes(UTF_8)))).isEqualTo("{}");
        }
        assertThat(door.spool.frames).isEmpty();
        assertThat(door.books.received()).isZero();
    }

    @Test
    @DisplayName("C5: full success leaves partial_success unset on the wire")
    void successIsEmpty() {
        assertThat(door.post("/v1/logs", PROTOBUF, LogRequests.protobuf("a")).body()).isEmpty();
        assertThat(text(door.post("/v1/logs", JSON, LogRequests.json("a")))).isEqualTo("{}");
    }

    @Test
    @DisplayName("C6, C8: one bad record is counted, noted first, and takes no neighbour along")
    void oneBadRecordIsAPartialSuccess() throws InvalidProtocolBufferException {
        var answer = door.post("/v1/logs", PROTOBUF, LogRequests.protobufWithOneBad());

        var partial = ExportLogsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(partial.getRejectedLogRecords()).isEqualTo(1);
        assertThat(partial.getErrorMessage()).startsWith("1 of 3 records cannot be read; the first: message ends too early");
        assertThat(door.spool.events()).hasSize(2);
        assertThat(door.spool.unreadable()).singleElement().satisfies(note -> {
            assertThat(note.reason()).isEqualTo("malformed_record");
            assertThat(note.size()).isEqualTo(2);
            assertThat(note.principal()).isEqualTo("platform team");
            assertThat(note.beginning()).isEmpty();
        });
        assertThat(door.spool.frames.getFirst()).isEqualTo(door.spool.unreadable().getFirst());
        assertThat(door.books.received()).isEqualTo(3);
        assertThat(door.books.rejected().get(Rejection.MALFORMED)).isEqualTo(1);
    }

    @Test
    @DisplayName("C6: each signal counts in its own words")
    void partialSuccessNamesWhatItCounts() throws InvalidProtocolBufferException {
        var spans = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"name\":\"a\"},{\"name\":[]}]}]}]}";
        var points = "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"sum\":{\"dataPoints\":[{\"asInt\":1},{\"asInt\":\"x\"}]}}]}]}]}";

        assertThat(text(door.post("/v1/traces", JSON, spans.getBytes(UTF_8)))).contains("\"rejectedSpans\":\"1\"");
        assertThat(text(door.post("/v1/metrics", JSON, points.getBytes(UTF_8)))).contains("\"rejectedDataPoints\":\"1\"");
        var partial = new Answer.Partial(7, "why");
        assertThat(ExportTraceServiceResponse.parseFrom(Protocol.success(partial, Encoding.PROTOBUF, Signal.SPAN))
                .getPartialSuccess().getRejectedSpans()).isEqualTo(7);
        assertThat(ExportMetricsServiceResponse.parseFrom(Protocol.success(partial, Encoding.PROTOBUF, Signal.METRIC))
                .getPartialSuccess().getRejectedDataPoints()).isEqualTo(7);
    }

    @Test
    @DisplayName("C6: a defect of ours costs one record, not its neighbours")
    void aDefectCostsOneRecord() {
        var answer = door.post("/v1/logs", JSON, LogRequests.json("fine", "defect", "fine too"));

        assertThat(text(answer)).contains("\"rejectedLogRecords\":\"1\"").doesNotContain("quotes");
        assertThat(door.spool.events()).hasSize(2);
        assertThat(door.spool.unreadable()).singleElement().returns("unprocessable_record", note -> note.reason());
    }

    @Test
    @DisplayName("C7: a warning about accepted records counts none as rejected")
    void aWarningRejectsNothing() {
        var body = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"severityNumber\":\"SEVERITY_NUMBER_INFO\"}]}]}]}";

        assertThat(text(door.post("/v1/logs", JSON, body.getBytes(UTF_8))))
                .isEqualTo("{\"partialSuccess\":{\"errorMessage\":\"all records are kept; 1 enum values came as names, where OTLP/JSON has numbers\"}}");
        assertThat(door.spool.events()).hasSize(1);
    }

    @Test
    @DisplayName("C14: a record without time takes the time it was observed")
    void observedTimeStandsIn() {
        var body = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"observedTimeUnixNano\":\"1795219515619000000\"}]}]}]}";

        door.post("/v1/logs", JSON, body.getBytes(UTF_8));

        assertThat(door.spool.events()).singleElement().returns(1795219515619L, event -> event.time().toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({"/v1/logs,LOG,0002-logs", "/v1/metrics,METRIC,0003-metrics", "/v1/traces,SPAN,0001-traces"})
    @DisplayName("H1, H2, H3: three paths, two encodings on one port, answered in the encoding of the request")
    void allSignalsInBothEncodings(String path, Signal signal, String capture) throws IOException {
        var json = door.post(path, JSON, Files.readAllBytes(CORPUS.resolve("oauth-identity-json/" + capture + ".json")));
        var protobuf = door.post(path, PROTOBUF, Files.readAllBytes(CORPUS.resolve("oauth-identity-protobuf/" + capture + ".pb")));

        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(protobuf.statusCode()).isEqualTo(200);
        assertThat(json.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(protobuf.headers().firstValue("Content-Type")).hasValue(PROTOBUF);
        assertThat(door.spool.frames).hasSize(2);
        assertThat(door.spool.events()).allMatch(event -> event.signal() == signal)
                .allMatch(event -> event.seen().origin().principal().equals("platform team"))
                .allMatch(event -> event.receivedAt().equals(OpenDoor.NOON));
        assertThat(door.books.received()).isEqualTo(door.spool.events().size());
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void theSameContentGivesTheSameEventsInBothEncodings(Signal signal) throws IOException {
        var capture = switch (signal) {
            case LOG -> "0002-logs";
            case METRIC -> "0003-metrics";
            case SPAN -> "0001-traces";
        };
        var path = signal == Signal.LOG ? "/v1/logs" : signal == Signal.METRIC ? "/v1/metrics" : "/v1/traces";
        byte[] protobuf = Files.readAllBytes(CORPUS.resolve("oauth-identity-protobuf/" + capture + ".pb"));
        byte[] json = new OtlpJson(7).write(RandomOtlp.builder(signal).mergeFrom(protobuf).build());

        door.post(path, PROTOBUF, protobuf);
        List<AuditEvent> first = List.copyOf(door.spool.events());
        door.spool.frames.clear();
        door.post(path, JSON, json);

        assertThat(door.spool.events()).isEqualTo(first).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 400", "[1], 400", "{\"resourceLogs\":[}, 400"})
    @DisplayName("H5, H6: what is not OTLP is 400 with a Status and BadRequest, in JSON")
    void malformedJsonIsABadRequest(String body, int status) {
        var answer = door.post("/v1/logs", JSON, body.getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(JSON);
        assertThat(text(answer)).startsWith("{\"code\":3,\"message\":\"")
                .contains("\"@type\":\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":\"body\"")
                .doesNotContain("Exception");
        assertThat(door.spool.unreadable()).singleElement().returns("malformed_json", note -> note.reason());
        assertThat(door.books.rejected().get(Rejection.MALFORMED)).isEqualTo(1);
        assertThat(door.books.received()).isEqualTo(1);
    }

    @Test
    @DisplayName("H5, H6: and in protobuf")
    void malformedProtobufIsABadRequest() throws InvalidProtocolBufferException {
        var answer = door.post("/v1/logs", PROTOBUF, "hunter2 is no protobuf".getBytes(UTF_8));

        var status = status(answer);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(status.getDetails(0).unpack(BadRequest.class).getFieldViolations(0).getField()).isEqualTo("body");
        assertThat(door.spool.unreadable()).singleElement().satisfies(note -> {
            assertThat(note.size()).isEqualTo(22);
            assertThat(note.sha256()).hasSize(64);
            assertThat(note.contentType()).isEqualTo(PROTOBUF);
            assertThat(note.beginning()).isEmpty();
        });
    }

    @Test
    @DisplayName("H6: the beginning of what cannot be read is kept only when policy says so, and redacted")
    void theBeginningIsKeptByPolicyOnly() {
        reopen("keep-unreadable-beginning", "true");

        door.post("/v1/logs", PROTOBUF, "hunter2 is no protobuf".getBytes(UTF_8));

        assertThat(door.spool.unreadable()).singleElement().returns("(removed) is no protobuf", note -> note.beginning());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "cut"})
    @DisplayName("H6: broken gzip is 400")
    void brokenGzipIsABadRequest(String kind) {
        byte[] whole = OpenDoor.gzip(LogRequests.json("a"));
        byte[] body = kind.equals("cut") ? Arrays.copyOf(whole, whole.length - 12) : kind.getBytes(UTF_8);

        var answer = door.post("/v1/logs", JSON, body, "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("body is not gzip: ");
        assertThat(door.spool.unreadable()).singleElement().returns("malformed_gzip", note -> note.reason());
    }

    @Test
    @DisplayName("H8, H9: a spool that stays busy is 503 with Retry-After 2, after the sender's patience")
    void aBusySpoolIsUnavailable() throws InvalidProtocolBufferException {
        door.spool.busy = true;

        var answer = door.post("/v1/logs", PROTOBUF, LogRequests.protobuf("a", "b"));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(status(answer).getDetails(0).unpack(RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(2);
        assertThat(door.spool.patience).containsExactly(Duration.ofSeconds(6));
        assertThat(door.books.received()).isEqualTo(2);
        assertThat(door.books.rejected().get(Rejection.UNAVAILABLE)).isEqualTo(2);
        assertThat(text(door.post("/v1/logs", JSON, LogRequests.json("a")))).contains("\"retryDelay\":\"2s\"");
    }

    @Test
    @DisplayName("H9: a spool that fails, and a token that cannot be decided, are 503 and never 500 or 401")
    void ourOwnTroubleIsNeverFinal() {
        door.spool.broken = true;
        var undecided = HttpRequest.newBuilder(door.uri("/v1/logs")).header("Authorization", "Bearer broken")
                .POST(HttpRequest.BodyPublishers.noBody()).build();

        assertThat(door.post("/v1/logs", JSON, LogRequests.json("a")).statusCode()).isEqualTo(503);
        assertThat(door.post("/v1/logs", JSON, "rubbish".getBytes(UTF_8)).statusCode()).isEqualTo(503);
        assertThat(door.send(undecided).statusCode()).isEqualTo(503);
    }

    @Test
    @DisplayName("H10: a gzip response when asked for")
    void responsesAreCompressedOnRequest() throws IOException {
        var asked = door.post("/v1/logs", JSON, "{}".getBytes(UTF_8), "Accept-Encoding", "deflate, gzip;q=0.5");
        var declined = door.post("/v1/logs", JSON, "{}".getBytes(UTF_8), "Accept-Encoding", "gzip;q=0");

        assertThat(asked.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(asked.body())).readAllBytes()).asString().isEqualTo("{}");
        assertThat(text(declined)).isEqualTo("{}");
    }

    @Test
    @DisplayName("H11: a connection is kept for further requests")
    void connectionsAreKept() throws IOException {
        try (var socket = door.socket()) {
            for (int i = 0; i < 3; i++) {
                write(socket, head("POST /v1/logs", "Bearer good", "Content-Type: application/json", "Content-Length: 2") + "{}");
                assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 200").endsWith("{}");
            }
        }
    }

    @Test
    @DisplayName("H12: other paths are 404, other methods 405 with Allow, both with a Status")
    void otherPathsAndMethods() {
        var get = door.send(door.request("/v1/logs").GET().build());

        assertThat(get).returns(405, HttpResponse::statusCode);
        assertThat(get.headers().firstValue("Allow")).hasValue("POST");
        assertThat(text(get)).startsWith("{\"code\":12,");
        assertThat(door.send(door.request("/v1/logs").method("PATCH", HttpRequest.BodyPublishers.noBody()).build()).statusCode()).isEqualTo(405);
        assertThat(door.post("/v1development/profiles", PROTOBUF, new byte[0])).returns(404, HttpResponse::statusCode)
                .satisfies(answer -> assertThat(status(answer).getCode()).isEqualTo(5));
        assertThat(door.post("/", JSON, new byte[0]).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"text/plain,", "application/jsonx,", "application/json,zstd", "application/x-protobuf,'gzip, gzip'", "application/json,br"})
    @DisplayName("H12: other media types and encodings are 415")
    void otherMediaTypesAreUnsupported(String type, String encoding) {
        var answer = encoding == null ? door.post("/v1/logs", type, "{}".getBytes(UTF_8))
                : door.post("/v1/logs", type, "{}".getBytes(UTF_8), "Content-Encoding", encoding);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(door.books.rejected().get(Rejection.UNSUPPORTED)).isEqualTo(1);
    }

    @Test
    @DisplayName("H12: no media type at all is 415")
    void aMissingMediaTypeIsUnsupported() {
        assertThat(door.send(door.request("/v1/logs").POST(HttpRequest.BodyPublishers.ofString("{}")).build()).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"/v1/logs,,401", "/v1/logs,Bearer bad,401", "/v1/metrics,Bearer logs-only,403", "/v1/logs,Bearer logs-only,200"})
    @DisplayName("H12: no or an unknown token is 401 with WWW-Authenticate, another's signal 403")
    void tokensDecide(String path, String token, int status) {
        var request = HttpRequest.newBuilder(door.uri(path)).header("Content-Type", JSON).POST(HttpRequest.BodyPublishers.ofString("{}"));
        var answer = door.send(token == null ? request.build() : request.header("Authorization", token).build());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent()).isEqualTo(status == 401);
        assertThat(door.books.rejected().get(Rejection.UNAUTHENTICATED)).isEqualTo(status == 401 ? 1 : 0);
        assertThat(door.books.rejected().get(Rejection.FORBIDDEN)).isEqualTo(status == 403 ? 1 : 0);
    }

    @Test
    @DisplayName("H12: the token is judged before the body is there, and the answer comes while the client still sends")
    void refusalDoesNotWaitForTheBody() throws IOException {
        try (var socket = door.socket()) {
            write(socket, head("POST /v1/logs", "Bearer bad", "Content-Type: application/json", "Content-Length: 3000000"));
            assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 401");
            socket.getOutputStream().write(new byte[3_000_000]);
            write(socket, head("POST /v1/logs", "Bearer good", "Content-Type: application/json", "Content-Length: 2") + "{}");
            assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    @DisplayName("H12: a client that sends all before it reads still gets its refusal")
    void refusalReachesAClientThatOnlyWrites() throws IOException {
        try (var socket = door.socket()) {
            write(socket, head("POST /v1/logs", "Bearer bad", "Content-Type: application/json", "Content-Length: 12000000"));
            socket.getOutputStream().write(new byte[12_000_000]);
            assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 401");
        }
    }

    @Test
    @DisplayName("H12: a client that asks before it sends is told first")
    void expectationsAreAnswered() throws IOException {
        try (var socket = door.socket()) {
            write(socket, head("POST /v1/logs", "Bearer bad", "Content-Type: application/json", "Content-Length: 2", "Expect: 100-continue"));
            assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 401");
        }
        try (var socket = door.socket()) {
            write(socket, head("POST /v1/logs", "Bearer good", "Content-Type: application/json", "Content-Length: 2", "Expect: 100-continue"));
            assertThat(readHead(socket.getInputStream())).startsWith("HTTP/1.1 100");
            write(socket, "{}");
            assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "Application/JSON", "application/json;odata=verbose", " application/json "})
    @DisplayName("H13: media types in any case, with parameters")
    void mediaTypesAreReadLeniently(String type) {
        assertThat(door.post("/v1/logs", type, LogRequests.json("a")).statusCode()).isEqualTo(200);
        assertThat(door.spool.events()).hasSize(1);
    }

    @Test
    @DisplayName("H14: chunked bodies")
    void chunkedBodiesAreTaken() throws IOException {
        var body = new String(LogRequests.json("chunked"), UTF_8);
        try (var socket = door.socket()) {
            write(socket, head("POST /v1/logs", "Bearer good", "Content-Type: application/json", "Transfer-Encoding: chunked"));
            for (var part : List.of(body.substring(0, 7), body.substring(7))) {
                write(socket, Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            }
            write(socket, "0\r\n\r\n");
            assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 200");
        }
        assertThat(door.spool.events()).hasSize(1);
    }

    @Test
    @DisplayName("H15: no cross-origin answers")
    void crossOriginIsOff() {
        var answer = door.send(door.request("/v1/logs").method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Access-Control-Request-Method", "POST").build());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.toLowerCase().startsWith("access-control"));
    }

    @Test
    void aSlowBodyIsGivenUp() throws IOException {
        reopen("http.body-timeout", "200ms");
        try (var socket = door.socket()) {
            write(socket, head("POST /v1/logs", "Bearer good", "Content-Type: application/json", "Content-Length: 100") + "{");
            assertThat(readAnswer(socket.getInputStream())).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void aConnectionOnWhichNoRequestBeginsIsClosed() throws IOException {
        reopen("http.idle-timeout", "300ms");
        try (var socket = door.socket()) {
            long begun = System.nanoTime();
            var out = socket.getOutputStream();
            assertThatThrownBy(() -> {
                while (System.nanoTime() - begun < 60_000_000_000L) {
                    out.write("X".getBytes(UTF_8));
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }).isInstanceOf(IOException.class);
        }
    }

    @Test
    void tooManyHeadersAreRefused() throws IOException {
        try (var socket = door.socket()) {
            write(socket, head("POST /v1/logs", "Bearer good", "X-Large: " + "x".repeat(30_000)));
            assertThat(readHead(socket.getInputStream())).startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void workGoesOnWhenTheClientGoesAway() throws Exception {
        var release = new CountDownLatch(1);
        door.spool.held = release;
        try (var socket = door.socket()) {
            var body = new String(LogRequests.json("left behind"), UTF_8);
            write(socket, head("POST /v1/logs", "Bearer good", "Content-Type: application/json", "Content-Length: " + body.length()) + body);
            assertThat(door.spool.entered.await(60, TimeUnit.SECONDS)).isTrue();
        }

        release.countDown();

        eventually(() -> door.spool.events().size() == 1);
        eventually(() -> door.books.received() == 1);
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        var release = new CountDownLatch(1);
        door.spool.held = release;
        var answer = CompletableFuture.supplyAsync(() -> door.post("/v1/logs", JSON, LogRequests.json("last")));
        assertThat(door.spool.entered.await(60, TimeUnit.SECONDS)).isTrue();
        var closing = CompletableFuture.runAsync(() -> door.door.close());
        assertThatThrownBy(() -> closing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        release.countDown();

        assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        closing.get(60, TimeUnit.SECONDS);
        door = new OpenDoor();
    }

    @Test
    void memoryIsSharedAndASenderWaitsForIt() throws Exception {
        reopen("max-body", "1M", "max-inflated", "1M", "max-memory", "3M", "http.patience", "300ms");
        var release = new CountDownLatch(1);
        door.spool.held = release;
        var holders = java.util.stream.IntStream.range(0, 3).mapToObj(_ -> CompletableFuture.supplyAsync(
                () -> door.post("/v1/logs", JSON, padded(1_000_000)))).toList();
        eventually(() -> door.registry.get("trailwarden.otlp.memory.bytes").gauge().value() >= 2.9e6);

        var refused = door.post("/v1/logs", JSON, padded(1_000_000));
        release.countDown();

        assertThat(refused.statusCode()).isEqualTo(503);
        for (var holder : holders) {
            assertThat(holder.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(door.post("/v1/logs", JSON, padded(1_000_000)).statusCode()).isEqualTo(200);
        assertThat(door.registry.get("trailwarden.otlp.memory.bytes").gauge().value()).isZero();
    }

    @Test
    void aTakenPortIsSaidInOneLine() {
        assertThatThrownBy(() -> new OpenDoor("http.port", Integer.toString(door.door.httpPort())))
                .hasMessageStartingWith("cannot listen for OTLP over HTTP on 127.0.0.1 port " + door.door.httpPort())
                .hasMessageContaining("set trailwarden.otlp.http.port to a free port").hasMessageNotContaining("\n");
        assertThatThrownBy(() -> new OpenDoor("grpc.port", Integer.toString(door.door.grpcPort())))
                .hasMessageStartingWith("cannot listen for OTLP over gRPC on 127.0.0.1 port " + door.door.grpcPort());
    }

    @Test
    void outcomesAreCounted() {
        door.post("/v1/logs", JSON, LogRequests.json("a", "b"));
        door.post("/v1/logs", JSON, "rubbish".getBytes(UTF_8));

        assertThat(requests("accepted")).isEqualTo(1);
        assertThat(requests("malformed")).isEqualTo(1);
        assertThat(requests("unavailable")).isZero();
        assertThat(door.registry.get("trailwarden.otlp.accepted.records").tag("signal", "log").counter().count()).isEqualTo(2);
    }

    private double requests(String outcome) {
        return door.registry.get("trailwarden.otlp.requests").tag("transport", "http").tag("signal", "log")
                .tag("outcome", outcome).counter().count();
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 12_000 && !condition.getAsBoolean(); i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /// A valid request of exactly `size` bytes.
    private static byte[] padded(int size) {
        var json = "{\"padding\":\"%s\"," + new String(LogRequests.json("a"), UTF_8).substring(1);
        var random = new java.util.Random(1);
        var padding = new StringBuilder();
        for (int i = size - json.length() + 2; i > 0; i--) {
            padding.append((char) ('a' + random.nextInt(26)));
        }
        return json.formatted(padding).getBytes(UTF_8);
    }

    private static String head(String line, String token, String... headers) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + token + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String readAnswer(InputStream in) throws IOException {
        var head = readHead(in);
        var length = head.lines().filter(line -> line.toLowerCase().startsWith("content-length:")).findFirst().orElseThrow();
        return head + new String(in.readNBytes(Integer.parseInt(length.substring(15).strip())), UTF_8);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    private static Status status(HttpResponse<byte[]> answer) {
        try {
            return Status.parseFrom(answer.body());
        } catch (InvalidProtocolBufferException notStatus) {
            throw new AssertionError(notStatus);
        }
    }
}
