package io.trailwarden.forward;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Posts to one URL: over TLS unless the operator allowed otherwise, to an address that was checked, without following redirects
/// or asking a proxy, with an end to everything. A connection is kept for the next post. For one thread.
///
/// What the other side answers is read up to 64 KiB, for its codes; its words are never shown.
final class HttpPost implements AutoCloseable {

    static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    static final int MOST_ANSWER = 64 << 10;
    /// Longer wishes of a destination are cut to this: it may be wrong about itself.
    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    private final URI url;
    private final InstantSource clock;
    private final Duration answerWithin;
    private final Duration connectWithin;
    private final Dial dial;
    private @Nullable HttpLine kept;

    /// To what `settings` say in [CommonOptions#URL], [CommonOptions#ALLOW_HTTP] and [CommonOptions#CA_FILE].
    HttpPost(DestinationSettings settings, InstantSource clock) {
        this(settings, clock, CONNECT_WITHIN, ANSWER_WITHIN, InetAddress::getAllByName);
    }

    HttpPost(DestinationSettings settings, InstantSource clock, Duration connectWithin, Duration answerWithin, Addresses.Lookup lookup) {
        this.url = settings.url(CommonOptions.URL);
        this.clock = clock;
        this.connectWithin = connectWithin;
        this.answerWithin = answerWithin;
        boolean secured = "https".equals(url.getScheme());
        if (!secured && !settings.flag(CommonOptions.ALLOW_HTTP)) {
            throw settings.problem(CommonOptions.URL, "must be https, got http; set " + CommonOptions.ALLOW_HTTP.name() + " to true if everything on the way may be read");
        }
        int port = url.getPort() >= 0 ? url.getPort() : secured ? 443 : 80;
        this.dial = new Dial(bare(url.getHost()), port, secured ? Tls.context(settings) : null, lookup);
    }

    /// What came of a post.
    sealed interface Posted {

        /// The other side answered.
        ///
        /// @param after what `Retry-After` asks for; zero when it does not
        /// @param body its first 64 KiB; hostile, not to be shown
        record Answered(int status, Duration after, String body) implements Posted {
        }

        /// It did not, or is not who it should be.
        record Failed(Delivery delivery) implements Posted {
        }
    }

    /// Posts `body` and waits for the answer.
    ///
    /// @param path appended to the URL, whether that ends in a slash or not; empty for none
    /// @param headers values are ASCII that can be printed
    Posted post(String path, Map<String, String> headers, byte[] body) {
        var request = request(path, headers, body);
        try {
            var answer = answer(request);
            return new Posted.Answered(answer.status(), wait(answer.headers().getOrDefault("retry-after", "")), answer.body());
        } catch (UnknownHostException unknown) {
            return later(String.valueOf(unknown.getMessage()).contains(" is at ") ? String.valueOf(unknown.getMessage()) : "cannot find " + url.getHost());
        } catch (IOException failed) {
            return failed(failed);
        }
    }

    /// Whoever keeps a connection may close it while nothing is said; what was sent into such a one is sent again on a new one.
    private HttpLine.Answer answer(byte[] request) throws IOException {
        var open = line();
        try {
            return exchange(open, request);
        } catch (IOException failed) {
            if (!open.wasLetGo()) {
                throw failed;
            }
            return exchange(line(), request);
        }
    }

    private HttpLine line() throws IOException {
        var open = kept;
        if (open == null) {
            open = new HttpLine(dial.open(connectWithin));
            kept = open;
        }
        return open;
    }

    private HttpLine.Answer exchange(HttpLine open, byte[] request) throws IOException {
        try {
            return open.exchange(request, answerWithin, MOST_ANSWER);
        } finally {
            if (open.ended()) {
                close();
            }
        }
    }

    private byte[] request(String path, Map<String, String> headers, byte[] body) {
        var target = URI.create(URI.create(path.isEmpty() ? url.toString() : url.toString().replaceFirst("/+$", "") + path).toASCIIString());
        var head = new StringBuilder("POST ").append(target.getRawPath().isEmpty() ? "/" : target.getRawPath());
        if (target.getRawQuery() != null) {
            head.append('?').append(target.getRawQuery());
        }
        head.append(" HTTP/1.1\r\n");
        header(head, "Host", url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
        header(head, "User-Agent", "Trailwarden");
        header(head, "Content-Length", Integer.toString(body.length));
        headers.forEach((name, value) -> header(head, name, value));
        var start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        var request = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return request;
    }

    /// The value may be a secret, so it is not told.
    private static void header(StringBuilder head, String name, String value) {
        if (!isHeader(value)) {
            throw new IllegalArgumentException("header " + name + " must be ASCII that can be printed");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /// Whether `value` can stand in a header.
    static boolean isHeader(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    /// What an answer usually means, for destinations that say nothing more in its body.
    Delivery usually(Posted posted) {
        return switch (posted) {
            case Posted.Failed(var delivery) -> delivery;
            case Posted.Answered(var status, var wait, _) -> byStatus(status, wait);
        };
    }

    private Delivery byStatus(int status, Duration wait) {
        var why = where() + " answers " + status;
        if (status >= 200 && status < 300) {
            return new Delivery.Accepted();
        }
        if (status >= 300 && status < 400) {
            return new Delivery.Misconfigured(why + ", which is a redirect; set the URL that it leads to");
        }
        return switch (status) {
            case 408, 425, 429 -> new Delivery.RetryLater(wait, why);
            case 400, 409, 413, 415, 422 -> new Delivery.Refused(why);
            default -> status >= 500 ? new Delivery.RetryLater(wait, why) : new Delivery.Misconfigured(why);
        };
    }

    private Posted failed(IOException trouble) {
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return new Posted.Failed(new Delivery.Misconfigured("the certificate of " + where() + " is not trusted, not for this name, or not valid now"));
            }
        }
        return later(switch (trouble) {
            case Dial.NotConnected _ -> "no connection to " + where() + " within " + connectWithin.toSeconds() + " s";
            case SocketTimeoutException _ -> "no answer from " + where() + " within " + answerWithin.toSeconds() + " s";
            case ConnectException _, NoRouteToHostException _ -> "no connection to " + where();
            default -> "the connection to " + where() + " broke off";
        });
    }

    private static Posted later(String why) {
        return new Posted.Failed(new Delivery.RetryLater(why));
    }

    /// Scheme, host and port: a path or a query may be as good as a password.
    String where() {
        return where(url);
    }

    static String where(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private Duration wait(String wish) {
        Duration wait;
        if (wish.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(wish));
        } else {
            try {
                wait = Duration.between(clock.instant(), ZonedDateTime.parse(wish, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            } catch (DateTimeException none) {
                wait = Duration.ZERO;
            }
        }
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wait;
    }

    /// An address in brackets without them.
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
