package io.trailwarden.identity;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/// What a browser is shown when nobody can be told from anybody, because the database does not answer: the sign-in page with
/// words about it. Programs are answered as before.
@ApplicationScoped
class SilentDatabase {

    private static final Logger LOG = Logger.getLogger(SilentDatabase.class);

    /// Before the one that calls every failure a defect.
    private static final int EARLY = 1;

    void register(@Observes Router router) {
        router.route().order(EARLY).failureHandler(SilentDatabase::explain);
    }

    private static void explain(RoutingContext exchange) {
        if (!isUnavailable(exchange.failure()) || !isAskedByBrowser(exchange)) {
            exchange.next();
            return;
        }
        LOG.warnf("Nobody can be let in: path=%s reason=%s", exchange.request().path(), exchange.failure().getMessage());
        exchange.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, "/login.html#silent").end();
    }

    private static boolean isUnavailable(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IdentityUnavailable) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAskedByBrowser(RoutingContext exchange) {
        var accepted = exchange.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains("text/html") && !exchange.request().path().startsWith("/api/") && !exchange.response().ended();
    }
}
