package io.trailwarden.dashboard.alert;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.trailwarden.alert.Alert;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Navigation;
import io.trailwarden.dashboard.command.CommandPipeline;
import io.trailwarden.dashboard.command.Lists;
import io.trailwarden.event.EventId;
import io.trailwarden.rules.RuleInfo;
import io.trailwarden.store.StoredEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why somebody should read on: what the rule says about it, whether it was done and whether anybody was asked, and the
/// commands in it drawn as what they do.
final class WhyPart extends Block {

    /// Commands drawn; a long row of evidence repeats itself.
    private static final int DRAWN = 3;

    WhyPart(Scene scene, Optional<RuleInfo> rule, Lists lists) {
        super("Why it matters");
        addClassName("why");
        note(rule(scene.alert(), rule));
        var content = new Div();
        rule.filter(info -> !info.description().isBlank()).ifPresent(info -> content.add(words(info.description())));
        content.add(facts(scene));
        commands(scene).forEach((command, number) -> content.add(drawn(command, number, scene, lists)));
        show(content);
    }

    private static Component[] rule(Alert alert, Optional<RuleInfo> rule) {
        if (rule.isEmpty()) {
            return new Component[] {new Span("rule "), ClientText.line(alert.rule(), 80), new Span(", which no longer runs")};
        }
        var link = AlertView.link(Navigation.rule(alert.rule()));
        link.add(new Span(rule.get().title()));
        boolean same = rule.get().version().equals(alert.ruleVersion());
        var version = new Span(same ? "version " : "changed since, then version ");
        return new Component[] {new Span("rule "), link, new Span(", "), version, ClientText.line(alert.ruleVersion(), 16)};
    }

    private static Component words(String description) {
        var words = new Paragraph(description);
        words.addClassName("why-words");
        return words;
    }

    private static Component facts(Scene scene) {
        var facts = new DescriptionList();
        facts.addClassName("why-facts");
        fact(facts, "what became of it", outcome(scene));
        var hit = scene.hit();
        if (hit != null) {
            fact(facts, "was anybody asked", asked(hit));
            fact(facts, "mode then", new ModeSwatch(hit.mode()));
        }
        return facts;
    }

    private static Component outcome(Scene scene) {
        if (scene.alert().attempt()) {
            var refused = new Span("Refused. ");
            refused.addClassName("b");
            return new Span(refused, quiet("The agent tried; the severity is one step lower for it."));
        }
        var failed = scene.evidence().stream().anyMatch(record -> "failed".equals(record.event().text("outcome")));
        boolean done = scene.evidence().stream().anyMatch(record -> "done".equals(record.event().text("outcome")));
        var words = new Span(done ? "Done. " : failed ? "Tried, and it went wrong. " : "Not refused. ");
        words.addClassName("b");
        return new Span(words, quiet(done || failed ? "" : "No record of a result is among the evidence."));
    }

    /// By what the decision says; see the field `decision.human` for when a person's answer is one.
    private static Component asked(StoredEvent hit) {
        var by = hit.event().decidedBy();
        if (by == null) {
            return new Span("Nothing tells.");
        }
        boolean human = "true".equals(hit.event().text("decision.human"));
        var words = new Span(human ? "A person answered, " : by.equals("hook") ? "Nobody; a hook decided, "
                : by.equals("config") ? "Nobody; the settings allowed it, " : "Nobody now; an answer given before counted, ");
        words.addClassName(human ? "s" : "b");
        return new Span(words, ClientText.line(by, 40));
    }

    /// Different commands of the evidence, the one that raised it first, with the number of its record.
    private static Map<String, Integer> commands(Scene scene) {
        var commands = new LinkedHashMap<String, Integer>();
        var numbers = scene.numbers();
        var hit = scene.hit();
        if (hit != null) {
            add(commands, hit, numbers);
        }
        scene.evidence().forEach(record -> add(commands, record, numbers));
        return commands;
    }

    private static void add(Map<String, Integer> commands, StoredEvent record, Map<EventId, Integer> numbers) {
        var command = record.event().text("command.text");
        if (command != null && commands.size() < DRAWN) {
            commands.putIfAbsent(command, Objects.requireNonNullElse(numbers.get(record.event().id()), 0));
        }
    }

    private static Component drawn(String command, int number, Scene scene, Lists lists) {
        var pipeline = new CommandPipeline(command, lists);
        if (scene.alert().evidence().size() < 2 || number == 0) {
            return pipeline;
        }
        var circle = new Span(String.valueOf(number));
        circle.addClassName("n-o");
        circle.getElement().setAttribute("title", "record " + number + " of the evidence");
        var row = new Div(circle, pipeline);
        row.addClassName("numbered");
        return row;
    }

    private static void fact(DescriptionList facts, String term, @Nullable Component value) {
        facts.add(new Div(new DescriptionList.Term(term), new DescriptionList.Description(value)));
    }

    private static Component quiet(String words) {
        var quiet = new Span(words);
        quiet.addClassName("q");
        return quiet;
    }
}
