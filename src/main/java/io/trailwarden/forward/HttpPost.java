package io.trailwarden.forward;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts to one URL: over TLS unless the operator allowed otherwise, without following redirects, with an end to everything.
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
    private final HttpClient client;

    /// To what `settings` say in [CommonOptions#URL], [CommonOptions#ALLOW_HTTP] and [CommonOptions#CA_FILE].
    HttpPost(DestinationSettings settings, InstantSource clock) {
        this(settings, clock, CONNECT_WITHIN, ANSWER_WITHIN);
    }

    HttpPost(DestinationSettings settings, InstantSource clock, Duration connectWithin, Duration answerWithin) {
        this.url = settings.url(CommonOptions.URL);
        this.clock = clock;
        this.answerWithin = answerWithin;
        if (!"https".equals(url.getScheme()) && !settings.flag(CommonOptions.ALLOW_HTTP)) {
            throw settings.problem(CommonOptions.URL, "must be https, got http; set " + CommonOptions.ALLOW_HTTP.name() + " to true if everything on the way may be read");
        }
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(Redirect.NEVER).connectTimeout(connectWithin)
                .sslContext(Tls.context(settings)).sslParameters(Tls.parameters()).build();
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
    /// @param path appended to the URL; empty for none
    Posted post(String path, Map<String, String> headers, byte[] body) {
        try {
            Addresses.of(bare(url.getHost()));
        } catch (UnknownHostException unknown) {
            return later(unknown.getMessage() != null && unknown.getMessage().contains(" is at ") ? unknown.getMessage() : "cannot find " + url.getHost());
        }
        var request = HttpRequest.newBuilder(URI.create(url + path)).timeout(answerWithin).header("User-Agent", "Trailwarden")
                .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        var answer = client.sendAsync(request.build(), _ -> new FirstBytes());
        try {
            var response = answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            return new Posted.Answered(response.statusCode(), wait(response), response.body());
        } catch (TimeoutException _) {
            answer.cancel(true);
            return later("no answer from " + where() + " within " + answerWithin.toSeconds() + " s");
        } catch (ExecutionException failed) {
            return failed(Objects.requireNonNullElse(failed.getCause(), failed));
        } catch (InterruptedException ended) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return later("interrupted");
        }
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

    private Posted failed(Throwable trouble) {
        for (var cause = trouble; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return new Posted.Failed(new Delivery.Misconfigured("the certificate of " + where() + " is not trusted, not for this name, or not valid now"));
            }
        }
        return later(switch (trouble) {
            case HttpConnectTimeoutException _ -> "no connection to " + where() + " within " + client.connectTimeout().orElse(CONNECT_WITHIN).toSeconds() + " s";
            case HttpTimeoutException _ -> "no answer from " + where() + " within " + answerWithin.toSeconds() + " s";
            case ConnectException _ -> "no connection to " + where();
            case IOException _ -> "the connection to " + where() + " broke off";
            default -> "sending to " + where() + " failed: " + trouble.getClass().getSimpleName();
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

    private Duration wait(HttpResponse<?> response) {
        var wish = response.headers().firstValue("Retry-After").orElse("").strip();
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
        client.shutdownNow();
    }

    /// Keeps the beginning of an answer and lets go of the rest.
    private static final class FirstBytes implements BodySubscriber<String> {

        private final CompletableFuture<String> text = new CompletableFuture<>();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private Flow.@org.jspecify.annotations.Nullable Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return text;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (var buffer : buffers) {
                var some = new byte[Math.min(buffer.remaining(), MOST_ANSWER - kept.size())];
                buffer.get(some);
                kept.write(some, 0, some.length);
            }
            var subscribed = subscription;
            if (subscribed == null) {
                return;
            }
            if (kept.size() >= MOST_ANSWER) {
                subscribed.cancel();
                onComplete();
            } else {
                subscribed.request(1);
            }
        }

        @Override
        public void onError(Throwable trouble) {
            text.completeExceptionally(trouble);
        }

        @Override
        public void onComplete() {
            text.complete(kept.toString(StandardCharsets.UTF_8));
        }
    }
}
