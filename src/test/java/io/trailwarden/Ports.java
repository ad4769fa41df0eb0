package io.trailwarden;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for what must know its port before it listens, or listens on the same one again.
///
/// They are below those that kernels hand out by themselves (32768 on Linux, 49152 elsewhere): of these, any connection
/// that anybody makes meanwhile may take one as its own end, one that only wants to know whether somebody listens there
/// included, which then finds itself.
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int BEYOND = 32_000;

    private Ports() {
    }

    /// One of loopback that nobody listens on, for streams and datagrams; another each time, as far as chance goes.
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (var streams = new ServerSocket(); var datagrams = new DatagramSocket(address)) {
                streams.bind(address);
                return port;
            } catch (IOException taken) {
                // By somebody else; there are thousands.
            }
        }
    }
}
