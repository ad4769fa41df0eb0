package io.trailwarden.ops;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// What is tried before anything starts, because an answer now is one sentence and a failure later is half a start.
///
/// It proves nothing for later: whoever listens or connects still says so when it fails.
final class Beforehand {

    private static final List<Setting> PORTS = List.of(Settings.GRPC_PORT, Settings.HTTP_PORT, Settings.CONSOLE_PORT);

    private Beforehand() {
    }

    /// A sentence for each port that cannot be listened on now.
    static List<String> ports(Settings settings) {
        var problems = new ArrayList<String>();
        for (var setting : PORTS) {
            var reason = refusal(settings.get(Settings.BIND), Integer.parseInt(settings.get(setting)));
            if (reason != null) {
                problems.add("cannot listen on %s port %s: %s; set %s to a free port, or %s to an address of this machine".formatted(
                        settings.get(Settings.BIND), settings.get(setting), reason, setting.key(), Settings.BIND.key()));
            }
        }
        return problems;
    }

    private static @Nullable String refusal(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return null;
        } catch (IOException taken) {
            return String.valueOf(taken.getMessage());
        }
    }

    /// Why the operator's own PostgreSQL cannot be used, waiting 10 s at most; empty when it can, or none is named.
    static Optional<String> database(Settings settings) {
        if (!settings.isSet(Settings.DATABASE_URL)) {
            return Optional.empty();
        }
        var url = settings.get(Settings.DATABASE_URL);
        var how = new Properties();
        how.setProperty("user", settings.get(Settings.DATABASE_USER));
        how.setProperty("password", settings.get(Settings.DATABASE_PASSWORD));
        how.setProperty("loginTimeout", "10");
        try {
            DriverManager.getConnection(url, how).close();
            return Optional.empty();
        } catch (SQLException refused) {
            // A URL may carry a password.
            var reason = String.valueOf(refused.getMessage()).replace(url, "the URL");
            return Optional.of("cannot use the PostgreSQL that %s names: %s".formatted(Settings.DATABASE_URL.key(), reason));
        }
    }
}
