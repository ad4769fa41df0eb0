package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.trailwarden.Hostile;
import io.trailwarden.event.Attributes;
import io.trailwarden.forward.Delivery.Accepted;
import io.trailwarden.forward.Delivery.Misconfigured;
import io.trailwarden.forward.Delivery.RetryLater;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogForwarderTest {

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static TestAuthority.Issued server;
    private static TestAuthority.Issued client;

    @BeforeAll
    static void makeCertificates() {
        authority = TestAuthority.create(folder, "authority");
        server = authority.issue("receiver", "ip:127.0.0.1,dns:localhost");
        client = authority.issue("trailwarden", "dns:trailwarden.example");
    }

    private static ServerSocketFactory secured(TestAuthority.Issued issued) {
        try {
            var trusting = new DestinationSettings("ours", Map.of("ca-file", authority.file().toString()));
            return Tls.context(trusting, Pem.identity(issued.certificate(), issued.key())).getServerSocketFactory();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static ServerSocketFactory askingForACertificate() {
        var plain = secured(server);
        return new ServerSocketFactory() {
            @Override
            public java.net.ServerSocket createServerSocket() throws java.io.IOException {
                var socket = (SSLServerSocket) plain.createServerSocket();
                socket.setNeedClientAuth(true);
                return socket;
            }

            @Override
            public java.net.ServerSocket createServerSocket(int port) {
                throw new UnsupportedOperationException();
            }

            @Override
            public java.net.ServerSocket createServerSocket(int port, int backlog) {
                throw new UnsupportedOperationException();
            }

            @Override
            public java.net.ServerSocket createServerSocket(int port, int backlog, java.net.InetAddress address) {
                throw new UnsupportedOperationException();
            }
        };
    }

    /// What every transport promises.
    abstract static class Transport extends ForwarderContract {

        final FakeSyslogReceiver receiver = listening();

        abstract FakeSyslogReceiver listening();

        abstract Map<String, String> transport();

        @Override
        Kind kind() {
            return SyslogForwarder.KIND;
        }

        @Override
        FakeSyslogReceiver receiver() {
            return receiver;
        }

        @Override
        Map<String, String> settings() {
            var settings = new HashMap<>(Map.of("host", "127.0.0.1", "port", "" + receiver.port(), "sender", "host.example"));
            settings.putAll(transport());
            return settings;
        }

        /// The mark before the text is syntax.
        @Override
        void assertPrintable(byte[] encoded) {
            super.assertPrintable(new String(encoded, StandardCharsets.UTF_8).replaceFirst("\ufeff", "").getBytes(StandardCharsets.UTF_8));
        }

        @AfterEach
        void nothingBrokeTheRules() {
            receiver.close();
            assertThat(receiver.faults()).isEmpty();
        }

        @Test
        void priorityFollowsTheSeverityAndTheFacility() {
            var read = SyslogReading.of(open(Map.of("facility", "16")).encode(Items.alert(1)));

            assertThat(read.facility()).isEqualTo(16);
            assertThat(read.severity()).as("high").isEqualTo(3);
            assertThat(SyslogReading.of(open().encode(Items.event(1))).facility()).as("log audit").isEqualTo(13);
        }

        @Test
        void headersSayWhoAndWhat() {
            var read = SyslogReading.of(open().encode(Items.closed(7)));

            assertThat(read.host()).isEqualTo("host.example");
            assertThat(read.app()).isEqualTo("trailwarden");
            assertThat(read.type()).isEqualTo("alert.closed");
            assertThat(read.time()).isEqualTo("2026-11-02T12:00:08.000000Z");
            assertThat(read.bom()).isTrue();
        }
    }

    @Nested
    class Udp extends Transport {

        @Override
        FakeSyslogReceiver listening() {
            return FakeSyslogReceiver.datagrams();
        }

        @Override
        Map<String, String> transport() {
            return Map.of("transport", "udp");
        }
    }

    /// What every connection promises.
    abstract static class Connected extends Transport {

        @Test
        void aConnectionIsKept() {
            var forwarder = open();

            for (int i = 0; i < 20; i++) {
                deliver(forwarder, Items.alerts(3));
            }

            awaitTaken(60);
            assertThat(receiver.connections()).isEqualTo(1);
        }

        @Test
        void whatWasWrittenLastIsWrittenAgainAfterALostConnection() {
            var forwarder = open();
            deliver(forwarder, Items.alerts(5));
            awaitTaken(5);

            receiver.hangUp();
            sendUntilAccepted(forwarder, Items.closed(1));

            awaitIdly(forwarder, () -> receiver.taken().size() >= 11);
            assertThat(receiver.taken().subList(5, 10)).isEqualTo(receiver.taken().subList(0, 5));
            assertThat(receiver.taken().get(10)).contains(Items.closed(1).id().toString());
            assertThat(receiver.connections()).isEqualTo(2);
        }

        @Test
        void whatMayBeLostIsWrittenAgainThoughNothingNewComes() {
            var forwarder = open();
            deliver(forwarder, Items.alerts(5));
            awaitTaken(5);

            receiver.goAway();
            awaitThat(() -> forwarder.idle() instanceof RetryLater, "the end of the connection to be noticed");
            receiver.comeBack();
            awaitThat(() -> forwarder.idle() instanceof Accepted, "the receiver to be back");

            awaitTaken(10);
            assertThat(receiver.taken().subList(5, 10)).isEqualTo(receiver.taken().subList(0, 5));
        }

        @Test
        void aReceiverThatHungUpBetweenTwoBatchesLosesNothing() {
            var forwarder = open();
            for (int i = 1; i <= 40; i++) {
                if (i % 7 == 0) {
                    receiver.hangUp();
                }
                sendUntilAccepted(forwarder, Items.alert(i));
            }

            for (int i = 1; i <= 40; i++) {
                var id = Items.alert(i).id().toString();
                awaitIdly(forwarder, () -> receiver.taken().stream().anyMatch(message -> message.contains(id)));
            }
        }

        static void sendUntilAccepted(Forwarder forwarder, Item item) {
            awaitThat(() -> forwarder.send(Items.encoded(forwarder, List.of(item)), 1) instanceof Accepted, "acceptance");
        }

        /// As the loop does: that a connection has ended may be heard of only after a send that looked well.
        static void awaitIdly(Forwarder forwarder, java.util.function.BooleanSupplier condition) {
            awaitThat(() -> {
                forwarder.idle();
                return condition.getAsBoolean();
            }, "what was written last");
        }

        static void awaitThat(java.util.function.BooleanSupplier condition, String what) {
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("waited a minute in vain for " + what);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
            }
        }
    }

    @Nested
    class Tcp extends Connected {

        @Override
        FakeSyslogReceiver listening() {
            return FakeSyslogReceiver.streams(ServerSocketFactory.getDefault());
        }

        @Override
        Map<String, String> transport() {
            return Map.of("transport", "tcp");
        }
    }

    @Nested
    class OverTls extends Connected {

        @Override
        FakeSyslogReceiver listening() {
            return FakeSyslogReceiver.streams(secured(server));
        }

        @Override
        Map<String, String> transport() {
            return Map.of("ca-file", authority.file().toString());
        }

        @Test
        void anUnknownAuthorityIsRefusedAndSaid() {
            assertRefused(open(Map.of("ca-file", TestAuthority.create(folder, "stranger").file().toString())),
                    "the certificate of 127.0.0.1:" + receiver.port() + " is signed by nobody who is trusted; ca-file names who is");
        }

        @Test
        void withoutAFileThoseOfJavaAreTrusted() {
            assertRefused(open(Map.of("ca-file", "")), "the certificate of 127.0.0.1:" + receiver.port() + " is signed by nobody who is trusted; ca-file names who is");
        }

        @Test
        void plainTextIsNotMistakenForTls() {
            try (var plain = new PlainServer()) {
                assertRefused(open(Map.of("port", "" + plain.port())), "127.0.0.1:" + plain.port() + " does not speak TLS");
            }
        }
    }

    @Nested
    class OtherCertificates {

        @Test
        void aCertificateForAnotherHostIsRefusedAndSaid() {
            assertMistake(secured(authority.issue("elsewhere", "dns:elsewhere.example")), Map.of(), "is for another host; host must be a name that is in it");
        }

        @Test
        void anExpiredCertificateIsRefusedAndSaid() {
            assertMistake(secured(authority.issue("expired", "ip:127.0.0.1", "-startdate", "-3d", "-validity", "1")), Map.of(), "has expired");
        }

        @Test
        void aReceiverThatAsksForACertificateGetsOurs() {
            try (var receiver = FakeSyslogReceiver.streams(askingForACertificate());
                    var forwarder = opened(receiver, Map.of("client-certificate-file", client.certificate().toString(), "client-key-file", client.key().toString()))) {
                assertThat(forwarder.send(Items.encoded(forwarder, Items.alerts(1)), 1)).isEqualTo(new Accepted());

                Connected.awaitThat(() -> receiver.taken().size() == 1, "one message");
            }
        }

        @Test
        void aReceiverThatAsksInVainIsNotSentTo() {
            try (var receiver = FakeSyslogReceiver.streams(askingForACertificate()); var forwarder = opened(receiver, Map.of())) {
                // The handshake of TLS 1.3 is over for us before the other side has looked for a certificate.
                Connected.awaitThat(() -> !(forwarder.send(Items.encoded(forwarder, Items.alerts(1)), 1) instanceof Accepted), "a no");

                assertThat(receiver.taken()).isEmpty();
            }
        }

        @Test
        void aCertificateWithoutItsKeyStopsTheStart() {
            try (var receiver = FakeSyslogReceiver.streams(secured(server))) {
                assertThatThrownBy(() -> opened(receiver, Map.of("client-certificate-file", client.certificate().toString())))
                        .isInstanceOf(Kind.Misconfiguration.class)
                        .hasMessage("trailwarden.forward.ours.client-key-file must be set too: a certificate and its key belong together");
            }
        }

        @Test
        void aFileThatHoldsNoCertificateStopsTheStart() {
            try (var receiver = FakeSyslogReceiver.streams(secured(server))) {
                assertThatThrownBy(() -> opened(receiver, Map.of("ca-file", client.key().toString()))).isInstanceOf(Kind.Misconfiguration.class)
                        .hasMessageContaining("trailwarden.forward.ours.ca-file must");
                assertThatThrownBy(() -> opened(receiver, Map.of("client-certificate-file", client.certificate().toString(), "client-key-file",
                        client.certificate().toString()))).isInstanceOf(Kind.Misconfiguration.class).hasMessageContaining("unencrypted PKCS #8 key");
            }
        }

        private void assertMistake(ServerSocketFactory sockets, Map<String, String> changed, String said) {
            try (var receiver = FakeSyslogReceiver.streams(sockets); var forwarder = opened(receiver, changed)) {
                assertRefused(forwarder, "the certificate of 127.0.0.1:" + receiver.port() + " " + said);
            }
        }

        private Forwarder opened(FakeSyslogReceiver receiver, Map<String, String> changed) {
            var settings = new HashMap<>(Map.of("host", "127.0.0.1", "port", "" + receiver.port(), "ca-file", authority.file().toString()));
            settings.putAll(changed);
            return SyslogForwarder.open(new DestinationSettings("ours", settings), ForwarderContract.CLOCK);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 8192, 65_000})
    void noMessageIsLargerThanWasSet(int most) throws Exception {
        for (var format : List.of("json", "cef")) {
            var forwarder = encoder(Map.of("max-message", "" + most, "format", format));
            for (var hostile : Hostile.all()) {
                var text = hostile.text();
                var many = Attributes.builder().put("tool_name", text).put("command.text", text);
                Hostile.attributes().stream().limit(text.length() > 1000 ? 20 : 1000).forEach(name -> many.put(name, text));
                for (int i = 0; i < 20; i++) {
                    many.put("key" + i + text.substring(0, Math.min(100, text.length())), text);
                }
                for (var item : List.of(Items.alert(1, text, text, text), Items.event(1, text, many.build()))) {
                    var encoded = forwarder.encode(item);

                    assertThat(encoded.length).as("%s as %s", hostile.name(), format).isLessThanOrEqualTo(most);
                    var read = SyslogReading.of(encoded);
                    assertThat(read.parameters()).containsEntry("id", item.id().toString());
                    assertWhole(read.text(), format, item);
                }
            }
        }
    }

    private static void assertWhole(String text, String format, Item item) throws Exception {
        if (format.equals("json")) {
            assertThat(new ObjectMapper().readTree(text).at("/event/id").asText()).isEqualTo(item.id().toString());
        } else {
            assertThat(CefReading.of(text).extension()).containsEntry("externalId", item.id().toString());
        }
    }

    @Test
    void aShortenedMessageSaysSo() throws Exception {
        var item = Items.event(1, "user@example.com", Attributes.builder().put("command.text", "x".repeat(60_000)).build());

        var json = SyslogReading.of(encoder(Map.of("max-message", "2048")).encode(item)).text();
        var cef = SyslogReading.of(encoder(Map.of("max-message", "2048", "format", "cef")).encode(item)).text();

        var read = new ObjectMapper().readTree(json);
        assertThat(read.at("/trailwarden/cut").asBoolean()).isTrue();
        assertThat(read.at("/fields/command.text").asText()).startsWith("xxx").endsWith("[cut, 60000 characters]");
        assertThat(CefReading.of(cef).extension()).containsEntry("cn3Label", "cut").hasEntrySatisfying("cs3",
                command -> assertThat(command).endsWith("[cut, 60000 characters]"));
    }

    /// Encodes without a connection.
    private static Forwarder encoder(Map<String, String> settings) {
        var all = new HashMap<>(Map.of("host", "127.0.0.1", "transport", "udp", "sender", "host.example"));
        all.putAll(settings);
        return SyslogForwarder.open(new DestinationSettings("ours", all), ForwarderContract.CLOCK);
    }

    private static void assertRefused(Forwarder forwarder, String why) {
        assertThat(forwarder.send(Items.encoded(forwarder, Items.alerts(1)), 1)).isEqualTo(new Misconfigured(why));
    }

    @Test
    void aHostWithoutAnAddressIsTriedAgain() {
        for (var transport : Arrays.asList("tcp", "udp", "tls")) {
            try (var forwarder = SyslogForwarder.open(new DestinationSettings("ours", Map.of("host", "nowhere.invalid", "transport", transport)), ForwarderContract.CLOCK)) {
                assertThat(forwarder.send(Items.encoded(forwarder, Items.alerts(1)), 1)).isInstanceOfSatisfying(RetryLater.class,
                        later -> assertThat(later.why()).contains("nowhere.invalid"));
            }
        }
    }

    /// Answers anybody in plain text.
    private static final class PlainServer implements AutoCloseable {

        private final java.net.ServerSocket server;

        PlainServer() {
            try {
                server = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress());
            } catch (java.io.IOException taken) {
                throw new java.io.UncheckedIOException(taken);
            }
            Thread.ofPlatform().daemon().start(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write("220 mail.example ESMTP ready, and more\r\n".getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().readAllBytes();
                } catch (java.io.IOException gone) {
                    // The other side.
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (java.io.IOException already) {
                // Closed is what was wanted.
            }
        }
    }
}
