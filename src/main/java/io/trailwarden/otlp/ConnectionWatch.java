package io.trailwarden.otlp;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Closes connections on which no request begins: the server's own idle timeout is reset by every byte, so a client
/// that sends one header byte a minute would stay for ever.
final class ConnectionWatch {

    private final Vertx vertx;
    private final long patience;
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    ConnectionWatch(Vertx vertx, Duration patience) {
        this.vertx = vertx;
        this.patience = patience.toMillis();
    }

    void connected(HttpConnection connection) {
        connection.closeHandler(_ -> busy(connection));
        idle(connection);
    }

    /// A request began, or the connection is gone.
    void busy(HttpConnection connection) {
        var timer = timers.remove(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /// The next request is waited for.
    void idle(HttpConnection connection) {
        busy(connection);
        timers.put(connection, vertx.setTimer(patience, _ -> {
            timers.remove(connection);
            connection.close();
        }));
    }
}
