package io.trailwarden.ops;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The last five lines of a start: where everything is, for the person who started it.
final class StartupReport {

    private StartupReport() {
    }

    /// @param database what it is, such as `PostgreSQL 18.6, embedded`
    /// @param rules how many, from where, how many broken
    static List<String> lines(Settings settings, String database, String rules) {
        var host = shownHost(settings.get(Settings.BIND));
        return List.of(
                "  Door       OTLP over gRPC %s:%s, over HTTP http://%s:%s".formatted(host, settings.get(Settings.GRPC_PORT), host,
                        settings.get(Settings.HTTP_PORT)),
                "  Console    http://%s:%s".formatted(host, settings.get(Settings.CONSOLE_PORT)),
                "  Password   %s".formatted(password(settings.dataDir().resolve("first-run.json"))),
                "  Database   " + database,
                "  Rules      " + rules);
    }

    private static String password(Path firstRun) {
        return Files.exists(firstRun) ? "the first one of 'admin' is in " + firstRun
                : "the file with the first one was removed; accounts are as you left them";
    }

    /// An address that a browser on this machine can open.
    static String shownHost(String bind) {
        return switch (bind) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> bind.indexOf(':') < 0 ? bind : "[" + bind + "]";
        };
    }

    /// For the file that a first run leaves.
    static String url(Settings settings, Setting port) {
        return "http://%s:%s".formatted(shownHost(settings.get(Settings.BIND)), settings.get(port));
    }
}
