package io.trailwarden.forward;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trailwarden.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A receiver over HTTP on loopback. Answers 200 until told otherwise; extend it to be strict about what it gets. Public for
/// tests of the page that shows how destinations stand.
public class FakeHttpDestination implements ForwarderContract.Receiver {

    /// A request as it came; header names in lower case.
    record Request(String method, String path, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private record Answer(int status, Map<String, String> headers, String body) {
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile Answer answer;
    private volatile boolean hangsUp;
    private volatile HttpServer server;
    private final int port = Ports.free();

    public FakeHttpDestination() {
        answer = new Answer(200, Map.of(), usualBody(200));
        server = listen();
    }

    private HttpServer listen() {
        try {
            var listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            listening.createContext("/", this::handle);
            listening.start();
            return listening;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    /// Where it listens, without a slash at the end.
    public final String url() {
        return "http://127.0.0.1:" + port;
    }

    /// Answers so from now on.
    public final void answers(int status, Map<String, String> headers, String body) {
        answer = new Answer(status, headers, body);
    }

    /// Answers 200 again.
    public final void recovers() {
        answer = new Answer(200, Map.of(), usualBody(200));
        hangsUp = false;
    }

    /// Closes connections instead of answering.
    final void hangsUp() {
        hangsUp = true;
    }

    /// What the real one says in the body of such an answer.
    String usualBody(int status) {
        return "";
    }

    /// The messages of `request`, without what separates them, or an answer other than 200 by throwing [Rejection].
    List<String> read(Request request) {
        return List.of(request.text());
    }

    /// A strict receiver's no.
    static final class Rejection extends RuntimeException {

        private final int status;
        private final String body;

        Rejection(int status, String body) {
            super(status + " " + body, null, false, false);
            this.status = status;
            this.body = body;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
            var request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, exchange.getRequestBody().readAllBytes());
            if (hangsUp) {
                return;
            }
            requests.add(request);
            respond(exchange, answer.status() == 200 ? judged(request) : answer);
        }
    }

    private Answer judged(Request request) {
        try {
            taken.addAll(read(request));
            return answer;
        } catch (Rejection no) {
            return new Answer(no.status, Map.of(), no.body);
        }
    }

    private static void respond(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /// Every request it read, refused ones too.
    final List<Request> requests() {
        return new ArrayList<>(requests);
    }

    @Override
    public final List<String> taken() {
        return new ArrayList<>(taken);
    }

    @Override
    public final void goAway() {
        server.stop(0);
    }

    @Override
    public final void comeBack() {
        server = listen();
    }

    @Override
    public final void close() {
        server.stop(0);
    }
}
