package io.trailwarden.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BeforehandTest {

    @Test
    void everyTakenPortIsNamedWithTheSettingThatMovesIt() throws IOException {
        try (var first = listener(); var second = listener()) {
            var settings = Settings.of(Map.of("trailwarden.otlp.grpc.port", "" + first.getLocalPort(), "trailwarden.otlp.http.port", "0",
                    "trailwarden.console.port", "" + second.getLocalPort()));

            assertThat(Beforehand.ports(settings)).satisfiesExactly(
                    problem -> assertThat(problem).startsWith("cannot listen on 127.0.0.1 port " + first.getLocalPort() + ": ")
                            .contains("set trailwarden.otlp.grpc.port to a free port"),
                    problem -> assertThat(problem).contains("port " + second.getLocalPort(), "set trailwarden.console.port to a free port"));
        }
    }

    @Test
    void freePortsStayFree() throws IOException {
        int port;
        try (var socket = listener()) {
            port = socket.getLocalPort();
        }
        var settings = Settings.of(Map.of("trailwarden.otlp.grpc.port", "" + port, "trailwarden.otlp.http.port", "0", "trailwarden.console.port", "0"));

        assertThat(Beforehand.ports(settings)).isEmpty();
        assertThat(Beforehand.ports(settings)).isEmpty();
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        var settings = Settings.of(Map.of("trailwarden.bind", "192.0.2.1", "trailwarden.otlp.grpc.port", "0", "trailwarden.otlp.http.port", "0",
                "trailwarden.console.port", "0"));

        assertThat(Beforehand.ports(settings)).hasSize(3).allSatisfy(problem -> assertThat(problem).contains("192.0.2.1", "trailwarden.bind"));
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsNamedWithoutItsPassword() throws IOException {
        int closed;
        try (var socket = listener()) {
            closed = socket.getLocalPort();
        }
        var settings = Settings.of(Map.of("trailwarden.database.url", "jdbc:postgresql://127.0.0.1:" + closed + "/x?password=hidden-4711",
                "trailwarden.database.user", "x", "trailwarden.database.password", "hidden-4711"));

        assertThat(Beforehand.database(settings)).hasValueSatisfying(problem -> assertThat(problem)
                .startsWith("cannot use the PostgreSQL that trailwarden.database.url names: ").contains("" + closed).doesNotContain("hidden-4711"));
        assertThat(Beforehand.database(Settings.of(Map.of()))).isEmpty();
    }

    @Test
    void aUrlThatCannotBeReadIsNotShown() {
        var settings = Settings.of(Map.of("trailwarden.database.url", "jdbc:postgresql://host:port:port/x?password=hidden-4711",
                "trailwarden.database.user", "x", "trailwarden.database.password", "y"));

        assertThat(Beforehand.database(settings)).hasValueSatisfying(problem -> assertThat(problem).doesNotContain("hidden-4711"));
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    }
}
