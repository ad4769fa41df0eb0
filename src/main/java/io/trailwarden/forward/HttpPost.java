package io.trailwarden.forward;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Proxy;
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
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionSpec;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.TlsVersion;

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

    private static final ConnectionSpec TLS = new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS).tlsVersions(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2).build();

    private final URI url;
    private final InstantSource clock;
    private final Duration answerWithin;
    private final Duration connectWithin;
    private final Addresses.Lookup lookup;
    private final OkHttpClient client;
    /// Whether the post under way found somebody to talk to.
    private volatile boolean connected;

    /// To what `settings` say in [CommonOptions#URL], [CommonOptions#ALLOW_HTTP] and [CommonOptions#CA_FILE].
    HttpPost(DestinationSettings settings, InstantSource clock) {
        this(settings, clock, CONNECT_WITHIN, ANSWER_WITHIN, InetAddress::getAllByName);
    }

    HttpPost(DestinationSettings settings, InstantSource clock, Duration connectWithin, Duration answerWithin, Addresses.Lookup lookup) {
        this.url = settings.url(CommonOptions.URL);
        this.clock = clock;
        this.connectWithin = connectWithin;
        this.answerWithin = answerWithin;
        this.lookup = lookup;
        boolean secured = "https".equals(url.getScheme());
        if (!secured && !settings.flag(CommonOptions.ALLOW_HTTP)) {
            throw settings.problem(CommonOptions.URL, "must be https, got http; set " + CommonOptions.ALLOW_HTTP.name() + " to true if everything on the way may be read");
        }
        this.client = client(settings, secured);
    }

    private OkHttpClient client(DestinationSettings settings, boolean secured) {
        var client = new OkHttpClient.Builder().dns(host -> Addresses.of(host, lookup)).proxy(Proxy.NO_PROXY).followRedirects(false).followSslRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1)).connectTimeout(connectWithin).readTimeout(answerWithin).writeTimeout(answerWithin)
                .callTimeout(connectWithin.plus(answerWithin)).eventListener(new EventListener() {
                    @Override
                    public void connectionAcquired(Call call, Connection connection) {
                        connected = true;
                    }
                });
        if (secured) {
            var trusted = Tls.trusted(settings);
            client.connectionSpecs(List.of(TLS)).sslSocketFactory(Tls.context(trusted, null).getSocketFactory(), trusted);
        } else {
            client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        }
        return client.build();
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
        connected = false;
        try {
            // Addresses that stand in the URL are not looked up, so they are checked here.
            Addresses.checkLiteral(url.getHost());
            return answer(request);
        } catch (UnknownHostException unknown) {
            return later(String.valueOf(unknown.getMessage()).contains(" is at ") ? String.valueOf(unknown.getMessage()) : "cannot find " + url.getHost());
        } catch (IOException failed) {
            return failed(failed);
        }
    }

    private Posted answer(Request request) throws IOException {
        try (var response = client.newCall(request).execute()) {
            if (response.code() < 200) {
                throw new ProtocolException("no end of interim answers");
            }
            var said = new String(response.body().byteStream().readNBytes(MOST_ANSWER), StandardCharsets.UTF_8);
            return new Posted.Answered(response.code(), wait(response.header("Retry-After", "")), said);
        }
    }

    private Request request(String path, Map<String, String> headers, byte[] body) {
        var target = path.isEmpty() ? url.toString() : url.toString().replaceFirst("/+$", "") + path;
        // Compressed answers could be larger than they look.
        var request = new Request.Builder().url(target).post(RequestBody.create(body, null)).header("User-Agent", "Trailwarden").header("Accept-Encoding", "identity");
        headers.forEach((name, value) -> {
            if (!isHeader(value)) {
                // The value may be a secret, so it is not told.
                throw new IllegalArgumentException("header " + name + " must be ASCII that can be printed");
            }
            request.header(name, value);
        });
        return request.build();
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
            if (cause instanceof SSLPeerUnverifiedException || cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return new Posted.Failed(new Delivery.Misconfigured("the certificate of " + where() + " is not trusted, not for this name, or not valid now"));
            }
        }
        boolean late = trouble instanceof InterruptedIOException;
        if (connected) {
            return later(late ? "no answer from " + where() + " within " + answerWithin.toSeconds() + " s" : "the connection to " + where() + " broke off");
        }
        return later("no connection to " + where() + (late ? " within " + connectWithin.toSeconds() + " s" : ""));
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

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
