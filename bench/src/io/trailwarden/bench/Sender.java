package io.trailwarden.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// One client's kept-alive connection to the door. As little of the machine as can be: the cores are shared with what is
/// measured.
final class Sender implements AutoCloseable {

    private final Socket socket;
    private final InputStream answers;
    private final String token;

    Sender(int port, String token) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setTcpNoDelay(true);
        this.answers = new BufferedInputStream(socket.getInputStream());
        this.token = token;
    }

    /// Sends one request and waits for its answer.
    ///
    /// @return nanoseconds from the first byte out to the last byte in
    long send(String signal, byte[] body) throws IOException {
        var head = ("POST /v1/" + signal + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/x-protobuf\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        var request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        long start = System.nanoTime();
        socket.getOutputStream().write(request);
        readAnswer();
        return System.nanoTime() - start;
    }

    private void readAnswer() throws IOException {
        var status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("the door answered " + status);
        }
        int length = 0;
        for (var header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        answers.skipNBytes(length);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new IOException("the door hung up");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
