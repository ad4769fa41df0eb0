package io.trailwarden.forward;

import io.trailwarden.Ports;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/// A syslog receiver on loopback that takes nothing but whole RFC 5424 messages in the framing of its transport.
final class FakeSyslogReceiver implements ForwarderContract.Receiver {

    private final List<byte[]> taken = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new CopyOnWriteArrayList<>();
    private final ServerSocketFactory sockets;
    private final boolean datagrams;
    private final int port;
    private volatile AutoCloseable listening = () -> { };
    private volatile Thread listener = Thread.ofPlatform().unstarted(() -> { });
    private volatile boolean deaf;

    private FakeSyslogReceiver(ServerSocketFactory sockets, boolean datagrams) {
        this.sockets = sockets;
        this.datagrams = datagrams;
        this.port = Ports.free();
        listen();
    }

    static FakeSyslogReceiver streams(ServerSocketFactory sockets) {
        return new FakeSyslogReceiver(sockets, false);
    }

    static FakeSyslogReceiver datagrams() {
        return new FakeSyslogReceiver(ServerSocketFactory.getDefault(), true);
    }

    int port() {
        return port;
    }

    /// How often somebody connected.
    int connections() {
        return connections.size();
    }

    /// Messages in octets, in order.
    List<byte[]> octets() {
        return List.copyOf(taken);
    }

    /// Reads no more, as a receiver that hangs; connections stay.
    void goDeaf() {
        deaf = true;
    }

    /// What broke the rules of framing or of messages.
    List<String> faults() {
        return List.copyOf(faults);
    }

    private void listen() {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            if (datagrams) {
                var socket = new DatagramSocket(address);
                socket.setReceiveBufferSize(1 << 20);
                listening = socket;
                listener = Thread.ofPlatform().daemon().start(() -> receive(socket));
                return;
            }
            var server = sockets.createServerSocket();
            server.setReuseAddress(true);
            server.bind(address);
            listening = server;
            listener = Thread.ofPlatform().daemon().start(() -> accept(server));
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void receive(DatagramSocket socket) {
        var buffer = new byte[1 << 16];
        try {
            while (true) {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                take(Arrays.copyOf(buffer, packet.getLength()));
            }
        } catch (IOException closed) {
            // As asked.
        }
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                var connection = server.accept();
                connections.add(connection);
                readers.add(Thread.ofPlatform().daemon().start(() -> read(connection)));
            }
        } catch (IOException closed) {
            // As asked.
        }
    }

    private void read(Socket connection) {
        try (connection; var in = new BufferedInputStream(connection.getInputStream())) {
            while (true) {
                if (deaf) {
                    Thread.sleep(Long.MAX_VALUE);
                }
                int length = length(in);
                if (length < 0) {
                    return;
                }
                var message = in.readNBytes(length);
                if (message.length < length) {
                    return;
                }
                take(message);
            }
        } catch (IOException | InterruptedException gone) {
            // The other side, or we.
        }
    }

    /// Octet counting of RFC 5425: digits without a leading zero, then a space.
    private int length(InputStream in) throws IOException {
        var digits = new StringBuilder();
        for (int c = in.read(); c != ' '; c = in.read()) {
            if (c < 0) {
                return -1;
            }
            if (c < '0' || c > '9' || digits.isEmpty() && c == '0' || digits.length() > 6) {
                faults.add("frame begins with " + digits + (char) c);
                throw new IOException("no frame");
            }
            digits.append((char) c);
        }
        return Integer.parseInt(digits.toString());
    }

    private void take(byte[] message) {
        try {
            SyslogReading.of(message);
            taken.add(message);
        } catch (AssertionError fault) {
            faults.add(fault.getMessage());
        }
    }

    @Override
    public List<String> taken() {
        var messages = new ArrayList<String>();
        taken.forEach(message -> messages.add(new String(message, StandardCharsets.UTF_8)));
        return messages;
    }

    /// Ends connections, as a receiver that is stopped, without going away. They have ended when it returns: a thread that
    /// still reads from a closed socket keeps it, and the other side hears nothing.
    void hangUp() {
        for (var connection : connections) {
            try {
                connection.close();
            } catch (IOException already) {
                // Closed is what was wanted.
            }
        }
        for (var reader : readers) {
            reader.interrupt();
            try {
                reader.join();
            } catch (InterruptedException stopping) {
                throw new IllegalStateException(stopping);
            }
        }
    }

    /// Has left the port when it returns: a thread that still waits on a closed socket keeps it.
    @Override
    public void goAway() {
        try {
            listening.close();
            listener.join();
        } catch (Exception already) {
            // Closed is what was wanted.
        }
        hangUp();
    }

    @Override
    public void comeBack() {
        listen();
    }

    @Override
    public void close() {
        goAway();
    }
}
