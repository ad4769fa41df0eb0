package io.trailwarden.identity;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.Set;

/// Lets people in to the console by the cookie of their session.
///
/// Quarkus's form mechanism does the work, and writes into the cookie whatever the principal is called. That is the id of
/// the session there, so that a session can be ended; for everybody behind this it is the name of the account.
@ApplicationScoped
class ConsoleMechanism implements HttpAuthenticationMechanism {

    /// What `auth-mechanism` in the settings calls it.
    private static final String NAME = "trailwarden-session";

    private static final String SIGN_IN = "/login.html";

    /// Where identity providers leave who it is, as [SignedIn].
    static final String WHO = "trailwarden.who";

    private final Instance<HttpAuthenticationMechanism> mechanisms;

    ConsoleMechanism(@Any Instance<HttpAuthenticationMechanism> mechanisms) {
        this.mechanisms = mechanisms;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager providers) {
        var identity = form().authenticate(exchange, providers);
        // Whoever is named here is asked for the challenge; the form's mechanism named itself.
        exchange.put(HttpAuthenticationMechanism.class.getName(), this);
        return identity.onItem().ifNotNull().transform(ConsoleMechanism::named);
    }

    private static SecurityIdentity named(SecurityIdentity identity) {
        SignedIn who = identity.getAttribute(WHO);
        return who == null ? identity : QuarkusSecurityIdentity.builder(identity).setPrincipal(who).build();
    }

    /// Leads to the sign-in page, and from there back to the page that was asked for. Not back to what a page asks for by
    /// itself while it is open: the answer to that is no page.
    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        return isAskedByPage(exchange.request()) ? Uni.createFrom().item(new ChallengeData(302, HttpHeaders.LOCATION, SIGN_IN))
                : form().getChallenge(exchange);
    }

    private static boolean isAskedByPage(HttpServerRequest request) {
        return request.getParam("v-r") != null || request.path().startsWith("/VAADIN/");
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return form().getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext exchange) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.COOKIE, NAME, NAME));
    }

    private FormAuthenticationMechanism form() {
        return mechanisms.stream().filter(FormAuthenticationMechanism.class::isInstance).map(FormAuthenticationMechanism.class::cast)
                .findFirst().orElseThrow(() -> new IllegalStateException("form authentication is switched off"));
    }
}
