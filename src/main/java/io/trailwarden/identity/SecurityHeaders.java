package io.trailwarden.identity;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/// What every answer tells the browser not to do.
///
/// Shown text comes from attackers by way of the telemetry; these headers are the fence behind the escaping.
@ApplicationScoped
class SecurityHeaders {

    /// Before authentication, so that its answers carry them too.
    private static final int FIRST = 10_000;

    /// The console's framework starts with an inline script and evaluates what the server sends it, so both must be
    /// allowed; that still leaves nowhere to load a script from, and nowhere to send anything to.
    private static final String CONSOLE = "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
            + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// The sign-in page has no script at all, and answers to programs are no pages.
    private static final String STRICT = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            + "form-action 'self'; frame-ancestors 'none'";

    private static final String YEAR = "max-age=31536000";

    void register(@Observes Filters filters) {
        filters.register(exchange -> {
            exchange.addHeadersEndHandler(_ -> add(exchange));
            exchange.next();
        }, FIRST);
    }

    private static void add(RoutingContext exchange) {
        var headers = exchange.response().headers();
        headers.set("Content-Security-Policy", isStrict(exchange.request().path()) ? STRICT : CONSOLE);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (exchange.request().isSSL()) {
            headers.set("Strict-Transport-Security", YEAR);
        }
        if (holdsData(headers)) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }

    private static boolean isStrict(String path) {
        return path == null || path.equals("/login.html") || path.startsWith("/api/") || path.startsWith("/q/");
    }

    /// Pages and answers, unlike scripts and styles, hold what only this reader may see.
    private static boolean holdsData(MultiMap headers) {
        var type = headers.get(HttpHeaders.CONTENT_TYPE);
        var lower = type == null ? "text/html" : type.toLowerCase(Locale.ROOT);
        return lower.startsWith("text/html") || lower.contains("json") || lower.startsWith("text/plain");
    }
}
