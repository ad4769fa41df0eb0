package io.trailwarden.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.trailwarden.identity.Accounts.Account;
import io.trailwarden.identity.Accounts.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;

/// Tells the web server who is at the console: by name and password once, by the signed session cookie afterwards.
///
/// Roles are read anew with each request, so that taking one away works at once.
@ApplicationScoped
class ConsoleIdentities {

    private final Accounts accounts;

    /// Accounts as last read, for when the database does not answer: the console then shows what it has.
    private final ConcurrentHashMap<String, Account> lastKnown = new ConcurrentHashMap<>();

    ConsoleIdentities(Accounts accounts) {
        this.accounts = accounts;
    }

    /// @throws AuthenticationFailedException when it is not them, or too many were not them before
    SecurityIdentity signIn(String name, Secret password, String address) {
        return switch (accounts.signIn(name, password, address)) {
            case SignIn.Welcome(var account) -> identity(account);
            case SignIn.Wrong _ -> throw new AuthenticationFailedException("name and password do not belong together");
            case SignIn.TooManyAttempts(var after) ->
                    throw new AuthenticationFailedException("too many wrong passwords; the next attempt is looked at in " + after);
        };
    }

    /// Who a session belongs to: nobody when the account is gone. Refusing the session would be refused on the sign-in page
    /// too, which is where nobody is sent, and the browser would go round in circles until its cookie ends.
    ///
    /// @param name from the cookie, which only we can make
    SecurityIdentity of(String name) {
        try {
            var account = accounts.find(name);
            account.ifPresentOrElse(found -> lastKnown.put(name, found), () -> lastKnown.remove(name));
            return account.map(ConsoleIdentities::identity).orElseGet(ConsoleIdentities::nobody);
        } catch (IdentityUnavailable unavailable) {
            var known = lastKnown.get(name);
            if (known == null) {
                throw unavailable;
            }
            return identity(known);
        }
    }

    private static SecurityIdentity nobody() {
        return QuarkusSecurityIdentity.builder().setPrincipal(() -> "").setAnonymous(true).build();
    }

    private static SecurityIdentity identity(Account account) {
        return QuarkusSecurityIdentity.builder().setPrincipal(account::name).addRoles(account.roles()).build();
    }
}
