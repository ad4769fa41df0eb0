package io.trailwarden.identity;

import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/// `/logout`: ends the session of the console, here and for whoever has a copy of its cookie, and shows the sign-in page.
@ApplicationScoped
class SignOut {

    private static final Logger LOG = Logger.getLogger(SignOut.class);

    /// Before the console, which answers every path that nobody else does.
    private static final int EARLY = 1;

    /// The servlet session, in which the console keeps its pages: the next person at this browser begins with none.
    private static final String PAGES_COOKIE = "JSESSIONID";

    private final Accounts accounts;

    SignOut(Accounts accounts) {
        this.accounts = accounts;
    }

    void register(@Observes Router router) {
        router.get("/logout").order(EARLY).blockingHandler(this::leave, false);
    }

    private void leave(RoutingContext exchange) {
        if (exchange.user() instanceof QuarkusHttpUser user && user.getSecurityIdentity().getPrincipal() instanceof SignedIn who) {
            end(who, exchange.request().remoteAddress().hostAddress());
        }
        FormAuthenticationMechanism.logout(exchange);
        exchange.response().addCookie(Cookie.cookie(PAGES_COOKIE, "").setPath("/").setMaxAge(0).setHttpOnly(true));
        exchange.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, "/login.html#ended").end();
    }

    private void end(SignedIn who, String address) {
        try {
            accounts.signOut(who, address);
        } catch (IdentityUnavailable unavailable) {
            // The browser forgets its cookie all the same; a copy of it is good until it is idle for too long.
            LOG.warnf("Session could not be ended: account=%s reason=%s", who.name(), unavailable.getMessage());
        }
    }
}
