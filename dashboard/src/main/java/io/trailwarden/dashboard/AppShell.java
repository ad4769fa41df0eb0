package io.trailwarden.dashboard;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.lumo.Lumo;

/// What every page of the console has in its head: server push and style sheets, in the order they build on each
/// other. The leading slash keeps Vaadin from reading each as a URL first and logging that it is none.
@Push
@ColorScheme(ColorScheme.Value.SYSTEM)
@Viewport("width=device-width, initial-scale=1")
@StyleSheet("/" + Lumo.STYLESHEET)
@StyleSheet("/" + Lumo.COMPACT_STYLESHEET)
@StyleSheet("/console/tokens.css")
@StyleSheet("/console/console.css")
@StyleSheet("/console/chart.css")
@StyleSheet("/console/overview.css")
@StyleSheet("/console/people.css")
@StyleSheet("/console/words.css")
@StyleSheet("/console/alert.css")
@StyleSheet("/console/rules.css")
@StyleSheet("/console/story.css")
@StyleSheet("/console/audit.css")
@StyleSheet("/console/alerts.css")
@StyleSheet("/console/setup.css")
@StyleSheet("/console/forwarding.css")
@StyleSheet("/console/registry.css")
@StyleSheet("/console/password.css")
public final class AppShell implements AppShellConfigurator {

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.addFavIcon("icon", "/console/mark.svg", "any");
        settings.addMetaTag("referrer", "same-origin");
    }
}
