package io.trailwarden.forward;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// Makes connections to one host and port.
///
/// The name is looked up once for each connection, and the connection goes to an address that was checked: who answers for the
/// name can not say one thing to the check and another to the connection. Over TLS the certificate must be for the name all the same.
///
/// @param tls null for plain connections
record Dial(String host, int port, @Nullable SSLContext tls) {

    /// A connection.
    ///
    /// @param socket the connection itself: closing it ends everything at once
    /// @param spoken what to write to and read from: the same, or TLS over it
    record Connected(Socket socket, Socket spoken) {
    }

    /// Connects to the first of the host's addresses that takes it.
    ///
    /// @param within for each address and each step of the handshake
    /// @throws java.net.UnknownHostException when the host has no address, or one that nothing may be sent to
    Connected open(Duration within) throws IOException {
        var socket = connect(Addresses.of(host, InetAddress::getAllByName), Math.toIntExact(within.toMillis()));
        try {
            socket.setKeepAlive(true);
            socket.setTcpNoDelay(true);
            return new Connected(socket, tls == null ? socket : handshake(socket, tls, Math.toIntExact(within.toMillis())));
        } catch (IOException | RuntimeException failed) {
            socket.close();
            throw failed;
        }
    }

    private Socket connect(List<InetAddress> addresses, int millis) throws IOException {
        IOException trouble = new ConnectException("no address");
        for (var address : addresses) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), millis);
                return socket;
            } catch (IOException next) {
                socket.close();
                trouble = next;
            }
        }
        throw trouble;
    }

    private SSLSocket handshake(Socket socket, SSLContext context, int millis) throws IOException {
        var secured = (SSLSocket) context.getSocketFactory().createSocket(socket, host, port, true);
        // The rules of HTTPS for names in certificates are those of RFC 5425.
        secured.setSSLParameters(Tls.parameters());
        socket.setSoTimeout(millis);
        secured.startHandshake();
        socket.setSoTimeout(0);
        return secured;
    }
}
