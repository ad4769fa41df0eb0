package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEvent;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasUrlParameter;
import com.vaadin.flow.router.Route;
import io.trailwarden.alert.Alert;
import io.trailwarden.alert.AlertQuery;
import io.trailwarden.alert.Alerts;
import io.trailwarden.alert.RuleAlerts;
import io.trailwarden.alert.RuleAlerts.Counts;
import io.trailwarden.dashboard.AlertsFilter;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.identity.Roles;
import io.trailwarden.rules.RuleBook;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.rules.RuleTests;
import io.trailwarden.rules.Rules;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// One rule: what it sees and for whom it is blind, its text and whether its tests pass, and what became of its alerts.
@Route("rules")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class RuleView extends Div implements HasUrlParameter<String>, HasDynamicTitle, Titled {

    private static final int DAYS = 30;
    private static final int LATEST = 6;

    private final Rules rules;
    private final RuleBook book;
    private final Alerts alerts;
    private final RuleAlerts ruleAlerts;
    private final Readings readings;
    private final InstantSource clock;
    private String asked = "";

    @Inject
    RuleView(Rules rules, RuleBook book, Alerts alerts, RuleAlerts ruleAlerts, Readings readings, InstantSource clock) {
        this.rules = rules;
        this.book = book;
        this.alerts = alerts;
        this.ruleAlerts = ruleAlerts;
        this.readings = readings;
        this.clock = clock;
        addClassNames("page", "rule-page");
    }

    @Override
    public void setParameter(BeforeEvent arriving, String segment) {
        asked = Navigation.personOf(segment);
        if (isAttached()) {
            draw();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        draw();
    }

    private void draw() {
        removeAll();
        rules.find(asked).ifPresentOrElse(this::fill, () -> add(unknown()));
    }

    private Component unknown() {
        return Message.empty("No rule of this name runs.",
                new Paragraph(new Span("It may have been renamed or taken out, or its file has a problem. Asked for was "), ClientText.line(asked, 120)),
                new Paragraph(new NumberLink("All rules that run", Navigation.RULES.path())));
    }

    private void fill(RuleInfo rule) {
        var moments = Viewer.moments(clock);
        var left = new Div(new AboutRule(rule), source(rule));
        var right = new Div(days(rule, moments), tests(rule), latest(rule, moments));
        left.addClassName("column");
        right.addClassName("column");
        var columns = new Div(left, right);
        columns.addClassNames("columns", "halves");
        add(lead(rule));
        var blind = BlindNotice.of(rule, rules.blindSpots(), book.blindTo(rule.id()));
        if (blind != null) {
            add(blind);
        }
        var failure = rules.failing().get(rule.id());
        if (failure != null) {
            var words = new Paragraph(new Span("This rule fails while running and goes on with the next record: "), new OurText(InertText.line(failure, 400)));
            words.addClassNames("notice", "failing");
            add(words);
        }
        add(columns);
    }

    private static Component lead(RuleInfo rule) {
        var facts = new Div(new SeverityMark(rule.severity()), new Span("runs, version"), ClientText.line(rule.version(), 16),
                ClientText.line(rule.file(), 120));
        facts.addClassName("line");
        var lead = new Div(facts, new Sentence().with(new OurText(InertText.line(rule.title(), 200))));
        lead.addClassName("lead");
        return lead;
    }

    private Component source(RuleInfo rule) {
        var shown = new Part<>("Its text", 14, readings, () -> book.text(rule.id()).orElse(""), SourcePart::of);
        shown.note(ClientText.line(rule.file(), 120));
        return shown;
    }

    private Component tests(RuleInfo rule) {
        return new TestsHolder(rule.id()).part;
    }

    /// The part and its note, which is known with the answer.
    private final class TestsHolder {

        private final Part<List<RuleTests.Outcome>> part;

        TestsHolder(String id) {
            part = new Part<>("Tests in the rule", 4, readings, () -> book.test(id), this::drawn);
        }

        private Component drawn(List<RuleTests.Outcome> outcomes) {
            long passed = outcomes.stream().filter(outcome -> outcome.failure() == null).count();
            part.note(outcomes.isEmpty() ? "none" : passed + " of " + outcomes.size() + " pass, run just now");
            return TestList.of(outcomes);
        }
    }

    private Component days(RuleInfo rule, Moments moments) {
        var last = LocalDate.ofInstant(clock.instant(), moments.zone());
        var first = last.minusDays(DAYS - 1L);
        var since = first.atStartOfDay(moments.zone()).toInstant();
        var holder = new Div();
        var part = new Part<Map<LocalDate, Counts>>("Alerts, " + DAYS + " days", 5, readings,
                () -> ruleAlerts.byDay(rule.id(), since, moments.zone()), days -> {
                    var counted = days.values().stream().reduce(Counts.NOTHING, Counts::and);
                    holder.removeAll();
                    holder.add(new Div(DayBars.of(days, first, last), Ending.of(counted)));
                    return holder;
                });
        part.note("since " + moments.day(since));
        return part;
    }

    private Component latest(RuleInfo rule, Moments moments) {
        var part = new Part<List<Alert>>("Latest alerts", 4, readings, () -> alerts.find(AlertQuery.any().ofRule(rule.id()).limit(LATEST)),
                found -> LatestList.of(found, moments));
        part.note(new NumberLink("all of them", Navigation.alerts(AlertsFilter.OPEN.in(List.of()).ofRule(rule.id()))));
        return part;
    }

    @Override
    public String getPageTitle() {
        return rules.find(asked).map(RuleInfo::title).orElse("Rule") + " · Trailwarden";
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.above(Navigation.RULES), Titled.slash(),
                Titled.here(rules.find(asked).map(RuleInfo::title).orElse("unknown"))};
    }
}
