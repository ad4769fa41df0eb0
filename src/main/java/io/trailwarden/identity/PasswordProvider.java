package io.trailwarden.identity;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/// Signs in with the name and password of the form.
@ApplicationScoped
class PasswordProvider implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final ConsoleIdentities identities;

    PasswordProvider(ConsoleIdentities identities) {
        this.identities = identities;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(UsernamePasswordAuthenticationRequest request, AuthenticationRequestContext context) {
        var password = new Secret(new String(request.getPassword().getPassword()));
        return context.runBlocking(() -> identities.signIn(request.getUsername(), password, address(request)));
    }

    private static String address(UsernamePasswordAuthenticationRequest request) {
        var exchange = HttpSecurityUtils.getRoutingContextAttribute(request);
        return exchange == null || exchange.request().remoteAddress() == null ? "" : exchange.request().remoteAddress().hostAddress();
    }
}
