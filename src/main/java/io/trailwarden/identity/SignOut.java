package io.trailwarden.identity;

import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// `/logout`: ends the session of the console here and shows the sign-in page.
@ApplicationScoped
class SignOut {

    /// Before the console, which answers every path that nobody else does.
    private static final int EARLY = 1;

    /// The servlet session, in which the console keeps its pages: the next person at this browser begins with none.
    private static final String PAGES_COOKIE = "JSESSIONID";

    void register(@Observes Router router) {
        router.get("/logout").order(EARLY).handler(SignOut::leave);
    }

    private static void leave(RoutingContext exchange) {
        FormAuthenticationMechanism.logout(exchange);
        exchange.response().addCookie(Cookie.cookie(PAGES_COOKIE, "").setPath("/").setMaxAge(0).setHttpOnly(true));
        exchange.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, "/login.html#ended").end();
    }
}
