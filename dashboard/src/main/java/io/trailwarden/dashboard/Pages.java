package io.trailwarden.dashboard;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.server.Command;

/// What pages have in common that is not a component.
public final class Pages {

    private Pages() {
    }

    /// Runs `change` with the page locked, from any thread, without waiting. A page that was closed meanwhile is let be:
    /// whoever announces must not fail because somebody closed a tab.
    public static void push(UI ui, Runnable change) {
        try {
            ui.access((Command) change::run);
        } catch (UIDetachedException _) {
            // Closed between the announcement and now.
        }
    }
}
