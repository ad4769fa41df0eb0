package io.trailwarden.forward;

import io.trailwarden.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real rsyslog, in the foreground, with configuration, work folder and ports of its own; never the system's.
///
/// Each input writes to a file of its own, a line a message, exactly as it came but for what rsyslog escapes itself.
final class Rsyslog implements AutoCloseable {

    private final Path folder;
    private final TestAuthority.Issued certificate;
    private final Path authority;
    private final int tls = Ports.free();
    private final int tlsCef = Ports.free();
    private final int tcp = Ports.free();
    private final int udp = Ports.free();
    private Optional<Process> process = Optional.empty();

    Rsyslog(Path folder, TestAuthority.Issued certificate, Path authority) {
        this.folder = folder;
        this.certificate = certificate;
        this.authority = authority;
        start();
    }

    /// What it listens on.
    enum Input {
        TLS,
        TLS_CEF,
        TCP,
        UDP
    }

    int port(Input input) {
        return switch (input) {
            case TLS -> tls;
            case TLS_CEF -> tlsCef;
            case TCP -> tcp;
            case UDP -> udp;
        };
    }

    /// What came in, in order; a line that is being written is left out.
    List<byte[]> messages(Input input) {
        try {
            var file = file(input);
            if (!Files.exists(file)) {
                return List.of();
            }
            var bytes = Files.readAllBytes(file);
            var lines = new ArrayList<byte[]>();
            int from = 0;
            for (int at = 0; at < bytes.length; at++) {
                if (bytes[at] == '\n') {
                    lines.add(java.util.Arrays.copyOfRange(bytes, from, at));
                    from = at + 1;
                }
            }
            return lines;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Path file(Input input) {
        return folder.resolve(input.name().toLowerCase(java.util.Locale.ROOT) + ".log");
    }

    /// Starts it, and waits until it listens.
    void start() {
        try {
            Files.createDirectories(folder.resolve("work"));
            Files.writeString(folder.resolve("rsyslog.conf"), configuration());
            var daemon = Stream.of("/usr/sbin/rsyslogd", "/usr/bin/rsyslogd", "/usr/local/sbin/rsyslogd").map(Path::of).filter(Files::isExecutable).findFirst()
                    .orElseThrow(() -> new AssertionError("this test needs a real rsyslog with TLS; install it with: sudo apt-get install -y rsyslog rsyslog-openssl"));
            var started = new ProcessBuilder(daemon.toString(), "-n", "-f", folder.resolve("rsyslog.conf").toString(), "-i",
                    folder.resolve("rsyslog.pid").toString()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("rsyslogd.out").toFile())).start();
            process = Optional.of(started);
            for (int port : new int[] {tls, tlsCef, tcp}) {
                awaitListening(started, port);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void awaitListening(Process started, int port) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
        while (true) {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
                return;
            } catch (IOException notYet) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    throw new AssertionError("rsyslogd does not listen (is rsyslog-openssl installed?): " + Files.readString(folder.resolve("rsyslogd.out")), notYet);
                }
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        }
    }

    /// Octet counting only: a frame that begins otherwise is no message of its own.
    private String configuration() {
        return """
                global(workDirectory="%1$s/work" maxMessageSize="64k" preserveFQDN="on"
                       defaultNetstreamDriverCAFile="%2$s" defaultNetstreamDriverCertFile="%3$s" defaultNetstreamDriverKeyFile="%4$s")
                module(load="imtcp" streamDriver.name="ossl" streamDriver.mode="1" streamDriver.authMode="anon" maxSessions="50")
                module(load="imptcp")
                module(load="imudp")
                template(name="asItCame" type="string" string="%%rawmsg%%\\n")
                ruleset(name="tls") { action(type="omfile" file="%1$s/tls.log" template="asItCame") }
                ruleset(name="tls_cef") { action(type="omfile" file="%1$s/tls_cef.log" template="asItCame") }
                ruleset(name="tcp") { action(type="omfile" file="%1$s/tcp.log" template="asItCame") }
                ruleset(name="udp") { action(type="omfile" file="%1$s/udp.log" template="asItCame") }
                input(type="imtcp" address="127.0.0.1" port="%5$d" ruleset="tls")
                input(type="imtcp" address="127.0.0.1" port="%6$d" ruleset="tls_cef")
                input(type="imptcp" address="127.0.0.1" port="%7$d" ruleset="tcp")
                input(type="imudp" address="127.0.0.1" port="%8$d" ruleset="udp" rcvbufSize="4m")
                """.formatted(folder.toAbsolutePath(), authority.toAbsolutePath(), certificate.certificate().toAbsolutePath(),
                certificate.key().toAbsolutePath(), tls, tlsCef, tcp, udp);
    }

    /// What it said about itself.
    String said() {
        try {
            return Files.readString(folder.resolve("rsyslogd.out"));
        } catch (IOException nothing) {
            return "";
        }
    }

    /// Stops it, as `systemctl stop` does.
    void stop() {
        process.ifPresent(running -> {
            running.destroy();
            try {
                if (!running.waitFor(120, TimeUnit.SECONDS)) {
                    running.destroyForcibly().waitFor();
                }
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        process = Optional.empty();
    }

    @Override
    public void close() {
        stop();
    }
}
