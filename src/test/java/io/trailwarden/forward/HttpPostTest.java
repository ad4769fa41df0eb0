package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.RetryLater;
import io.trailwarden.forward.HttpPost.Posted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Posts to a name that no machine knows but through the lookup of the test, so that whatever arrives came by it.
class HttpPostTest {

    private static final String NAME = "siem.example";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private final Queue<String> lookups = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var one : opened) {
            one.close();
        }
    }

    /// A DNS whose answers change: each is given once, the last for ever.
    private InetAddress[] changing(String host) throws UnknownHostException {
        assertThat(host).isEqualTo(NAME);
        var answer = lookups.size() > 1 ? lookups.remove() : lookups.element();
        return new InetAddress[] {InetAddress.getByName(answer)};
    }

    private HttpPost post(String scheme, int port, Map<String, String> more) {
        return post(scheme, port, more, Duration.ofSeconds(60));
    }

    private HttpPost post(String scheme, int port, Map<String, String> more, Duration answerWithin) {
        var settings = new HashMap<>(Map.of("url", scheme + "://" + NAME + ":" + port + "/hook?key=1", "allow-http", "true"));
        settings.putAll(more);
        var post = new HttpPost(new DestinationSettings("ours", settings), ForwarderContract.CLOCK, answerWithin, answerWithin, this::changing);
        opened.add(post);
        return post;
    }

    @Nested
    class Plain {

        private final Scripted server = new Scripted();

        @Test
        void theAddressThatWasCheckedIsTheOneConnectedTo() {
            lookups.addAll(List.of("127.0.0.1", "169.254.169.254"));
            server.says(OK);
            var post = post("http", server.port(), Map.of());

            assertThat(post.post("", Map.of("X-Event-Id", "1"), BODY)).isEqualTo(new Posted.Answered(200, Duration.ZERO, "ok"));

            assertThat(lookups).as("looked up once").containsExactly("169.254.169.254");
            assertThat(server.requests.getFirst()).startsWith("POST /hook?key=1 HTTP/1.1\r\n").contains("\r\nHost: " + NAME + ":" + server.port() + "\r\n", "\r\nX-Event-Id: 1\r\n")
                    .endsWith("\r\n\r\n{}");
        }

        @Test
        void aNameThatMovesToAMetadataServiceIsNotFollowedThere() {
            lookups.addAll(List.of("127.0.0.1", "169.254.169.254"));
            server.says(OK);
            server.hangsUpAfterwards = true;
            var post = post("http", server.port(), Map.of());
            post.post("", Map.of(), BODY);

            assertThat(post.post("", Map.of(), BODY)).isInstanceOfSatisfying(Posted.Failed.class, failed -> assertThat(failed.delivery())
                    .isEqualTo(new RetryLater(NAME + " is at 169.254.169.254, which is link-local: nothing is forwarded there")));
        }

        @Test
        void aConnectionServesManyPosts() {
            lookups.add("127.0.0.1");
            server.says(OK, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\none\r\nA\r\n two three\r\n0\r\nTrailer: x\r\n\r\n",
                    "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", OK);
            var post = post("http", server.port(), Map.of());

            assertThat(List.of(post.post("", Map.of(), BODY), post.post("", Map.of(), BODY), post.post("", Map.of(), BODY), post.post("", Map.of(), BODY)))
                    .extracting(posted -> ((Posted.Answered) posted).body()).containsExactly("ok", "one two three", "", "ok");
            assertThat(server.connections).hasSize(1);
        }

        @Test
        void aConnectionThatWasClosedWhileNothingWasSaidIsNoFailure() {
            lookups.add("127.0.0.1");
            server.says(OK, OK);
            server.hangsUpAfterwards = true;
            var post = post("http", server.port(), Map.of());
            post.post("", Map.of(), BODY);

            assertThat(post.post("", Map.of(), BODY)).isInstanceOf(Posted.Answered.class);
            assertThat(server.connections).hasSize(2);
        }

        @Test
        void aFirstConnectionThatIsClosedIsOneFailure() {
            lookups.add("127.0.0.1");
            server.says("");

            assertThat(post("http", server.port(), Map.of()).post("", Map.of(), BODY))
                    .isEqualTo(new Posted.Failed(new RetryLater("the connection to http://" + NAME + ":" + server.port() + " broke off")));
            assertThat(server.connections).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok", "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"})
        void whatIsNoAnswerIsTriedLater(String said) {
            lookups.add("127.0.0.1");
            server.says(said);
            server.hangsUpAfterwards = true;

            assertThat(post("http", server.port(), Map.of()).post("", Map.of(), BODY)).isInstanceOf(Posted.Failed.class);
        }

        @Test
        void endlessAnswersAreCutOff() {
            lookups.add("127.0.0.1");
            server.says("HTTP/1.1 200 OK\r\nX: " + "x".repeat(300_000), "HTTP/1.1 200 OK\r\n" + "X: x\r\n".repeat(100_000),
                    "HTTP/1.1 500 No\r\nContent-Length: 999999999999\r\n\r\n" + "x".repeat(200_000),
                    "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n" + "x".repeat(200_000));
            var post = post("http", server.port(), Map.of());

            for (int i = 0; i < 2; i++) {
                assertThat(post.post("", Map.of(), BODY)).isInstanceOf(Posted.Failed.class);
            }
            for (int i = 0; i < 2; i++) {
                assertThat(post.post("", Map.of(), BODY)).isInstanceOfSatisfying(Posted.Answered.class, answered -> assertThat(answered.body()).hasSize(HttpPost.MOST_ANSWER));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n"})
        void anAnswerThatTricklesIsGivenUp(String beginning) {
            lookups.add("127.0.0.1");
            server.says(beginning);
            server.trickles = true;
            var post = post("http", server.port(), Map.of(), Duration.ofSeconds(2));

            assertThat(post.post("", Map.of(), BODY))
                    .isEqualTo(new Posted.Failed(new RetryLater("no answer from http://" + NAME + ":" + server.port() + " within 2 s")));
        }

        @Test
        void aSecretThatIsNoHeaderIsNotTold() {
            lookups.add("127.0.0.1");
            var post = post("http", server.port(), Map.of());

            for (var value : List.of("hunter2\r\nX: y", "hunter2\u2013", "hunter2\u0000")) {
                assertThatThrownBy(() -> post.post("", Map.of("Authorization", value), BODY)).hasMessageNotContaining("hunter2");
            }
            assertThat(server.requests).isEmpty();
        }
    }

    @Nested
    class OverTls {

        @TempDir
        private Path folder;

        private final List<String> served = new CopyOnWriteArrayList<>();

        @Test
        void theNameIsAskedForAndTheCertificateIsForIt() throws Exception {
            lookups.addAll(List.of("127.0.0.1", "169.254.169.254"));
            var authority = TestAuthority.create(folder, "authority");
            int port = serve(authority, "dns:" + NAME);

            var posted = post("https", port, Map.of("ca-file", authority.file().toString())).post("", Map.of(), BODY);

            assertThat(posted).isEqualTo(new Posted.Answered(200, Duration.ZERO, ""));
            assertThat(served).containsExactly(NAME + ":" + port + " asked for as " + NAME);
        }

        @Test
        void aCertificateForTheAddressOrAnotherNameIsNotEnough() throws Exception {
            lookups.add("127.0.0.1");
            var authority = TestAuthority.create(folder, "authority");
            int port = serve(authority, "ip:127.0.0.1,dns:other.example");

            var posted = post("https", port, Map.of("ca-file", authority.file().toString())).post("", Map.of(), BODY);

            assertThat(posted).isInstanceOfSatisfying(Posted.Failed.class, failed -> assertThat(failed.delivery())
                    .isInstanceOfSatisfying(Misconfigured.class, said -> assertThat(said.why()).contains("not for this name")));
            assertThat(served).isEmpty();
        }

        private int serve(TestAuthority authority, String names) throws Exception {
            var issued = authority.issue("receiver", names);
            var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var trusting = new DestinationSettings("ours", Map.of("ca-file", authority.file().toString()));
            server.setHttpsConfigurator(new HttpsConfigurator(Tls.context(trusting, Pem.identity(issued.certificate(), issued.key()))));
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.getRequestBody().readAllBytes();
                    var session = (ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession();
                    served.add(exchange.getRequestHeaders().getFirst("Host") + " asked for as "
                            + new String(session.getRequestedServerNames().getFirst().getEncoded(), StandardCharsets.US_ASCII));
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            server.start();
            opened.add(() -> server.stop(0));
            return server.getAddress().getPort();
        }
    }

    /// A server that says what it was told to, whatever it is asked.
    private final class Scripted implements AutoCloseable {

        private final ServerSocket socket;
        private final List<Socket> connections = new CopyOnWriteArrayList<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final Queue<String> answers = new ArrayDeque<>();
        private volatile boolean hangsUpAfterwards;
        private volatile boolean trickles;

        Scripted() {
            try {
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException none) {
                throw new AssertionError(none);
            }
            Thread.ofPlatform().daemon().start(this::accept);
            opened.add(this);
        }

        int port() {
            return socket.getLocalPort();
        }

        /// Each to one request; an empty one hangs up.
        synchronized void says(String... one) {
            answers.addAll(List.of(one));
        }

        private synchronized String next() {
            return answers.isEmpty() ? "" : answers.remove();
        }

        private void accept() {
            try {
                while (true) {
                    var connection = socket.accept();
                    connections.add(connection);
                    Thread.ofPlatform().daemon().start(() -> serve(connection));
                }
            } catch (IOException closed) {
                // As asked.
            }
        }

        private void serve(Socket connection) {
            try (connection) {
                while (request(connection)) {
                    var answer = next();
                    if (answer.isEmpty()) {
                        return;
                    }
                    connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                    while (trickles) {
                        connection.getOutputStream().write('x');
                        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                    }
                    if (hangsUpAfterwards) {
                        return;
                    }
                }
            } catch (IOException gone) {
                // The other side, or we.
            }
        }

        private boolean request(Socket connection) throws IOException {
            var request = new StringBuilder();
            while (!request.toString().endsWith("\r\n\r\n{}")) {
                int c = connection.getInputStream().read();
                if (c < 0) {
                    return false;
                }
                request.append((char) c);
            }
            requests.add(request.toString());
            return true;
        }

        @Override
        public void close() throws IOException {
            socket.close();
            for (var connection : connections) {
                connection.close();
            }
        }
    }
}
