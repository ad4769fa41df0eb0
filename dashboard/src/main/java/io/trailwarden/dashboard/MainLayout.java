package io.trailwarden.dashboard;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.shared.Registration;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.Triage;
import io.trailwarden.dashboard.Navigation.Page;
import io.trailwarden.identity.Roles;
import io.trailwarden.inventory.Inventory;
import io.trailwarden.inventory.Kind;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The frame around every page: navigation at the left, one line at the top, and how fresh what you see is.
///
/// Whoever is signed in gets the frame, so that a page can say in it that their role does not open it; what the frame
/// itself tells of alerts needs a role.
@Layout
@PermitAll
public class MainLayout extends AppLayout implements AfterNavigationObserver {

    /// What was first seen within this time is new.
    private static final Duration NEW = Duration.ofDays(7);

    private final Alerts alerts;
    private final Triage triage;
    private final Inventory inventory;
    private final Readings readings;
    private final Live live;
    private final InstantSource clock;
    private final Span crumb = new Span();
    private final Span freshness = new Span();
    private final Span openAlerts = new Span();
    private final Map<Kind, Span> newcomers = Map.of(Kind.MCP_SERVER, new Span(), Kind.DESTINATION, new Span());
    private final SearchBox find;
    private final boolean mayRead;
    private @Nullable Registration following;
    private Alerts.@Nullable Registration listening;
    private Alerts.@Nullable Registration watching;

    @Inject
    MainLayout(Alerts alerts, Triage triage, Inventory inventory, Readings readings, Live live, Finder finder, InstantSource clock) {
        this.alerts = alerts;
        this.triage = triage;
        this.inventory = inventory;
        this.readings = readings;
        this.live = live;
        this.clock = clock;
        find = new SearchBox(finder, readings);
        find.setVisible(!Who.asks().roles().isEmpty());
        mayRead = held(VaadinRequest.getCurrent()).findAny().isPresent();
        setPrimarySection(Section.DRAWER);
        addToDrawer(mark(), navigation(), foot());
        addToNavbar(toggle(), crumb, find, freshness);
        crumb.addClassName("crumb");
        freshness.addClassName("live");
        openAlerts.addClassNames("q", "xs");
        newcomers.values().forEach(count -> count.addClassNames("q", "xs"));
    }

    private static Component mark() {
        var mark = new Anchor("", "Trailwarden");
        mark.setRouterIgnore(false);
        mark.addClassName("mark");
        return mark;
    }

    private static DrawerToggle toggle() {
        var toggle = new DrawerToggle();
        toggle.setAriaLabel("Pages");
        return toggle;
    }

    private Component navigation() {
        var groups = new LinkedHashMap<String, SideNav>();
        var who = Who.asks();
        for (var page : Navigation.pages()) {
            if (page.opensFor(who)) {
                groups.computeIfAbsent(Objects.requireNonNullElse(page.group(), ""), MainLayout::group).addItem(item(page));
            }
        }
        var navigation = new Div();
        navigation.addClassName("groups");
        groups.values().forEach(navigation::add);
        return navigation;
    }

    private static SideNav group(String heading) {
        var group = heading.isEmpty() ? new SideNav() : new SideNav(heading);
        if (heading.isEmpty()) {
            group.getElement().setAttribute("aria-label", "Pages");
        }
        return group;
    }

    private SideNavItem item(Page page) {
        var item = new SideNavItem(page.label(), page.path());
        item.setMatchNested(!page.path().isEmpty());
        if (page.equals(Navigation.ALERTS)) {
            item.setSuffixComponent(openAlerts);
        } else if (page.equals(Navigation.MCP)) {
            item.setSuffixComponent(newcomers.get(Kind.MCP_SERVER));
        } else if (page.equals(Navigation.DESTINATIONS)) {
            item.setSuffixComponent(newcomers.get(Kind.DESTINATION));
        }
        return item;
    }

    private static Component foot() {
        var request = VaadinRequest.getCurrent();
        var principal = request == null ? null : request.getUserPrincipal();
        var name = principal == null ? "nobody" : principal.getName();
        var scheme = new Button("Light or dark", press -> Scheme.turn(press.getSource()));
        scheme.addThemeNames("tertiary", "small");
        var password = new Anchor(Navigation.PASSWORD.path(), "Password…");
        password.setRouterIgnore(false);
        password.setVisible(Navigation.PASSWORD.opensFor(Who.asks()));
        var who = new Div(new Span(name), new Div(new Span(held(request).findFirst().orElse("no role")), password));
        who.addClassName("who");
        var out = new Anchor("/logout", "Sign out");
        out.setRouterIgnore(true);
        var foot = new Div(who, new Div(scheme, out));
        foot.addClassName("foot");
        return foot;
    }

    /// The roles of whoever asks, the one that says most about them first.
    private static Stream<String> held(@Nullable VaadinRequest request) {
        return request == null
                ? Stream.empty()
                : Stream.of(Roles.ADMIN, Roles.ENGINEER, Roles.ANALYST, Roles.AUDITOR, Roles.VIEWER).filter(request::isUserInRole);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent arrived) {
        crumb.removeAll();
        if (getContent() instanceof Titled page) {
            crumb.add(page.crumbs());
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        super.onAttach(shown);
        var ui = shown.getUI();
        following = live.listen((_, state) -> Pages.push(ui, () -> say(state)));
        listening = alerts.listen(_ -> Pages.push(ui, this::countAlerts));
        watching = triage.listen(_ -> Pages.push(ui, this::countAlerts));
        say(live.state());
        countAlerts();
        countNewcomers();
        Age.count(this, clock.instant());
    }

    @Override
    protected void onDetach(DetachEvent left) {
        if (following != null) {
            following.remove();
        }
        if (listening != null) {
            listening.close();
        }
        if (watching != null) {
            watching.close();
        }
        super.onDetach(left);
    }

    private void countAlerts() {
        if (!mayRead || !isAttached()) {
            return;
        }
        readings.ask(this, () -> alerts.count(AlertQuery.unfinished()), counted -> {
            if (counted instanceof Readings.Answer.Found<Long>(var count)) {
                openAlerts.setText(count == 0 ? "" : NumberLink.format(count));
                openAlerts.getElement().setAttribute("aria-label", count + " open");
            }
        });
    }

    /// How many servers and hosts are new this week and approved by nobody. Counted when the frame is shown: news of them
    /// comes as alerts.
    private void countNewcomers() {
        if (!mayRead) {
            return;
        }
        newcomers.forEach((kind, count) -> readings.ask(this, () -> inventory.summary(kind, clock.instant().minus(NEW)), counted -> {
            if (counted instanceof Readings.Answer.Found<Inventory.Summary>(var summary)) {
                count.setText(summary.freshUnapproved() == 0 ? "" : NumberLink.format(summary.freshUnapproved()) + " new");
            }
        }));
    }

    private void say(Live.State state) {
        freshness.setClassName("silent", state instanceof Live.State.Silent);
        freshness.setText(switch (state) {
            case Live.State.Following(var behind) when behind.isZero() -> "live";
            case Live.State.Following(var behind) ->
                    "live, " + String.format(Locale.ROOT, "%.1f s", behind.toMillis() / 1000.0) + " behind";
            case Live.State.Silent(var since) -> "not live since " + Viewer.moments(clock).at(since);
        });
    }
}
