package io.trailwarden.dashboard;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Lets nobody onto a page whose role they lack. A page that names no role is shown to nobody.
///
/// The server's own rule, that every path but the sign-in needs a session, holds besides: Vaadin's requests all have the
/// same path, so which page is asked for is only known here.
@ApplicationScoped
class Gate {

    private final NavigationAccessControl access = new NavigationAccessControl();

    void guard(@Observes ServiceInitEvent start) {
        start.getSource().addUIInitListener(opened -> opened.getUI().addBeforeEnterListener(access));
    }
}
