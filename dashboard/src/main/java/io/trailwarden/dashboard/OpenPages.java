package io.trailwarden.dashboard;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import io.trailwarden.identity.Accounts;
import io.trailwarden.identity.IdentityUnavailable;
import io.trailwarden.identity.SignedIn;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// The pages that are open in browsers, so that none outlives what its session may see: whoever is signed out, removed or
/// given other roles sees that at once, and not with the next press of a button.
@ApplicationScoped
class OpenPages {

    /// How long a browser has to load the page again before it is told nothing more.
    private static final Executor SOON = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

    private final Accounts accounts;
    private final Accounts.Registration listening;
    private final Set<Open> open = ConcurrentHashMap.newKeySet();

    /// One page.
    ///
    /// @param roles that it was built for
    private record Open(UI page, SignedIn who, Set<String> roles) {
    }

    @Inject
    OpenPages(Accounts accounts) {
        this.accounts = accounts;
        listening = accounts.listen(this::lookAt);
    }

    void guard(@Observes ServiceInitEvent start) {
        start.getSource().addUIInitListener(opened -> remember(opened.getUI(), VaadinRequest.getCurrent()));
    }

    private void remember(UI page, VaadinRequest request) {
        if (request.getUserPrincipal() instanceof SignedIn who) {
            var opened = new Open(page, who, Set.copyOf(Who.of(request).roles()));
            page.addDetachListener(_ -> open.remove(opened));
            open.add(opened);
        }
    }

    private void lookAt(String account) {
        open.stream().filter(each -> each.who().name().equals(account) && !stands(each)).forEach(OpenPages::end);
    }

    /// Whether a page is what it would be if it were opened now.
    private boolean stands(Open each) {
        try {
            return accounts.holder(each.who().session()).filter(now -> now.roles().equals(each.roles())).isPresent();
        } catch (IdentityUnavailable unknown) {
            return false;
        }
    }

    /// The browser loads the page again, which leads to the sign-in page or to what the roles of now open. One that does not
    /// is cut off.
    private static void end(Open each) {
        Pages.push(each.page(), () -> {
            each.page().getPage().reload();
            var session = each.page().getSession();
            SOON.execute(() -> cut(each.page(), session));
        });
    }

    private static void cut(UI page, VaadinSession session) {
        session.access(() -> {
            if (page.getSession() != null) {
                session.removeUI(page);
            }
        });
    }

    @PreDestroy
    void close() {
        listening.close();
    }
}
