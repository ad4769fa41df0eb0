package io.trailwarden.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.trailwarden.identity.Accounts.Account;
import io.trailwarden.identity.Accounts.SignIn;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells the web server who is at the console: by name and password once, by the session that its cookie names afterwards.
///
/// Session and roles are read anew with each request, so that ending one and taking one away work at once. The principal is
/// called as its session here, see [ConsoleMechanism].
@ApplicationScoped
class ConsoleIdentities {

    private static final Pattern SESSION = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /// Bound of memory; the least recently seen are forgotten first.
    private static final int MOST_REMEMBERED = 1_000;

    private final Accounts accounts;

    /// Whose sessions were, as last read, for when the database does not answer: the console then shows what it has.
    private final Map<UUID, Account> lastKnown = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Account> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    ConsoleIdentities(Accounts accounts) {
        this.accounts = accounts;
    }

    /// @throws AuthenticationFailedException when it is not them, or too many were not them before
    SecurityIdentity signIn(String name, Secret password, String address) {
        return switch (accounts.signIn(name, password, address)) {
            case SignIn.Welcome(var account, var session) -> identity(account, session);
            case SignIn.Wrong _ -> throw new AuthenticationFailedException("name and password do not belong together");
            case SignIn.TooManyAttempts(var after) ->
                    throw new AuthenticationFailedException("too many wrong passwords; the next attempt is looked at in " + after);
        };
    }

    /// Who a session belongs to: nobody when it ended. Refusing it would be refused on the sign-in page too, which is where
    /// nobody is sent, and the browser would go round in circles until its cookie ends.
    ///
    /// @param text from the cookie, which only we can make
    SecurityIdentity of(String text) {
        if (!SESSION.matcher(text).matches()) {
            return nobody();
        }
        var session = UUID.fromString(text);
        try {
            var holder = accounts.holder(session);
            remember(session, holder.orElse(null));
            return holder.map(account -> identity(account, session)).orElseGet(ConsoleIdentities::nobody);
        } catch (IdentityUnavailable unavailable) {
            return remembered(session).map(account -> identity(account, session)).orElseThrow(() -> unavailable);
        }
    }

    private synchronized void remember(UUID session, @Nullable Account holder) {
        if (holder == null) {
            lastKnown.remove(session);
        } else {
            lastKnown.put(session, holder);
        }
    }

    private synchronized Optional<Account> remembered(UUID session) {
        return Optional.ofNullable(lastKnown.get(session));
    }

    private static SecurityIdentity nobody() {
        return QuarkusSecurityIdentity.builder().setPrincipal(() -> "").setAnonymous(true).build();
    }

    private static SecurityIdentity identity(Account account, UUID session) {
        return QuarkusSecurityIdentity.builder().setPrincipal(session::toString).addRoles(account.roles())
                .addAttribute(ConsoleMechanism.WHO, new SignedIn(account.name(), session)).build();
    }
}
