package io.trailwarden.dashboard.rules;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.trailwarden.alert.RuleAlerts;
import io.trailwarden.alert.RuleAlerts.Counts;
import io.trailwarden.alert.Severity;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.CursorPages;
import io.trailwarden.dashboard.CursorPages.Slice;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.Message;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.NumberLink;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Readings.Answer;
import io.trailwarden.dashboard.Rows;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.SeverityMark;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.dashboard.rules.RulesFilter.Show;
import io.trailwarden.identity.Roles;
import io.trailwarden.rules.BlindSpot;
import io.trailwarden.rules.Problem;
import io.trailwarden.rules.Rules;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// All rules: which raised something lately and how that ended, which are blind for somebody, which files are broken.
@Route("rules")
@PageTitle("Rules · Trailwarden")
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.ENGINEER, Roles.ADMIN, Roles.AUDITOR})
class RulesView extends Div implements BeforeEnterObserver, Titled {

    private static final Duration LATELY = Duration.ofDays(14);

    private final Rules rules;
    private final RuleAlerts alerts;
    private final Readings readings;
    private final InstantSource clock;
    private final Sentence sentence = new Sentence();
    private final Div problems = new Div();
    private final TextField text = new TextField();
    private final Div choices = new Div();
    private final Div chips = new Div(text, choices);
    private final Div place = new Div();
    private RulesFilter filter = RulesFilter.ALL;

    @Inject
    RulesView(Rules rules, RuleAlerts alerts, Readings readings, InstantSource clock) {
        this.rules = rules;
        this.alerts = alerts;
        this.readings = readings;
        this.clock = clock;
        addClassNames("page", "tall", "rules-page");
        chips.addClassNames("chips", "rules-filters");
        choices.addClassName("chips");
        prepareText();
        place.addClassNames("fill", "column");
        var lead = new Div(sentence);
        lead.addClassName("lead");
        add(lead, problems, chips, place);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent arriving) {
        filter = RulesFilter.of(arriving.getLocation().getQueryParameters());
        if (isAttached()) {
            draw();
        }
    }

    @Override
    protected void onAttach(AttachEvent shown) {
        draw();
    }

    private void draw() {
        say();
        tellProblems();
        drawFilters();
        place.removeAll();
        place.add(Message.loading(14));
        readings.ask(this, () -> alerts.byRule(clock.instant().minus(LATELY)), answer -> {
            place.removeAll();
            place.add(switch (answer) {
                case Answer.Found<Map<String, Counts>>(var counts) -> list(counts);
                case Answer.Failed<Map<String, Counts>> failed -> Part.failure("What rules raised", failed, this::draw);
            });
        });
    }

    private void say() {
        long run = rules.loaded().size();
        long blind = rules.blindSpots().stream().map(BlindSpot::rule).distinct().count();
        long files = rules.problems().stream().map(Problem::file).distinct().count();
        sentence.removeAll();
        sentence.with(new NumberLink(Sentence.counted(run, "rule"), Navigation.RULES.path())).say(run == 1 ? " runs" : " run");
        if (!rules.failing().isEmpty()) {
            sentence.say("; ").with(new NumberLink(String.valueOf(rules.failing().size()), link(Show.FAILING)))
                    .say(rules.failing().size() == 1 ? " fails" : " fail");
        }
        sentence.say("; ");
        if (blind == 0) {
            sentence.say("none is blind for anybody");
        } else {
            sentence.with(new NumberLink(String.valueOf(blind), link(Show.BLIND))).say(blind == 1 ? " is blind for some people" : " are blind for some people");
        }
        if (files > 0) {
            sentence.say("; ").stress(Sentence.counted(files, "file")).say(files == 1 ? " has a problem" : " have problems");
        }
    }

    private static String link(Show show) {
        return Navigation.RULES.path() + "?" + new RulesFilter("", null, "", "", show).parameters().getQueryString();
    }

    private void tellProblems() {
        problems.removeAll();
        if (rules.problems().isEmpty()) {
            return;
        }
        var list = new UnorderedList();
        list.addClassName("rule-problems");
        rules.problems().forEach(problem -> list.add(new ListItem(
                ClientText.line(problem.file() + ":" + problem.line() + ":" + problem.column(), 200),
                new OurText(InertText.line(problem.text(), 600)))));
        var words = new Paragraph("These files are left out until they are put right; the others run.");
        words.addClassNames("q", "xs");
        problems.add(list, words);
    }

    private void prepareText() {
        text.setPlaceholder("Title, id, technique");
        text.setAriaLabel("Title, id, technique or tactic");
        text.setClearButtonVisible(true);
        text.setValueChangeMode(ValueChangeMode.LAZY);
        text.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                go(new RulesFilter(change.getValue(), filter.severity(), filter.area(), filter.needs(), filter.show()));
            }
        });
    }

    /// The field for text stays where it is, under the hand that types into it.
    private void drawFilters() {
        if (!text.getValue().equals(filter.text())) {
            text.setValue(filter.text());
        }
        choices.removeAll();
        var areas = rules.loaded().stream().map(RulesFilter::area).filter(area -> !area.isEmpty()).distinct().sorted().toList();
        var needs = rules.loaded().stream().flatMap(rule -> rule.needs().stream()).distinct().sorted().toList();
        var severities = Arrays.stream(Severity.values()).sorted(java.util.Comparator.reverseOrder()).toList();
        choices.add(
                choice("Severity", "Any severity", severities, SeverityMark::word, filter.severity(), chosen ->
                        new RulesFilter(filter.text(), chosen, filter.area(), filter.needs(), filter.show())),
                choice("Area", "Any area", areas, area -> area, filter.area().isEmpty() ? null : filter.area(), chosen ->
                        new RulesFilter(filter.text(), filter.severity(), chosen == null ? "" : chosen, filter.needs(), filter.show())),
                choice("Needs", "Whatever it needs", needs, need -> need, filter.needs().isEmpty() ? null : filter.needs(), chosen ->
                        new RulesFilter(filter.text(), filter.severity(), filter.area(), chosen == null ? "" : chosen, filter.show())),
                choice("Which", Show.ALL.words(), Arrays.stream(Show.values()).skip(1).toList(), Show::words,
                        filter.show() == Show.ALL ? null : filter.show(), chosen ->
                                new RulesFilter(filter.text(), filter.severity(), filter.area(), filter.needs(), chosen == null ? Show.ALL : chosen)));
    }

    private <T> Component choice(String label, String any, List<T> values, Function<T, String> words,
            @org.jspecify.annotations.Nullable T now, Function<@org.jspecify.annotations.Nullable T, RulesFilter> then) {
        var choice = new Select<T>();
        choice.setAriaLabel(label);
        choice.setEmptySelectionAllowed(true);
        choice.setEmptySelectionCaption(any);
        choice.setPlaceholder(any);
        choice.setItems(values);
        choice.setItemLabelGenerator(value -> value == null ? any : words.apply(value));
        choice.addThemeNames("small");
        if (now != null && values.contains(now)) {
            choice.setValue(now);
        }
        choice.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                go(then.apply(change.getValue()));
            }
        });
        return choice;
    }

    private void go(RulesFilter next) {
        QueryParameters parameters = next.parameters();
        getUI().ifPresent(ui -> ui.navigate(Navigation.RULES.path(), parameters));
    }

    private Component list(Map<String, Counts> counts) {
        var rows = RuleRow.all(rules, counts).stream().filter(filter::matches).toList();
        if (rows.isEmpty()) {
            return rules.loaded().isEmpty()
                    ? Message.empty("No rule runs.", new Paragraph("Rules are loaded a moment after the start; if this stays, the files above say why."))
                    : Message.empty("No rule is like that.", new Paragraph(new NumberLink("All rules", Navigation.RULES.path())));
        }
        var pages = new CursorPages<RuleRow, String>(_ -> new Slice<>(rows, null));
        return new Rows<>("rules", pages, RuleRow.renderer(Viewer.moments(clock)), this::draw, RuleRow.HEADS);
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Rules"), new Span()};
    }
}
