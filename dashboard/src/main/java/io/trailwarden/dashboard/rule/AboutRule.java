package io.trailwarden.dashboard.rule;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.trailwarden.dashboard.Block;
import io.trailwarden.dashboard.ClientText;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.OurText;
import io.trailwarden.rules.RuleInfo;
import java.util.List;

/// A rule in its author's words: what it sees, what gets past it, what to do when it fires, and what only looks like it.
final class AboutRule extends Block {

    AboutRule(RuleInfo rule) {
        super("What it is about");
        addClassName("about-rule");
        var words = new Paragraph(text(rule.description()));
        words.addClassName("s");
        var list = new DescriptionList();
        list.addClassName("rule-facts");
        row(list, "sees", rule.sees().isBlank() ? new Span("the file does not say") : text(rule.sees()));
        row(list, "misses", rule.misses().isBlank() ? new Span("the file does not say") : text(rule.misses()));
        row(list, "needs", rule.needs().isEmpty() ? new Span("nothing that clients do not send anyway") : ClientText.line(String.join(", ", rule.needs()), 400));
        row(list, "runbook", rule.runbook().isEmpty() ? new Span("none") : steps(rule.runbook()));
        row(list, "looks like it", rule.falsePositives().isEmpty() ? new Span("nothing known") : bullets(rule.falsePositives()));
        row(list, "tags", tags(rule.tags()));
        show(words, list);
    }

    private static Component steps(List<String> steps) {
        var list = new OrderedList();
        list.addClassName("numbered-steps");
        steps.forEach(step -> list.add(new ListItem(text(step))));
        return list;
    }

    private static Component bullets(List<String> things) {
        var list = new UnorderedList();
        things.forEach(thing -> list.add(new ListItem(text(thing))));
        return list;
    }

    /// ATT&CK and ATLAS ids and tactics, as the frameworks write them.
    private static Component tags(List<String> tags) {
        var shown = new Div();
        shown.addClassName("tags");
        tags.forEach(tag -> {
            var words = tag.startsWith("attack.") ? "ATT&CK " + name(tag.substring(7)) : tag.startsWith("atlas.") ? "ATLAS " + name(tag.substring(6)) : tag;
            shown.add(new Span(text(words)));
        });
        return tags.isEmpty() ? new Span("none") : shown;
    }

    private static String name(String tag) {
        return tag.matches("t\\d.*|aml\\..*") ? tag.toUpperCase(java.util.Locale.ROOT) : tag.replace('-', ' ');
    }

    private static OurText text(String words) {
        return new OurText(InertText.line(words, 2000));
    }

    private static void row(DescriptionList list, String term, Component value) {
        list.add(new DescriptionList.Term(term), new DescriptionList.Description(value));
    }
}
