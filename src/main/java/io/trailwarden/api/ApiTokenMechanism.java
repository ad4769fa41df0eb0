package io.trailwarden.api;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.trailwarden.identity.Tokens;
import io.trailwarden.identity.Tokens.Check;
import io.trailwarden.identity.Tokens.Scope;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.stream.Collectors;

/// Lets in programs that bear an API token, and tells the others why not in JSON; never sends them to a sign-in page.
///
/// `application.properties` names it for the paths of programs, and no other credential works there: a browser's
/// session would make every page on the web a caller.
@ApplicationScoped
class ApiTokenMechanism implements HttpAuthenticationMechanism {

    /// What `auth-mechanism` in the settings calls it.
    private static final String NAME = "trailwarden-token";

    private static final String CHALLENGE = "WWW-Authenticate";
    private static final String REALM = "Bearer realm=\"trailwarden\"";
    private static final String REFUSED = ApiTokenMechanism.class.getName() + ".refused";

    private final Tokens tokens;

    ApiTokenMechanism(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext exchange, IdentityProviderManager providers) {
        var check = tokens.checkApi(exchange.request().getHeader(HttpHeaders.AUTHORIZATION));
        return switch (check) {
            case Check.Accepted(var principal, var scopes) -> Uni.createFrom().item(identity(principal, scopes));
            case Check.Unknown _, Check.NotAllowed _ -> {
                exchange.put(REFUSED, check);
                yield Uni.createFrom().nullItem();
            }
        };
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
        return Uni.createFrom().item(new ChallengeData(refusal(exchange).status(), CHALLENGE, REALM));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext exchange) {
        var problem = refusal(exchange);
        exchange.response().setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (problem.status() == 401) {
            exchange.response().putHeader(CHALLENGE, REALM);
        }
        exchange.response().end(new JsonObject().put("title", problem.title()).put("status", problem.status())
                .put("detail", problem.detail()).encode());
        return Uni.createFrom().item(true);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext exchange) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer", NAME));
    }

    /// @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3.1">RFC 6750, error codes</a>
    private static Problem refusal(RoutingContext exchange) {
        Check check = exchange.get(REFUSED);
        return switch (check) {
            case Check.NotAllowed(var why) -> Problem.of("Not allowed", 403, why);
            case Check.Unknown(var why) -> Problem.of("Not authenticated", 401, why);
            case Check.Accepted _ -> Problem.of("Not allowed", 403, "this token may not do that");
            case null -> Problem.of("Not authenticated", 401, "no bearer token was looked at");
        };
    }

    private static SecurityIdentity identity(String principal, Set<Scope> scopes) {
        return QuarkusSecurityIdentity.builder().setPrincipal(() -> principal)
                .addRoles(scopes.stream().map(Programs::role).collect(Collectors.toUnmodifiableSet())).build();
    }
}
