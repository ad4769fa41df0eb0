package io.trailwarden.forward;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// One connection that speaks HTTP/1.1: a request, its answer, the next request. For one thread.
///
/// Of our own because clients look names up by themselves, and connect to what they find then; see [Dial]. What the other side says is
/// hostile: everything is bounded in bytes and time, and only what is needed of it is understood.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
final class HttpLine implements AutoCloseable {

    private static final int MOST_LINE = 8 << 10;
    private static final int MOST_HEADERS = 100;
    /// Answers that only say that another will come.
    private static final int MOST_INTERIM = 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-9]\\d\\d)(?: .*)?");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");

    private final Dial.Connected connected;
    private final InputStream in;
    private boolean used;
    private boolean heard;
    private boolean ended;
    private volatile boolean late;

    HttpLine(Dial.Connected connected) throws IOException {
        this.connected = connected;
        this.in = new BufferedInputStream(connected.spoken().getInputStream());
    }

    /// What the other side answered.
    ///
    /// @param headers the first of each name, in lower case
    /// @param body its beginning
    record Answer(int status, Map<String, String> headers, String body) {
        Answer {
            headers = Map.copyOf(headers);
        }
    }

    /// Sends `request` and waits for the answer.
    ///
    /// @param request head and body
    /// @param within for all of it
    /// @param most bytes of the answer's body that are read
    /// @throws SocketTimeoutException when there is no answer by then
    Answer exchange(byte[] request, Duration within, int most) throws IOException {
        used = used || heard;
        heard = false;
        var tooLate = CompletableFuture.runAsync(this::giveUp, CompletableFuture.delayedExecutor(within.toMillis(), TimeUnit.MILLISECONDS));
        try {
            return exchange(request, most);
        } catch (IOException failed) {
            ended = true;
            if (late) {
                throw new SocketTimeoutException("no answer");
            }
            throw failed;
        } finally {
            tooLate.cancel(false);
        }
    }

    private Answer exchange(byte[] request, int most) throws IOException {
        try {
            connected.spoken().getOutputStream().write(request);
        } catch (IOException cut) {
            // Who will not read all of it may have said why.
            try {
                ended = true;
                return answer(most);
            } catch (IOException nothing) {
                cut.addSuppressed(nothing);
                throw cut;
            }
        }
        return answer(most);
    }

    private Answer answer(int most) throws IOException {
        for (int i = 0; i < MOST_INTERIM; i++) {
            var status = STATUS.matcher(line());
            if (!status.matches()) {
                throw new ProtocolException("no HTTP");
            }
            var headers = headers();
            int code = Integer.parseInt(status.group(2));
            if (code >= 200) {
                ended |= status.group(1).equals("0") || headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).contains("close");
                return new Answer(code, headers, code == 204 || code == 304 ? "" : body(headers, most));
            }
        }
        throw new ProtocolException("no end of interim answers");
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (int i = 0; i <= MOST_HEADERS; i++) {
            var line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            }
        }
        throw new ProtocolException("too many headers");
    }

    private String body(Map<String, String> headers, int most) throws IOException {
        var body = new ByteArrayOutputStream();
        var length = headers.get("content-length");
        if (headers.containsKey("transfer-encoding")) {
            ended |= length != null;
            chunks(body, most);
        } else if (length != null && LENGTH.matcher(length).matches()) {
            copy(body, Long.parseLong(length), most);
        } else {
            ended = true;
            body.writeBytes(in.readNBytes(most));
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private void chunks(ByteArrayOutputStream body, int most) throws IOException {
        while (true) {
            var size = CHUNK.matcher(line());
            if (!size.matches()) {
                throw new ProtocolException("no chunk");
            }
            long length = Long.parseLong(size.group(1), 16);
            if (length == 0) {
                headers();
                return;
            }
            if (!copy(body, length, most)) {
                return;
            }
            if (!line().isEmpty()) {
                throw new ProtocolException("no end of a chunk");
            }
        }
    }

    /// @return false when there is more than `most`: the rest is not read, and the connection of no more use
    private boolean copy(ByteArrayOutputStream body, long length, int most) throws IOException {
        int wanted = (int) Math.min(length, most - body.size());
        var some = in.readNBytes(wanted);
        body.writeBytes(some);
        if (some.length < wanted) {
            throw new EOFException("cut off");
        }
        boolean whole = wanted == length;
        ended |= !whole;
        return whole;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed");
            }
            heard = true;
            if (line.length() == MOST_LINE) {
                throw new ProtocolException("a line too long");
            }
            line.append((char) c);
        }
        return !line.isEmpty() && line.charAt(line.length() - 1) == '\r' ? line.substring(0, line.length() - 1) : line.toString();
    }

    private void giveUp() {
        late = true;
        cut();
    }

    /// Whether it is of no more use.
    boolean ended() {
        return ended;
    }

    /// Whether the last request was lost because the other side had let go of a connection that had served before: it may have closed it while
    /// nothing was said, which is no failure.
    boolean wasLetGo() {
        return used && !heard && !late;
    }

    @Override
    public void close() {
        ended = true;
        cut();
    }

    private void cut() {
        try {
            connected.socket().close();
        } catch (IOException already) {
            // Closed is what was wanted.
        }
    }
}
