package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.Route;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertKey;
import io.trailwarden.alert.Alerts;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.identity.Roles;
import io.trailwarden.store.Trail;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// One alert: what happened, whether it was stopped, the records that show it, and whose agent it was.
@Route("alerts")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class AlertView extends Div implements HasUrlParameter<String>, HasDynamicTitle, Titled {

    private final Trail trail;
    private final Alerts alerts;
    private final Readings readings;
    private final InstantSource clock;
    private String asked = "";
    private String title = "Alert";

    @Inject
    AlertView(Trail trail, Alerts alerts, Readings readings, InstantSource clock) {
        this.trail = trail;
        this.alerts = alerts;
        this.readings = readings;
        this.clock = clock;
        addClassNames("page", "alert");
    }

    @Override
    public void setParameter(BeforeEvent arriving, String key) {
        asked = key;
        if (isAttached()) {
            open();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        open();
    }

    private void open() {
        removeAll();
        add(Message.loading(6));
        readings.ask(this, this::alert, answer -> {
            removeAll();
            switch (answer) {
                case Answer.Found<Optional<Alert>>(var found) -> found.ifPresentOrElse(this::fill, () -> add(unknown()));
                case Answer.Failed<Optional<Alert>> failed -> add(Part.failure("The alert", failed, this::open));
            }
        });
    }

    private Optional<Alert> alert() {
        try {
            return alerts.get(new AlertKey(UUID.fromString(asked)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Component unknown() {
        return Message.empty("There is no such alert.",
                new Paragraph("The address may be cut short. Alerts are not deleted, closed ones included."),
                new Paragraph(new NumberLink("All open alerts", Navigation.ALERTS.path())));
    }

    private void fill(Alert alert) {
        var moments = Viewer.moments(clock);
        title = alert.title();
        getUI().ifPresent(ui -> ui.getPage().setTitle(titled()));
        var main = new Div();
        main.addClassName("main");
        if (alert.attempt()) {
            main.add(attempt());
        }
        main.add(new EvidencePart(alert, trail, readings, moments));
        var side = new Div(new AboutPart(alert, moments), new OthersPart(alert, alerts, readings, moments));
        side.addClassName("side");
        var columns = new Div(main, side);
        columns.addClassNames("columns", "wide-left");
        add(lead(alert, moments), columns);
    }

    private static Component lead(Alert alert, Moments moments) {
        var facts = new Div(new SeverityMark(alert.severity()), new Span(alert.status().wireName() + " for "
                + moments.age(alert.raisedAt())), new Span("raised " + afterRecord(alert)), rule(alert));
        facts.addClassName("line");
        var sentence = new Sentence().with(new OurText(InertText.line(alert.title())));
        var lead = new Div(facts, sentence);
        lead.addClassName("lead");
        return lead;
    }

    private static String afterRecord(Alert alert) {
        var after = java.time.Duration.between(alert.at(), alert.raisedAt());
        return after.isNegative() ? "before the client's clock" : Moments.span(after) + " after the record";
    }

    private static Component rule(Alert alert) {
        var rule = new Span("rule " + alert.rule().replace('_', ' '));
        rule.addClassName("q");
        rule.getElement().setAttribute("title", alert.rule() + ", version " + alert.ruleVersion());
        return rule;
    }

    /// An attempt must not be mistaken for a deed, nor for nothing.
    private static Component attempt() {
        var first = new Span("It was refused. ");
        first.addClassName("b");
        var notice = new Paragraph(first, new Span("The agent tried, and a person, a hook or the settings said no; nothing was "
                + "done. The severity is one step lower for it."));
        notice.addClassName("notice");
        return notice;
    }

    @Override
    public String getPageTitle() {
        return titled();
    }

    /// Private, because roles are checked on a page's open methods, and what was read in the background arrives outside of
    /// any request that could tell them.
    private String titled() {
        return title + " · Trailwarden";
    }

    @Override
    public Component[] crumbs() {
        var here = new Span(asked.length() > 8 ? asked.substring(0, 8).toLowerCase(Locale.ROOT) : asked);
        here.addClassName("c");
        return new Component[] {Titled.above(Navigation.ALERTS), Titled.slash(), here};
    }

    static Anchor link(String path) {
        var link = new Anchor(path);
        link.setRouterIgnore(false);
        return link;
    }
}
