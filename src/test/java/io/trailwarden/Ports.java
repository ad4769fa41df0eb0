package io.trailwarden;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for what must know its port before it listens, or listens on the same one again.
///
/// They are below those that kernels hand out by themselves (32768 on Linux, 49152 elsewhere): of these, any connection
/// that anybody makes meanwhile may take one as its own end, one that only wants to know whether somebody listens there
/// included, which then finds itself.
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int MANY = 12_000;

    /// From anywhere, so that two runs beside one another seldom meet; one after the other, so that none is given out twice.
    private static final AtomicInteger NEXT = new AtomicInteger(ThreadLocalRandom.current().nextInt(MANY));

    private Ports() {
    }

    /// One of loopback that nobody listens on, for streams and datagrams; another each time.
    public static int free() {
        while (true) {
            int port = FIRST + NEXT.getAndIncrement() % MANY;
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
