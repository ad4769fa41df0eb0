package io.trailwarden.otlp;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.trailwarden.dialect.Dialects;
import io.trailwarden.dialect.Envelope;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Observation;
import io.trailwarden.redact.Redactor;
import io.trailwarden.spool.ReceiptBook;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// The real servers on free ports, with fakes behind them.
final class OpenDoor implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");

    final FakeSpool spool = new FakeSpool();
    final ReceiptBook books = new ReceiptBook();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final Door door;
    final HttpClient client = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();

    OpenDoor(String... settings) {
        door = new Door(vertx, config(settings), "127.0.0.1", new FakeTokens(), OpenDoor::read, new WordRedactor(), spool, books,
                InstantSource.fixed(NOON), registry);
        door.open();
    }

    /// The defaults, with free ports and `settings` as pairs of key and value.
    static OtlpConfig config(String... settings) {
        var values = new HashMap<>(Map.of("trailwarden.otlp.http.port", "0", "trailwarden.otlp.grpc.port", "0"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("trailwarden.otlp." + settings[i], settings[i + 1]);
        }
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(OtlpConfig.class).withDefaultValues(values).build()
                .getConfigMapping(OtlpConfig.class);
    }

    /// Fails on records whose body says so, as a defect would.
    private static Observation read(Envelope envelope, OtlpRecord record, String principal) {
        if (record instanceof OtlpRecord.Log log && log.body().asText().equals("defect")) {
            throw new IllegalStateException("quotes defect");
        }
        return new Dialects().read(envelope, record, principal);
    }

    private static final class WordRedactor implements Redactor {

        @Override
        public Observation redact(Observation seen) {
            return new Observation(seen.signal(), redact(seen.name()), seen.time(), seen.origin(), seen.attributes(), seen.derived(),
                    seen.envelope());
        }

        @Override
        public String redact(String text) {
            return text.replace("hunter2", "(removed)");
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + door.httpPort() + path);
    }

    Socket socket() throws IOException {
        var socket = new Socket("127.0.0.1", door.httpPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60)).header("Authorization", "Bearer good");
    }

    HttpResponse<byte[]> post(String path, String contentType, byte[] body, String... headers) {
        var request = request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    static byte[] gzip(byte[] plain) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        door.close();
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
